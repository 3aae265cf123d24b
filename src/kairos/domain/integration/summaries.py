"""The summary of a talk: written by who held it, agreed by the patient, or answered in other words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 4000
"""How many characters a summary or an answer to it may have."""


class SummaryState(StrEnum):
    """Where a summary stands. It counts as agreed only once the patient has said so."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class TalkSummary:
    """One summary as it stands; ``reply`` is what the patient wrote to it."""

    id: UUID
    words: str
    reply: str
    state: SummaryState
    written_by: UUID
    said_at: datetime

    @property
    def is_agreed(self) -> bool:
        """Whether the patient has acknowledged it."""
        return self.state is SummaryState.AGREED


def check_summary(words: str) -> str:
    """Return the words of a summary. Raises InvalidInput where there are none, or too many."""
    return _check("summary", words)


def check_answer(state: str, reply: str) -> tuple[SummaryState, str]:
    """Return what the patient says of a summary.

    Raises
    ------
    InvalidInput    neither agreed nor different, or different without a word of how
    """
    if state not in (SummaryState.AGREED, SummaryState.DIFFERS):
        raise InvalidInput(Problem("state", "say whether it is so, or how you see it"))
    if state == SummaryState.DIFFERS:
        return SummaryState.DIFFERS, _check("reply", reply)
    return SummaryState.AGREED, reply.strip()[:LONGEST]


def _check(field: str, words: str) -> str:
    said = words.strip()
    if not 0 < len(said) <= LONGEST:
        message = f"write a few words, {LONGEST} characters at most; {len(said)} stand there"
        raise InvalidInput(Problem(field, message))
    return said
