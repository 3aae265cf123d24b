"""HL7 v2 messages: segments and fields by the separators that each message names, and acknowledgements."""

from dataclasses import dataclass
from datetime import datetime

from kairos.vocab.errors import InvalidInput, Problem

_HEAD = "MSH"
_SHORTEST_HEAD = 8
_FORMATS = ("%Y%m%d%H%M%S.%f%z", "%Y%m%d%H%M%S%z", "%Y%m%d%H%M%z")
ACCEPTED, ERROR, REJECTED = "AA", "AE", "AR"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its fields as written, counted from 1 as the standard counts them."""

    name: str
    fields: tuple[str, ...]
    between: str

    def field(self, number: int) -> str:
        """Return a field as written; empty where there is none."""
        return self.fields[number].strip() if number < len(self.fields) else ""

    def parts(self, number: int) -> tuple[str, ...]:
        """Return the components of a field."""
        return tuple(part.strip() for part in self.field(number).split(self.between))


def read_segments(message: str) -> tuple[Segment, ...]:
    """Return the segments of a message.

    Raises
    ------
    InvalidInput    it does not begin with a whole MSH segment
    """
    lines = [line for line in message.replace("\n", "\r").split("\r") if line.strip()]
    if not lines or not lines[0].startswith(_HEAD) or len(lines[0]) < _SHORTEST_HEAD:
        raise InvalidInput(Problem("MSH", "is missing; a message begins with MSH and its separators"))
    bar, between = lines[0][3], lines[0][4]
    # MSH-1 is the separator itself.
    head = Segment(_HEAD, (_HEAD, bar, *lines[0].split(bar)[1:]), between)
    rest = [tuple(line.split(bar)) for line in lines[1:]]
    return head, *(Segment(fields[0], fields, between) for fields in rest)


def instant_of(written: str) -> datetime | None:
    """Return an instant with its offset; nothing for a time without one."""
    for form in _FORMATS:
        try:
            return datetime.strptime(written, form)  # noqa: DTZ007 - each form asks for the offset
        except ValueError:
            continue
    return None


def acknowledgement(code: str, control_id: str, said: str, *, sender: str, now: datetime) -> str:
    """Return the answer to a message: AA accepted, AE a fault in what it says, AR not taken at all."""
    plain = "".join(letter if letter.isprintable() and letter not in "|^~&\\" else " " for letter in said)
    stamp = now.strftime("%Y%m%d%H%M%S%z")
    head = f"MSH|^~\\&|KAIROS||{sender}||{stamp}||ACK^R01^ACK|{control_id or stamp}|P|2.6"
    return f"{head}\rMSA|{code}|{control_id}|{plain}\r"
