"""Doses given in whole portions: which there are, how they divide, and how far one may rise over the last.

Esketamine comes in devices of one size; which doses there are follows from indication, place and age. An
injection, a lozenge or a tablet is dosed by weight within its caps, and a lozenge climbs by a ladder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kairos.domain.protocols.dose_rules import DoseForm, DoseRules, DoseSchedule, MouthEnd
from kairos.domain.protocols.dosing import Dose, plain
from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.quantities import MILLIGRAM, PERCENT

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class PortionPlan:
    """What is to be given: the form, the mg of each portion in order, and what becomes of a lozenge."""

    form: DoseForm
    portions: tuple[Decimal, ...]
    mouth_end: MouthEnd | None = None

    @property
    def mg(self) -> Decimal:
        """All portions together."""
        return sum(self.portions, Decimal(0))

    @property
    def dose(self) -> Dose:
        """The same as a dose."""
        return Dose(self.mg)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """What decides which doses there are: indication, the places whose law holds, whole years of age."""

    indication: str
    places: tuple[str, ...]
    age: int


@dataclass(frozen=True, slots=True)
class LastDose:
    """The dose of the session before, and whether an urgent or emergency alarm was raised in it."""

    mg: Decimal
    had_alarm: bool


def schedule_for(rules: DoseRules, whom: ForWhom) -> DoseSchedule:
    """Return the schedule that holds: the one of the place, else the general one.

    Raises
    ------
    InvalidInput    there is none for this indication, or none for this age in this place
    """
    of_use = [each for each in rules.schedules if each.indication == whom.indication]
    of_place = [each for each in of_use if not each.places.isdisjoint(whom.places)]
    fitting = [each for each in of_place if _fits(each, whom.age)]
    if not fitting and not any(each.age_under is not None for each in of_place):
        fitting = [each for each in of_use if not each.places and _fits(each, whom.age)]
    if not fitting:
        said = f"there is no dose for this use at {whom.age} years in {', '.join(whom.places)}"
        raise InvalidInput(Problem("indication", f"{said}; a prescriber chooses another treatment"))
    return fitting[0]


def device_plan(
    mg: Decimal,
    rules: DoseRules,
    schedule: DoseSchedule,
    *,
    is_first: bool,
    reason: str = "",
    limits: LimitsInForce,
) -> PortionPlan:
    """Return the devices that make up a dose, or refuse it.

    Parameters
    ----------
    mg : Decimal     the whole dose, in mg of base
    reason : str     why a reduced dose, where one is asked for

    Raises
    ------
    InvalidInput     no dose of this schedule at this session, or a reduced one without a reason
    """
    there_are = schedule.first_mg if is_first else schedule.later_mg
    if mg in schedule.reduced_mg and not reason.strip():
        raise InvalidInput(
            Problem("reason", f"{plain(mg)} mg is a reduced dose; say why it is not tolerated at more")
        )
    if mg not in (*there_are, *schedule.reduced_mg):
        session = "a first session" if is_first else "this session"
        doses = " or ".join(plain(each) for each in there_are)
        raise InvalidInput(Problem("dose", f"{plain(mg)} mg is no dose of {session}; order {doses} mg"))
    each = limits.number(rules.portion_mg, MILLIGRAM)
    return PortionPlan(rules.form, (each,) * int(mg / each))


def device_times(plan: PortionPlan, rules: DoseRules, *, limits: LimitsInForce) -> tuple[timedelta, ...]:
    """Return when each portion may be given at the earliest, counted from the first."""
    gap = limits.span(rules.gap) if rules.gap else timedelta(0)
    return tuple(place * gap for place in range(len(plan.portions)))


def split(mg: Decimal, form: DoseForm, parts: Sequence[Decimal] = ()) -> PortionPlan:
    """Return a dose in one portion, or in the parts named, which together are the dose.

    Raises
    ------
    InvalidInput    the parts are not the dose, or one is not above zero
    """
    portions = tuple(parts) or (mg,)
    if any(each <= 0 for each in portions) or sum(portions, Decimal(0)) != mg:
        together = plain(sum(portions, Decimal(0)))
        raise InvalidInput(Problem("parts", f"come to {together} mg; they must come to {plain(mg)} mg"))
    return PortionPlan(form, portions)


def ladder_problems(mg: Decimal, before: LastDose | None, *, limits: LimitsInForce) -> tuple[Problem, ...]:
    """Return why a lozenge dose may not follow the one before: it rises too far, or after an alarm."""
    if before is None or mg <= before.mg:
        return ()
    if before.had_alarm:
        said = f"an urgent alarm was raised at {plain(before.mg)} mg"
        return (Problem("dose", f"{said}; the next dose is not higher"),)
    step = limits.number("dosing.ladder_step_mg", MILLIGRAM)
    share = limits.number("dosing.ladder_step_share", PERCENT)
    most = before.mg + min(step, before.mg * share / _HUNDRED)
    if mg <= most:
        return ()
    said = f"{plain(mg)} mg is over {plain(most)} mg, the most after {plain(before.mg)} mg"
    return (Problem("dose", f"{said}; order that or less"),)


def whole_years(born_on: date, on: date) -> int:
    """Return somebody's age in whole years on a day; the birthday itself counts."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _fits(schedule: DoseSchedule, age: int) -> bool:
    is_old_enough = schedule.age_from is None or age >= schedule.age_from
    return is_old_enough and (schedule.age_under is None or age < schedule.age_under)
