"""A programme's own copy of a protocol, from a text that says what is its own."""

from dataclasses import dataclass
from datetime import date

from kairos.content.load_protocols import protocol_of
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.protocol_parts import laid_over, with_parts
from kairos.content.release import ContentRelease
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.own_protocol import Difference, check_own

FILE = "own.yaml"


@dataclass(frozen=True, slots=True)
class OwnProtocol:
    """A copy that may be used, the protocol it copies, and what differs."""

    base: TreatmentProtocol
    own: TreatmentProtocol
    differences: tuple[Difference, ...]


def read_own_protocol(
    copies: str, version: int, text: str, source: ContentSource, release: ContentRelease
) -> OwnProtocol:
    """Return a programme's copy of a protocol of the release, which stands in its place under its name.

    The text holds, under the keys of a protocol, what is the programme's own; an item with the ``id`` of one
    of the protocol's stands in its place. Times are compared as they are on the last day that the release
    knows of.

    Raises
    ------
    ContentError    it cannot be read, or copies nothing that there is
    InvalidInput    it asks less than the protocol it copies; each place is named
    """
    said = f"id: {copies}\nversion: {version}\n{text}"
    top = ContentFile(FILE, said.encode()).table()
    shipped = {each.path: each for each in source.under("protocols/")}.get(f"protocols/{copies}.yaml")
    if shipped is None:
        raise top.fault(f"{copies!r} is no protocol of the release", "id")
    lint = Lint(citations=frozenset(release.citations))
    own = protocol_of(laid_over(with_parts(shipped.table(), source), top), release.parameters, lint)
    lint.finish()
    base = release.protocols[copies]
    limits = LimitsInForce(release.parameters, last_day(release.parameters), base.limits_named)
    return OwnProtocol(base, own, check_own(base, own, limits=limits))


def last_day(book: ParameterBook) -> date:
    """Return the last day from which a number of the release holds."""
    return max(value.from_day for name in book for value in book.dated(name))
