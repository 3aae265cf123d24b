"""The part of a dose that reaches the blood by a route, and the range that studies report for it."""

from enum import StrEnum

import numpy as np

from kairos.domain.pharmacology.administration import route_rule
from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.pk_model import Parameter, PKModel
from kairos.domain.pharmacology.system import Floats


class End(StrEnum):
    """Which value of a reported range is taken."""

    TYPICAL = "typical"
    LOW = "low"
    HIGH = "high"


def fractions(model: PKModel, route: str) -> tuple[Parameter, ...]:
    """Return the parameters that say how much of a dose arrives; none where all of it does.

    Raises
    ------
    InvalidInput      a route the model does not have
    """
    names = dict.fromkeys(name for each in route_rule(model, route).inputs for name in each.times)
    return tuple(model.parameters[name] for name in names)


def has_range(model: PKModel, route: str) -> bool:
    """Whether the content states a range for any of them."""
    return any(each.low is not None for each in fractions(model, route))


def values_at(model: PKModel, values: Values, route: str, end: End) -> Values:
    """Return somebody's parameters with what arrives at one end of its reported range.

    Parameters
    ----------
    values : by parameter; min and L      what has no range stays as it is
    """
    moved: dict[str, Floats] = {}
    for each in fractions(model, route):
        stated = {End.LOW: each.low, End.HIGH: each.high}.get(end)
        if stated is not None:
            moved[each.name] = np.asarray(stated)
    return {**values, **moved}
