"""Goals of a patient beyond feeling different: why, how progress would show, and how near they are.

Each is rated 0 to 10, and on the five steps of goal attainment scaling (-2 to 2, 0 as agreed), at baseline
and then on a schedule. Several goals come to one T score of equal weights.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kairos.domain.instruments.library import goal_attainment
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.protocols.therapy import HIGHEST, LOWEST
from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 300
MOST_GOALS = 6
"""How many goals stand at one time: more than can be kept in mind are none."""
LEVELS = range(-2, 3)


@dataclass(frozen=True, slots=True)
class Rating:
    """How near a goal was at one time; what was left out is None."""

    at: datetime
    near: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the patient's words with its ratings in order of time."""

    id: UUID
    what: str
    why: str
    sign: str
    is_on: bool
    ratings: tuple[Rating, ...] = ()

    @property
    def baseline(self) -> Rating | None:
        """The first rating."""
        return next(iter(self.ratings), None)

    def due_at(self, every: timedelta) -> datetime | None:
        """Return when it is rated next; None while even the baseline is missing, which is due at once."""
        return self.ratings[-1].at + every if self.ratings else None

    def is_due(self, now: datetime, every: timedelta) -> bool:
        """Whether it is to be rated now."""
        due = self.due_at(every)
        return self.is_on and (due is None or due <= now)

    def level_at(self, instant: datetime) -> int | None:
        """Return the step that was reached by an instant, as rated last before it."""
        levels = [each.level for each in self.ratings if each.at <= instant and each.level is not None]
        return levels[-1] if levels else None


@dataclass(frozen=True, slots=True)
class Rated:
    """What was said of one goal now: how near (0 to 10), and the step reached (-2 to 2)."""

    goal: UUID
    near: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Attained:
    """What the goals came to at one time: the T score of those that were rated by then."""

    at: datetime
    goals: int
    t_score: float


def check_goal(what: str, why: str, sign: str) -> dict[str, str]:
    """Return the words without space around them, or refuse a goal without its name or sign of progress.

    Raises
    ------
    InvalidInput
    """
    words = {"what": what.strip(), "why": why.strip(), "sign": sign.strip()}
    problems = [
        Problem(name, f"has {len(text)} characters, and may have {LONGEST}; shorten it")
        for name, text in words.items()
        if len(text) > LONGEST
    ]
    problems += [Problem(name, "is empty; write a few words") for name in ("what", "sign") if not words[name]]
    if problems:
        raise InvalidInput(*problems)
    return words


def check_one_more(goals: Iterable[Goal]) -> None:
    """Refuse more goals than can be kept in mind. Raises InvalidInput."""
    if sum(each.is_on for each in goals) >= MOST_GOALS:
        problem = f"{MOST_GOALS} goals stand already; set one aside before you add another"
        raise InvalidInput(Problem("what", problem))


def check_ratings(ratings: Iterable[Rated], goals: Sequence[Goal]) -> tuple[Rated, ...]:
    """Return what was rated, or refuse what is off its scale, of no goal that stands, or nothing at all.

    Raises
    ------
    InvalidInput
    """
    standing = {each.id for each in goals if each.is_on}
    given = tuple(each for each in ratings if (each.near, each.level) != (None, None))
    off = [
        each
        for each in given
        if each.goal not in standing
        or (each.near is not None and not LOWEST <= each.near <= HIGHEST)
        or (each.level is not None and each.level not in LEVELS)
    ]
    if off or not given:
        word = "is no goal that stands, or off its scale; load the page again" if off else "rate at least one"
        raise InvalidInput(Problem("", word))
    return given


def attained(goals: Sequence[Goal], *, instrument: Instrument, correlation: float) -> tuple[Attained, ...]:
    """Return the T score after each rating, in order of time.

    Parameters
    ----------
    correlation : float    assumed between goals, "1", from content

    Source
    ------
    cite:goal-attainment
    """
    standing = [each for each in goals if each.is_on]
    found = []
    for at in sorted({rating.at for goal in standing for rating in goal.ratings}):
        levels = [level for goal in standing if (level := goal.level_at(at)) is not None]
        score = goal_attainment.t_score(levels, instrument=instrument, correlation=correlation)
        if score is not None:
            found.append(Attained(at, len(levels), score))
    return tuple(found)
