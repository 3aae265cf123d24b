"""What the doses before ask of the next: a change says why, an interval is kept, a supply ends in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kairos.domain.protocols.dosing import plain
from kairos.vocab.errors import InvalidInput, Problem

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DoseStep:
    """A dose as two of them are compared: by mg/kg where both go by weight, else in mg."""

    mg: Decimal
    mg_per_kg: Decimal | None = None

    def differs_from(self, other: "DoseStep") -> bool:
        """Whether this is another dose; the same mg/kg on another weight is the same dose."""
        if self.mg_per_kg is not None and other.mg_per_kg is not None:
            return self.mg_per_kg != other.mg_per_kg
        return self.mg != other.mg

    @property
    def words(self) -> str:
        """The dose as it is compared."""
        if self.mg_per_kg is not None:
            return f"{plain(self.mg_per_kg)} mg/kg"
        return f"{plain(self.mg)} mg"


@dataclass(frozen=True, slots=True)
class LastGiven:
    """The dose given before by the same protocol, and the day it was given at the site."""

    step: DoseStep
    on: date


def check_next_dose(
    step: DoseStep, before: LastGiven | None, *, reason: str, on: date, least: timedelta
) -> bool:
    """Return whether a dose differs from the one before; refuse it unexplained or too early.

    Parameters
    ----------
    on : date           the day of the session, at its site
    least : timedelta   the least time between two doses of this protocol, in days

    Raises
    ------
    InvalidInput        another dose without a reason; too few days since the last; with the limit
    """
    if before is None:
        return False
    is_changed = step.differs_from(before.step)
    problems = [*_interval_problems(before.on, on, least)]
    if is_changed and not reason.strip():
        said = f"{step.words} is not the last dose, {before.step.words}; say why it changes"
        problems.append(Problem("reason", said))
    if problems:
        raise InvalidInput(*problems)
    return is_changed


def _interval_problems(last: date, on: date, least: timedelta) -> tuple[Problem, ...]:
    if on - last >= least:
        return ()
    said = f"{on} is {(on - last) // _ONE_DAY} d after the dose of {last}; the least is {least.days} d"
    return (Problem("interval", f"{said}; move the session to {last + least} or later"),)


@dataclass(frozen=True, slots=True)
class HomeSupply:
    """What of a home course is at home or on its way, and what is still to be taken until a review.

    ``handed_out`` and ``taken`` count doses of the course; ``to_review`` are the sessions that are still to
    be held up to the next review, which comes after session ``review_after``.
    """

    handed_out: int
    taken: int
    to_review: int
    review_after: int

    @property
    def at_home(self) -> int:
        """The doses handed out and not taken yet."""
        return max(0, self.handed_out - self.taken)

    @property
    def most(self) -> int:
        """How many more doses may be handed out now."""
        return max(0, self.to_review - self.at_home)


def supply_until_review(
    reviews_after: Sequence[int], *, sessions: int, taken: int, handed_out: int
) -> HomeSupply:
    """Return how the supply of a home course stands.

    Parameters
    ----------
    reviews_after : sequence of int    the numbers of the sessions after which somebody looks at the course
    sessions : int                     how many sessions the course has; its end is a review
    taken : int                        doses taken so far
    """
    review = min((number for number in (*reviews_after, sessions) if number > taken), default=taken)
    return HomeSupply(handed_out, taken, review - taken, review)


def check_supply(asked: int, supply: HomeSupply) -> None:
    """Refuse a supply that outlasts the next review, with the sum by which it does.

    Raises
    ------
    InvalidInput
    """
    if asked < 1:
        raise InvalidInput(Problem("doses", "must be 1 or more"))
    if asked <= supply.most:
        return
    sum_said = f"{asked} asked + {supply.at_home} still at home = {asked + supply.at_home}"
    until = f"until the review after session {supply.review_after} there are {supply.to_review} to take"
    what = f"order {supply.most} or fewer" if supply.most else "the next ones follow the review"
    raise InvalidInput(Problem("doses", f"{sum_said}; {until}: {what}"))
