"""ORU^R01: the vital signs of a message, by the moment each was measured. Whom it names is not read."""

from dataclasses import dataclass
from datetime import datetime

from kairos.domain.protocols.readings import Reading
from kairos.interop.fhir.elements import Json
from kairos.interop.fhir.understanding import Reader
from kairos.interop.fhir.vital_signs import read_vital_signs
from kairos.interop.hl7v2.messages import Segment, instant_of
from kairos.vocab.errors import InvalidInput, Problem

LOINC = {"LN": "http://loinc.org"}
_KIND = ("ORU", "R01")
_NOT_MEASURED = ("X", "D", "W", "N")


@dataclass(frozen=True, slots=True)
class SentResults:
    """What a message says: who sent it, what the sender's clock showed, and the readings."""

    sent_at: datetime | None
    readings: tuple[Reading, ...]


def read_results(segments: tuple[Segment, ...], reader: Reader) -> SentResults:
    """Return the readings of an ORU^R01, those of one moment together.

    Raises
    ------
    InvalidInput    another message, no time with an offset, a value or unit that cannot be read
    """
    head = segments[0]
    if head.parts(9)[:2] != _KIND:
        raise InvalidInput(Problem("MSH-9", "must be ORU^R01; nothing else is taken here"))
    groups: dict[str, list[Json]] = {}
    ordered_at = ""
    for segment in segments[1:]:
        if segment.name == "OBR":
            ordered_at = segment.field(7)
        if segment.name == "OBX" and _is_measured(segment):
            groups.setdefault(segment.field(14) or ordered_at, []).append(_component(segment))
    if not groups:
        raise InvalidInput(Problem("OBX", "holds no measured value"))
    readings = [_reading(written, parts, reader) for written, parts in groups.items()]
    return SentResults(instant_of(head.field(7)), tuple(readings))


def _is_measured(segment: Segment) -> bool:
    return bool(segment.field(5)) and segment.field(11) not in _NOT_MEASURED


def _component(segment: Segment) -> Json:
    named = segment.parts(3)
    pairs = [(named[at], named[at + 2]) for at in (0, 3) if len(named) > at + 2]
    codes = [{"system": LOINC[system], "code": code} for code, system in pairs if system in LOINC]
    try:
        value = float(segment.field(5))
    except ValueError as error:
        raise InvalidInput(Problem("OBX-5", f"of {named[0]} is no number; send NM")) from error
    return {"code": {"coding": codes}, "valueQuantity": {"value": value, "code": segment.parts(6)[0]}}


def _reading(written: str, parts: list[Json], reader: Reader) -> Reading:
    taken_at = instant_of(written)
    if taken_at is None:
        asked = "needs a time with its offset, such as 20261124100500+0100 (OBX-14, or OBR-7)"
        raise InvalidInput(Problem("OBX-14", asked))
    panel: Json = {"resourceType": "Observation", "status": "final", "component": parts}
    return read_vital_signs({**panel, "effectiveDateTime": taken_at.isoformat()}, reader).reading
