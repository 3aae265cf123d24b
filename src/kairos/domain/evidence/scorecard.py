"""A scorecard for a provider: what good practice asks, what should warn, and what was not found out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty


class Said(StrEnum):
    """What somebody found out about one item; what was not answered is not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One question about a provider. For a red flag, yes is what warns."""

    id: str
    ask: str
    why: str
    is_red_flag: bool
    sources: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Scored:
    """What the answers come to. ``good`` of ``of`` items are in place; the rest is missing or not known."""

    good: int
    of: int
    missing: tuple[ScoreItem, ...]
    to_ask: tuple[ScoreItem, ...]
    red_flags: tuple[ScoreItem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything was found out."""
        return not self.to_ask


def score(items: Sequence[ScoreItem], answers: Mapping[str, Said]) -> Scored:
    """Return the score of a provider: the same answers, the same score.

    An item that was not answered is not known: it never counts as in place, and a red flag that was
    not answered stays to be asked.
    """
    said = {item.id: answers.get(item.id, Said.UNKNOWN) for item in items}
    wanted = [item for item in items if not item.is_red_flag]
    return Scored(
        good=sum(said[item.id] is Said.YES for item in wanted),
        of=len(wanted),
        missing=tuple(item for item in wanted if said[item.id] is Said.NO),
        to_ask=tuple(item for item in items if said[item.id] is Said.UNKNOWN),
        red_flags=tuple(item for item in items if item.is_red_flag and said[item.id] is Said.YES),
    )
