"""The same dose of one substance by each route, on one disposition; kept by its inputs."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kairos.domain.pharmacology.administration import Dose, route_rule
from kairos.domain.pharmacology.arrival import fractions
from kairos.domain.pharmacology.expected import typical_curve
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.system import Floats
from kairos.pharmacology.expected import chosen_models
from kairos.vocab.errors import NotInForce

_STEP_MIN = 2.0


@dataclass(frozen=True, slots=True)
class Arrives:
    """The part of a dose that reaches the blood, unit 1, and what studies report; None for no range."""

    typical: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class RouteCurve:
    """One route in a typical person.

    Parameters
    ----------
    times_min, typical_ng_ml : float64 arrays, shape (t,)     min, ng/mL
    peak_ng_ml, peak_min : float                              ng/mL, min
    arrives : Arrives
    warnings : what the content says of this route
    """

    route: str
    times_min: Floats
    typical_ng_ml: Floats
    peak_ng_ml: float
    peak_min: float
    arrives: Arrives
    warnings: tuple[str, ...]

    @property
    def band(self) -> tuple[Floats, Floats] | None:
        """The curve at both ends of what is reported to arrive: it is in proportion to that."""
        if self.arrives.low is None or self.arrives.high is None:
            return None
        curve = self.typical_ng_ml / self.arrives.typical
        return curve * self.arrives.low, curve * self.arrives.high


def comparison_model(substance: str) -> PKModel:
    """Return the disposition that carries the comparison: the first that the content names.

    Raises
    ------
    NotInForce      the content names none for this substance
    """
    by = chosen_models(substance)
    if by is None:
        raise NotInForce(f"the content names no model for {substance}")
    return by.models[0]


@lru_cache(maxsize=128)
def compared_routes(
    substance: str,
    routes: tuple[str, ...],
    *,
    dose_mg: float,
    weight_kg: float,
    infusion_min: float,
    until_min: float,
) -> tuple[RouteCurve, ...]:
    """Return one curve for each route.

    Parameters
    ----------
    substance : str             "ketamine"
    routes : of the model       "iv" is given over ``infusion_min``, every other all at once
    dose_mg, weight_kg : float  mg of base, kg
    until_min : float           min from the dose

    Raises
    ------
    InvalidInput      a route the model does not have
    """
    model = comparison_model(substance)
    times = np.arange(0.0, until_min + _STEP_MIN, _STEP_MIN)
    found = []
    for route in routes:
        dose = Dose(route, dose_mg, 0.0, infusion_min if route == "iv" else 0.0)
        level = typical_curve(model, [dose], {"weight": weight_kg}, times)
        top = int(np.argmax(level))
        found.append(
            RouteCurve(
                route=route,
                times_min=times,
                typical_ng_ml=level,
                peak_ng_ml=float(level[top]),
                peak_min=float(times[top]),
                arrives=_arrives(model, route),
                warnings=route_rule(model, route).warnings,
            )
        )
    return tuple(found)


def _arrives(model: PKModel, route: str) -> Arrives:
    """Return the part that arrives; all of it where the route has no fraction."""
    stated = fractions(model, route)
    if not stated:
        return Arrives(1.0, None, None)
    return Arrives(stated[0].typical, stated[0].low, stated[0].high)
