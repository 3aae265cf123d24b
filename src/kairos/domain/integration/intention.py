"""What a patient wants to explore in a session, in their own words, and what became of it.

It is theirs: nobody else reads it unless they share it, session by session; sharing is taken back at will.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

LONGEST = 2000
"""How many characters a text may have: a page is read at the start of a session, and not a book."""


class IntentionPart(StrEnum):
    """When a text was written: before the dose, or looking back on it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Intention:
    """The intention of one session as it stands; empty where nothing was written."""

    before: str = ""
    after: str = ""
    is_shared: bool = False
    written_at: datetime | None = None

    @property
    def is_written(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.before or self.after)


def check_intention(words: str, part: IntentionPart, *, dosed_at: datetime | None) -> str:
    """Return the words without space around them, or refuse them.

    Parameters
    ----------
    dosed_at : datetime    when the dose of this session began; None before it

    Raises
    ------
    InvalidInput    too long, or nothing written
    NotAllowed      before the dose: what became of it; after it: what was intended
    """
    text = words.strip()
    if part is IntentionPart.BEFORE and dosed_at is not None:
        raise NotAllowed(
            "the session has begun, so what was intended stays as it is; write what became of it"
        )
    if part is IntentionPart.AFTER and dosed_at is None:
        raise NotAllowed("what became of it is written after the session; come back then")
    if not text:
        raise InvalidInput(Problem("words", "nothing is written yet; write a few words first"))
    if len(text) > LONGEST:
        problem = f"has {len(text)} characters, and may have {LONGEST}; shorten it"
        raise InvalidInput(Problem("words", problem))
    return text
