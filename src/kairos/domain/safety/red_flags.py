"""The red-flag card: three bands of signs, and what to do with each."""

from dataclasses import dataclass
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty


class Band(StrEnum):
    """How soon somebody must act; in the order of the card."""

    EMERGENCY = "emergency"
    CALL = "call"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class RedFlags:
    """One band: its lines in their order, as ids of texts, and where they come from."""

    band: Band
    lines: tuple[str, ...]
    certainty: Certainty
    sources: tuple[str, ...]

    @property
    def title(self) -> str:
        """The id of its heading."""
        return f"red_flag.{self.band}"

    @property
    def to_do(self) -> str:
        """The id of what is done."""
        return f"red_flag.{self.band}.do"
