"""What the law of a place makes a clinic keep of a record, and for how long."""

from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty
from kairos.vocab.quantities import Quantity


@dataclass(frozen=True, slots=True)
class KeepingLine:
    """One thing that the law says: ``text`` is a message; ``time`` is none where it names no one time."""

    id: str
    text: str
    time: Quantity | None
    certainty: Certainty
    sources: tuple[str, ...]
