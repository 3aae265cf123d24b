"""Areas under a curve of concentrations, by trapezoids: straight, or by logarithm where it falls."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class AreaMethod(StrEnum):
    """How the curve between two samples is taken to run."""

    LINEAR = "linear"
    LINEAR_UP_LOG_DOWN = "linear-up-log-down"


def area(times: Floats, concentrations: Floats, method: AreaMethod) -> float:
    """Return the area under the curve (AUC).

    Parameters
    ----------
    times, concentrations : float64 array, shape (n,)   times rise; one unit each
    method : AreaMethod

    Returns
    -------
    concentration x time
    """
    return float(_pieces(times, concentrations, method)[0].sum())


def first_moment(times: Floats, concentrations: Floats, method: AreaMethod) -> float:
    """Return the area under the curve of time x concentration (AUMC).

    Parameters
    ----------
    times, concentrations : float64 array, shape (n,)   times rise; one unit each
    method : AreaMethod

    Returns
    -------
    concentration x time x time
    """
    return float(_pieces(times, concentrations, method)[1].sum())


def _pieces(times: Floats, concentrations: Floats, method: AreaMethod) -> tuple[Floats, Floats]:
    """Return AUC and AUMC of each interval; log where it falls between two values above zero."""
    t1, t2, c1, c2 = times[:-1], times[1:], concentrations[:-1], concentrations[1:]
    width = t2 - t1
    areas = width * (c1 + c2) / 2
    moments = width * (t1 * c1 + t2 * c2) / 2
    if method is AreaMethod.LINEAR:
        return areas, moments
    falls = (c1 > c2) & (c2 > 0) & (width > 0)
    t1, t2, c1, c2, width = t1[falls], t2[falls], c1[falls], c2[falls], width[falls]
    rate = np.log(c1 / c2) / width
    areas[falls] = (c1 - c2) / rate
    moments[falls] = (t1 * c1 - t2 * c2) / rate + (c1 - c2) / rate**2
    return areas, moments
