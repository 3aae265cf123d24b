"""Weight-based dosing: from mg/kg to mg, to a pump rate, within the caps of the content.

The value types carry their unit in their name and do not mix: a ``Dose`` is not a ``DoseRate``.
Arithmetic is decimal, so that a cap of 35 mg is 35 mg. A dose that makes no sense is refused with
the limit; nothing here decides whether somebody should be dosed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce, exact
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.quantities import CENTIMETRE, DAY, KILOGRAM, MILLIGRAM, MILLIGRAM_PER_KG, ONE

KG_PER_M2 = "kg/m2"
MG_PER_ML = "mg/mL"
INCH = "[in_i]"
KG_PER_INCH = "kg/[in_i]"
_CM_PER_INCH = Decimal("2.54")
_CM_PER_M = Decimal(100)
_MINUTES_PER_HOUR = Decimal(60)


class Route(StrEnum):
    """How a dose is given, as far as caps are known."""

    IV = "iv"
    IM = "im"
    NASAL = "in"
    SUBLINGUAL = "sl"
    ORAL = "oral"


class DevineSex(StrEnum):
    """Which of Devine's two constants applies; asked of the person, never guessed."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True, order=True)
class Dose:
    """An amount of drug, in mg of base."""

    mg: Decimal

    def __post_init__(self) -> None:
        """Refuse amounts that are not above zero."""
        _check_positive(self.mg, "dose", MILLIGRAM)


@dataclass(frozen=True, slots=True, order=True)
class DoseRate:
    """An amount of drug for each kilogram of dosing weight, in mg/kg."""

    mg_per_kg: Decimal

    def __post_init__(self) -> None:
        """Refuse rates that are not above zero."""
        _check_positive(self.mg_per_kg, "dose", MILLIGRAM_PER_KG)


@dataclass(frozen=True, slots=True, order=True)
class Concentration:
    """What one millilitre of the bag holds, in mg/mL."""

    mg_per_mL: Decimal

    def __post_init__(self) -> None:
        """Refuse concentrations that are not above zero."""
        _check_positive(self.mg_per_mL, "concentration", MG_PER_ML)


@dataclass(frozen=True, slots=True, order=True)
class InfusionRate:
    """How fast drug is given, in mg/h. Zero is a pause and has no rate of its own."""

    mg_per_h: Decimal

    def __post_init__(self) -> None:
        """Refuse rates that are not above zero."""
        _check_positive(self.mg_per_h, "rate", "mg/h")

    @property
    def mg_per_min(self) -> Decimal:
        """The same rate in mg/min."""
        return self.mg_per_h / _MINUTES_PER_HOUR

    def mL_per_h(self, bag: Concentration) -> Decimal:
        """Return what the pump is set to, in mL/h."""
        return self.mg_per_h / bag.mg_per_mL

    def mL_per_min(self, bag: Concentration) -> Decimal:
        """Return the same in mL/min."""
        return self.mL_per_h(bag) / _MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class BodyMeasures:
    """A dated weight, and what an adjusted weight needs besides."""

    weight_kg: Decimal
    weighed_on: date
    height_cm: Decimal | None = None
    sex: DevineSex | None = None


class WeightBasis(StrEnum):
    """Which weight a dose was computed on."""

    ACTUAL = "actual"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class DosingWeight:
    """The weight a dose is computed on, why that one, and when it was measured."""

    kg: Decimal
    basis: WeightBasis
    weighed_on: date


@dataclass(frozen=True, slots=True)
class InfusionPlan:
    """What the pump is to do: dose, time, bag, and the rate that follows from them."""

    dose: Dose
    over: timedelta
    bag: Concentration

    @property
    def rate(self) -> InfusionRate:
        """Dose over time."""
        return InfusionRate(self.dose.mg * _MINUTES_PER_HOUR / _in_minutes(self.over))

    @property
    def volume_mL(self) -> Decimal:
        """Volume to be infused, in mL."""
        return self.dose.mg / self.bag.mg_per_mL


def body_mass_index(body: BodyMeasures) -> Decimal | None:
    """Return kg/m2, or None where the height is not known."""
    if body.height_cm is None:
        return None
    metres = body.height_cm / _CM_PER_M
    return body.weight_kg / (metres * metres)


def dosing_weight(body: BodyMeasures, *, on: date, limits: LimitsInForce) -> DosingWeight:
    """Return the weight to dose on: actual, or adjusted (Devine) from the content's body mass index on.

    Raises
    ------
    InvalidInput    the weight is too old, undated in effect (later than ``on``), out of the plausible
                    range, or height or sex is missing where the rule needs it; all problems at once

    Source
    ------
    cite:apa-ketamine-2017 notes the option; constants from ``content/parameters/dosing.yaml``.
    """
    problems = (*_measure_problems(body, limits), *_age_problems(body, on, limits))
    if problems:
        raise InvalidInput(*problems)
    index = body_mass_index(body)
    if index is None:
        raise InvalidInput(Problem("height", "is missing; it decides which weight the dose is computed on"))
    if index < limits.number("dosing.adjusted_from_bmi", KG_PER_M2):
        return DosingWeight(body.weight_kg, WeightBasis.ACTUAL, body.weighed_on)
    return DosingWeight(_adjusted_kg(body, limits), WeightBasis.ADJUSTED, body.weighed_on)


def dose_for(rate: DoseRate, weight: DosingWeight, *, limits: LimitsInForce) -> Dose:
    """Return mg/kg times kg, rounded half up to the step of the content, never up across a cap.

    A rounding step up that would pass ``rate * weight`` by crossing a cap is taken down instead: the
    caps are checked on what is given, and 35.04 mg allowed must not become 35.1 mg refused.
    """
    raw = rate.mg_per_kg * weight.kg
    step = limits.number("dosing.rounding_step", MILLIGRAM)
    rounded = _rounded(raw, step, ROUND_HALF_UP)
    if any(raw <= cap.mg < rounded for cap in _all_caps(Route.IV, weight, limits)):
        rounded = _rounded(raw, step, ROUND_DOWN)
    return Dose(rounded)


def session_cap(route: Route, weight: DosingWeight, *, limits: LimitsInForce) -> Dose:
    """Return the most that one session may give on this route: the lower of mg/kg and mg."""
    return _lower_of(f"dosing.{route}_cap", weight, limits)


def first_session_cap(route: Route, weight: DosingWeight, *, limits: LimitsInForce) -> Dose:
    """Return the most that a first session may give on this route."""
    return _lower_of(f"dosing.{route}_first", weight, limits)


def dose_problems(
    dose: Dose, route: Route, weight: DosingWeight, *, is_first: bool, limits: LimitsInForce
) -> tuple[Problem, ...]:
    """Return why this dose may not be ordered; empty if it may. Rows DOSE-07 and 2.1."""
    caps = [("the most in one session", session_cap(route, weight, limits=limits))]
    if is_first:
        caps.append(("the most in a first session", first_session_cap(route, weight, limits=limits)))
    return tuple(
        Problem("dose", f"{dose.mg.normalize():f} mg is over {plain(cap.mg)} mg, {name}; order that or less")
        for name, cap in caps
        if dose.mg > cap.mg
    )


def infusion_problems(plan: InfusionPlan, *, limits: LimitsInForce) -> tuple[Problem, ...]:
    """Return why this infusion may not be ordered: too fast, or from a concentrate not diluted."""
    problems = []
    least = limits.span("dosing.iv_duration_least")
    if plan.over < least:
        given = f"{plain(_in_minutes(plan.over))} min"
        problems.append(
            Problem(
                "over", f"{given} is under {plain(_in_minutes(least))} min, the least; give it more slowly"
            )
        )
    strongest = limits.number("dosing.iv_undiluted", MG_PER_ML)
    if plan.bag.mg_per_mL >= strongest:
        said = f"{plain(plan.bag.mg_per_mL)} mg/mL is never given into a vein"
        problems.append(Problem("concentration", f"{said}; dilute it below {plain(strongest)} mg/mL"))
    return tuple(problems)


def check_infusion(
    plan: InfusionPlan, weight: DosingWeight, *, is_first: bool, limits: LimitsInForce
) -> InfusionPlan:
    """Return the plan, or refuse it with every limit it breaks.

    Raises
    ------
    InvalidInput    naming value, unit and limit; nobody overrides a cap here
    """
    problems = (
        *dose_problems(plan.dose, Route.IV, weight, is_first=is_first, limits=limits),
        *infusion_problems(plan, limits=limits),
    )
    if problems:
        raise InvalidInput(*problems)
    return plan


def plain(number: Decimal) -> str:
    """Return a decimal as people write it: no exponent, no trailing zeros, at most three places."""
    text = f"{number:.3f}"
    return text.rstrip("0").rstrip(".")


def _check_positive(number: Decimal, name: str, unit: str) -> None:
    if not (number.is_finite() and number > 0):
        raise InvalidInput(Problem(name, f"must be a number above 0 {unit}"))


def _in_minutes(span: timedelta) -> Decimal:
    return exact(int(span / timedelta(microseconds=1))) / Decimal(60_000_000)


def _lower_of(prefix: str, weight: DosingWeight, limits: LimitsInForce) -> Dose:
    by_weight = limits.number(f"{prefix}_per_kg", MILLIGRAM_PER_KG) * weight.kg
    return Dose(min(by_weight, limits.number(f"{prefix}_mg", MILLIGRAM)))


def _all_caps(route: Route, weight: DosingWeight, limits: LimitsInForce) -> tuple[Dose, Dose]:
    return (
        session_cap(route, weight, limits=limits),
        first_session_cap(route, weight, limits=limits),
    )


def _measure_problems(body: BodyMeasures, limits: LimitsInForce) -> tuple[Problem, ...]:
    measures = [("weight", body.weight_kg, KILOGRAM), ("height", body.height_cm, CENTIMETRE)]
    return tuple(
        problem
        for name, value, unit in measures
        if value is not None
        for problem in _range_problems(name, value, unit, limits)
    )


def _range_problems(name: str, value: Decimal, unit: str, limits: LimitsInForce) -> tuple[Problem, ...]:
    least = limits.number(f"dosing.{name}_least", unit)
    most = limits.number(f"dosing.{name}_most", unit)
    if least <= value <= most:
        return ()
    asked = f"must be {plain(least)} to {plain(most)} {unit}; measure again and check the unit"
    return (Problem(name, asked),)


def _age_problems(body: BodyMeasures, on: date, limits: LimitsInForce) -> tuple[Problem, ...]:
    most = limits.span("dosing.weight_max_age")
    age = on - body.weighed_on
    if timedelta(0) <= age <= most:
        return ()
    said = "is dated after the order" if age < timedelta(0) else f"is {age.days} {DAY} old"
    return (Problem("weight", f"{said}; a dosing weight is at most {most.days} {DAY} old; weigh again"),)


def _adjusted_kg(body: BodyMeasures, limits: LimitsInForce) -> Decimal:
    if body.sex is None:
        raise InvalidInput(
            Problem(
                "sex", "is missing; the adjusted weight needs to know which of Devine's constants applies"
            )
        )
    height = (body.height_cm or Decimal(0)) / _CM_PER_INCH - limits.number("dosing.devine_height_from", INCH)
    base = limits.number(f"dosing.devine_base_{body.sex}", KILOGRAM)
    ideal = base + limits.number("dosing.devine_per_inch", KG_PER_INCH) * height
    adjusted = ideal + limits.number("dosing.adjusted_fraction", ONE) * (body.weight_kg - ideal)
    return _rounded(adjusted, limits.number("dosing.weight_step", KILOGRAM), ROUND_HALF_UP)


def _rounded(value: Decimal, step: Decimal, direction: str) -> Decimal:
    return (value / step).to_integral_value(direction) * step
