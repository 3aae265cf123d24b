"""How answers become a total: what is added, what counts once, what it is multiplied by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty


class Wording(StrEnum):
    """Whose words the questions of a file are.

    ``PUBLISHED``: the owner's wording. ``LABELS``: short labels of our own, since the wording may not be
    shipped or was not verified; a programme holds the original. ``OWN``: our own question.
    """

    PUBLISHED = "published"
    LABELS = "labels"
    OWN = "own"


class MissingRule(StrEnum):
    """What an unanswered scored question does. ``NONE``: none may be missing, else there is no total."""

    NONE = "none"


@dataclass(frozen=True, slots=True)
class ScoreDomain:
    """Questions that count once together: the highest of their answers."""

    id: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totalling:
    """The rule by which one instrument is added up.

    ``factor`` multiplies the sum (1). ``entered`` holds the lowest and the highest total of an instrument
    that is entered as a total, its items not being shipped.
    """

    factor: int = 1
    domains: tuple[ScoreDomain, ...] = ()
    entered: tuple[int, int] | None = None
    missing: MissingRule = MissingRule.NONE
    sources: tuple[str, ...] = ()
    certainty: Certainty = Certainty.DEFAULT

    def add_up(self, points: Mapping[str, int]) -> int:
        """Return the total of the points of every scored item."""
        once = {item for domain in self.domains for item in domain.items}
        singly = sum(value for item, value in points.items() if item not in once)
        together = sum(max(points[item] for item in domain.items) for domain in self.domains)
        return self.factor * (singly + together)
