"""What dose by another route gives the same exposure, and how wide what studies report leaves that."""

from dataclasses import dataclass, replace

import numpy as np

from kairos.domain.pharmacology.administration import Dose, mass_inputs, route_rule
from kairos.domain.pharmacology.arrival import End, has_range, values_at
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.exposure import exposure
from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.linear_facts import area_to_infinity, reached
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Width:
    """A dose, mg of base, and between which doses it lies; None where the source states no range."""

    typical_mg: float
    low_mg: float | None
    high_mg: float | None


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The doses by another route with the same area under the curve, and with the same peak."""

    by_area: Width
    by_peak: Width


def equivalent(model: PKModel, values: Values, dose: Dose, other: Dose) -> Equivalence:
    """Return what amount of ``other`` gives the exposure of ``dose`` in one person.

    The width comes from the range of bioavailability that the content states for the two routes, all the
    rest held; people differ by more.

    Parameters
    ----------
    model : PKModel
    values : by parameter, numbers; min and L
    dose : Dose       the known one
    other : Dose      route and length of the other; its amount does not matter

    Raises
    ------
    InvalidInput      a route whose exposure is not in proportion to the dose
    """
    for each in (dose, other):
        if route_rule(model, each.route).device is not None:
            message = (
                f"doses by {each.route} come in devices and are not in proportion; simulate each of them"
            )
            raise InvalidInput(Problem("route", message))
    known = {end: _exposure(model, values_at(model, values, dose.route, end), dose) for end in End}
    asked = {end: _exposure(model, values_at(model, values, other.route, end), other) for end in End}
    is_wide = any(has_range(model, each.route) for each in (dose, other))
    by_area, by_peak = (_width(known, asked, other.amount_mg, which, is_wide) for which in (0, 1))
    return Equivalence(by_area, by_peak)


_Exposures = dict[End, tuple[float, float]]


def _width(known: _Exposures, asked: _Exposures, amount: float, which: int, is_wide: bool) -> Width:
    typical = amount * known[End.TYPICAL][which] / asked[End.TYPICAL][which]
    if not is_wide:
        return Width(typical, None, None)
    low = amount * known[End.LOW][which] / asked[End.HIGH][which]
    return Width(typical, low, amount * known[End.HIGH][which] / asked[End.LOW][which])


def _exposure(model: PKModel, values: Values, dose: Dose) -> tuple[float, float]:
    """Return area to infinity and peak of the substance itself."""
    system, inputs = reached(linear_system(model, values), mass_inputs(model, values, [dose]))
    reading = next(each for each in system.readings if each.analyte == model.substance)
    found = exposure(model, values, [replace(dose, start_min=0.0)], np.empty(0))
    return area_to_infinity(system, inputs, reading), found[model.substance].cmax_ng_ml
