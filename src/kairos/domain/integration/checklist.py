"""What is made ready before a session, and whether the session waits for it.

An item is MET where somebody said that it is ready or not needed, NOT_MET where it is not ready, UNKNOWN
where nobody said, or said it of another day. The check before a dose asks what matters for it once more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.domain.rules.target import Setting
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.verdict import Verdict

LONGEST = 500


class Group(StrEnum):
    """The lists there are."""

    SET = "set"
    SETTING = "setting"
    LOGISTICS = "logistics"
    HOME = "home"


class Answer(StrEnum):
    """What is said of an item."""

    READY = "ready"
    NOT_READY = "not_ready"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class PreparationItem:
    """One item, as the content has it; ``is_dated``: said for the day of the session and no other."""

    id: str
    group: Group
    settings: frozenset[Setting]
    is_gate: bool
    is_dated: bool
    has_words: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """What was said of an item last, for a session at what time, and in which words."""

    answer: Answer
    starts_at: datetime
    words: str = ""
    true_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """How one item stands."""

    item: PreparationItem
    verdict: Verdict
    said: ItemSaid | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a session waits for its preparation, and for what."""

    verdict: Verdict
    not_ready: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def standings(
    items: Iterable[PreparationItem],
    said: Mapping[str, ItemSaid],
    *,
    setting: Setting,
    starts_at: datetime,
) -> tuple[ItemStanding, ...]:
    """Return how each item of a session stands, in the order of the content."""
    return tuple(
        ItemStanding(item, _verdict(item, said.get(item.id), starts_at), said.get(item.id))
        for item in items
        if setting in item.settings
    )


def unmet(found: Iterable[ItemStanding]) -> tuple[ItemStanding, ...]:
    """Return what is still to do: the items that are not ready or that nobody said anything of."""
    return tuple(each for each in found if each.verdict is not Verdict.MET)


def readiness(found: Iterable[ItemStanding], *, needs_answers: bool) -> Readiness:
    """Return whether the items that hold a session let it open.

    Parameters
    ----------
    needs_answers : bool    whether silence holds it too; else what is said at the chair decides
    """
    gates = [each for each in found if each.item.is_gate]
    not_ready = tuple(each.item.id for each in gates if each.verdict is Verdict.NOT_MET)
    unknown = (
        tuple(each.item.id for each in gates if each.verdict is Verdict.UNKNOWN) if needs_answers else ()
    )
    if not_ready:
        return Readiness(Verdict.NOT_MET, not_ready, unknown)
    return Readiness(Verdict.UNKNOWN if unknown else Verdict.MET, (), unknown)


def check_said(item: PreparationItem, words: str) -> str:
    """Return the words of an answer, or refuse words that are too long or not asked for.

    Raises
    ------
    InvalidInput
    """
    text = words.strip() if item.has_words else ""
    if len(text) > LONGEST:
        raise InvalidInput(
            Problem("words", f"has {len(text)} characters, and may have {LONGEST}; shorten it")
        )
    return text


def _verdict(item: PreparationItem, said: ItemSaid | None, starts_at: datetime) -> Verdict:
    is_of_another_day = item.is_dated and said is not None and said.starts_at != starts_at
    if said is None or is_of_another_day:
        return Verdict.UNKNOWN
    return Verdict.NOT_MET if said.answer is Answer.NOT_READY else Verdict.MET
