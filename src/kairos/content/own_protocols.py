"""A programme's own copy of a protocol, from a file that says which one it copies and what is its own."""

from dataclasses import dataclass
from datetime import date

from kairos.content.load_protocols import protocol_of
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.protocol_parts import laid_over, with_parts
from kairos.content.release import ContentRelease
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.own_protocol import Difference, check_own


@dataclass(frozen=True, slots=True)
class OwnProtocol:
    """A copy that may be used, the protocol it copies, and what differs."""

    base: TreatmentProtocol
    own: TreatmentProtocol
    differences: tuple[Difference, ...]


def read_own_protocol(
    file: ContentFile, source: ContentSource, release: ContentRelease, *, on: date
) -> OwnProtocol:
    """Return a programme's copy of a protocol of the release.

    The file names the protocol (``copies``), an ``id`` and a ``version`` of its own, and under the keys of a
    protocol what is its own; an item with the ``id`` of one of the protocol's stands in its place.

    Raises
    ------
    ContentError    it cannot be read, or copies nothing that there is
    InvalidInput    it asks less than the protocol it copies; each place is named
    """
    top = file.table()
    name = top.text("copies")
    shipped = {each.path: each for each in source.under("protocols/")}.get(f"protocols/{name}.yaml")
    if shipped is None:
        raise top.fault(f"copies {name!r}, which is no protocol of the release", "copies")
    whole = laid_over(with_parts(shipped.table(), source), top)
    whole.pop("copies")
    lint = Lint(citations=frozenset(release.citations))
    own = protocol_of(whole, release.parameters, lint)
    lint.finish()
    base = release.protocols[name]
    limits = LimitsInForce(release.parameters, on, base.limits_named)
    return OwnProtocol(base, own, check_own(base, own, limits=limits))
