"""From doses by a route to what enters the compartments, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.pk_model import INFUSION, DeviceRule, InputRule, PKModel, RouteRule
from kairos.domain.pharmacology.system import DAY_MIN, Floats, MassInput
from kairos.vocab.errors import InvalidInput, Problem

MOST_MG = 1e5
"""More than any body was ever given: a slip of units, not a dose."""
LONGEST_DAYS = 400
"""How long a course may be simulated minute by minute: machinery."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose of a drug.

    Parameters
    ----------
    route : str            a route of the model: "iv", "nasal", "sl", ...
    amount_mg : float      mg of base, > 0
    start_min : float      min from time zero: the first device or the start of the first dose
    over_min : float       min of an infusion; 0 for all at once
    """

    route: str
    amount_mg: float
    start_min: float = 0.0
    over_min: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be given."""
        if not 0 < self.amount_mg <= MOST_MG:
            why = f"is {self.amount_mg:g} mg; a dose is more than 0 and at most {MOST_MG:g} mg of base"
            raise InvalidInput(Problem("dose", why))
        if not (0 <= self.start_min < inf and 0 <= self.over_min < inf):
            raise InvalidInput(Problem("minutes", "are below 0 or no number; a dose starts after time zero"))


def repeated(dose: Dose, times: int, every_min: float) -> tuple[Dose, ...]:
    """Return a dose given some times, the same minutes apart.

    Raises
    ------
    InvalidInput      less than one dose, or doses that start before the one before is in
    """
    if times < 1:
        raise InvalidInput(Problem("doses", f"is {times}; give at least 1"))
    if times > 1 and every_min <= dose.over_min:
        raise InvalidInput(
            Problem(
                "every", f"is {every_min:g} min and a dose takes {dose.over_min:g} min; leave time between"
            )
        )
    days = (dose.start_min + (times - 1) * every_min + dose.over_min) / DAY_MIN
    if days > LONGEST_DAYS:
        why = f"the course lasts {days:.0f} days; at most {LONGEST_DAYS} are simulated at once"
        raise InvalidInput(Problem("doses", why))
    return tuple(
        Dose(dose.route, dose.amount_mg, dose.start_min + number * every_min, dose.over_min)
        for number in range(times)
    )


def mass_inputs(model: PKModel, values: Values, doses: Sequence[Dose]) -> tuple[MassInput, ...]:
    """Return everything that enters the system.

    Parameters
    ----------
    model : PKModel
    values : by parameter; number or array, shape (p,); min and L
    doses : in any order

    Raises
    ------
    InvalidInput      a route the model does not have, an infusion by a route that is not one, or a dose that
                      is not a whole number of devices
    """
    return tuple(each for dose in doses for each in _inputs_of(model, values, dose))


def device_inputs(model: PKModel, values: Values, devices: Sequence[Dose]) -> tuple[MassInput, ...]:
    """Return what enters the system of one dose whose devices were used at moments of their own.

    ``mass_inputs`` sets the devices of a dose apart as the model's study did; here each stands where it was.

    Parameters
    ----------
    model : PKModel
    values : by parameter; number or array, shape (p,); min and L
    devices : one for each device, all by one route, in the order of their use

    Raises
    ------
    InvalidInput      a route without devices, another amount than one holds, or too many of them
    """
    rule = route_rule(model, devices[0].route)
    device = rule.device
    if device is None or {each.route for each in devices} != {devices[0].route}:
        raise InvalidInput(Problem("route", f"{model.name} has no devices by {devices[0].route}"))
    if len(devices) > device.most or any(each.amount_mg != device.amount_mg for each in devices):
        takes = f"takes devices of {device.amount_mg:g} mg, at most {device.most} for a dose"
        raise InvalidInput(
            Problem("dose", f"is of other devices; {model.name} by {devices[0].route} {takes}")
        )
    later = _later(device, values)
    return tuple(
        _input(model, entry, later if number else values, each.start_min, each.amount_mg, 0.0)
        for number, each in enumerate(devices)
        for entry in rule.inputs
    )


def _inputs_of(model: PKModel, values: Values, dose: Dose) -> Iterator[MassInput]:
    rule = route_rule(model, dose.route)
    if dose.over_min and not any(each.over == INFUSION for each in rule.inputs):
        raise InvalidInput(
            Problem("minutes", f"belong to an infusion; {model.name} has none by {dose.route}")
        )
    for number, (start, amount) in enumerate(_portions(model.name, rule, dose)):
        known = _later(rule.device, values) if number else values
        for entry in rule.inputs:
            yield _input(model, entry, known, start, amount, dose.over_min)


def route_rule(model: PKModel, route: str) -> RouteRule:
    """Return how a model takes a route.

    Raises
    ------
    InvalidInput      names the routes there are
    """
    if route not in model.routes:
        raise InvalidInput(Problem("route", f"{model.name} has no {route}; it has {', '.join(model.routes)}"))
    return model.routes[route]


def _portions(name: str, rule: RouteRule, dose: Dose) -> Iterator[tuple[float, float]]:
    """Yield start and amount of each device; of a dose without devices, its own."""
    if rule.device is None:
        yield dose.start_min, dose.amount_mg
        return
    devices = dose.amount_mg / rule.device.amount_mg
    if devices != round(devices) or devices > rule.device.most:
        takes = f"takes whole devices of {rule.device.amount_mg:g} mg, at most {rule.device.most}"
        raise InvalidInput(
            Problem("dose", f"is {dose.amount_mg:g} mg; {name} by {dose.route} {takes} at a time")
        )
    for number in range(round(devices)):
        yield dose.start_min + number * rule.device.apart_min, rule.device.amount_mg


def _later(device: DeviceRule | None, values: Values) -> Values:
    """Return the parameters that hold for every device after the first."""
    later = device.later if device else {}
    return {**values, **{name: values[name] * values[factor] for name, factor in later.items()}}


def _input(
    model: PKModel, entry: InputRule, values: Values, start: float, amount: float, infusion_min: float
) -> MassInput:
    part: Floats = np.asarray(amount, dtype=np.float64)
    for name in entry.times:
        part = part * values[name]
    for name in entry.rest_of:
        part = part * (1.0 - values[name])
    over: Floats = np.asarray(infusion_min if entry.over == INFUSION else 0.0)
    if entry.over and entry.over != INFUSION:
        over = values[entry.over]
    begins: Floats = np.asarray(start + values[entry.lag] if entry.lag else start)
    return MassInput(model.states.index(entry.into), _plain(begins), _plain(part), _plain(over))


def _plain(number: Floats) -> float | Floats:
    return number if number.ndim else float(number)
