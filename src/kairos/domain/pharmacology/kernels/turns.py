"""Where a curve turns or passes a limit between two moments, from its values and slopes at both.

The curve is taken as the cubic that has these values and slopes; it turns once at most on the way.
With a step h and a rate k of the curve the cubic is off by (k h)^4 / 384 of its value.
"""

import numpy as np

from kairos.domain.pharmacology.kernels.compiled import Array, compiled
from kairos.domain.pharmacology.kernels.propagators import slopes

HALVINGS = 44


@compiled
def sum_up(
    rates: Array,
    given: Array,
    area: Array,
    work: Array,
    now: float,
    span: float,
    seen: Array,
    limits: Array,
    own: int,
    summary: Array,
    i: int,
) -> None:
    """Add one stretch of the course to person i's summary.

    Parameters
    ----------
    rates : float64 array, shape (n, n)        1/min
    given : float64 array, shape (3, n)        mg at its end; mg/min that entered throughout
    area : float64 array, shape (n,)           mg min so far
    work : float64 array, shape (5, n)         row 2: mg at its beginning; row 3: mg/min there
    now, span : float                          min, where it begins and how long it is
    seen : int64 array, shape (a,)             the state of each reading
    limits : float64 array, shape (p, a)       mg; row ``own`` counts
    summary : float64 array, shape (p, a, 4)   row i: peak mg, its time min, area mg min, min above the limit
    """
    if summary.shape[1]:
        slopes(rates, given, work, 4)
    for a in range(summary.shape[1]):
        s = seen[a]
        begin, end, rising, falling = work[2, s], given[0, s], work[3, s] * span, work[4, s] * span
        turn = turning(begin, end, rising, falling)
        best, at = (begin, 0.0) if begin >= end else (end, 1.0)
        top = cubic(begin, end, rising, falling, turn)
        if top > best:
            best, at = top, turn
        if best > summary[i, a, 0]:
            summary[i, a, 0] = best
            summary[i, a, 1] = now + at * span
        summary[i, a, 2] = area[s]
        if limits[own, a] < np.inf:
            share = share_above(begin, end, rising, falling, 0.0, turn, limits[own, a])
            share += share_above(begin, end, rising, falling, turn, 1.0, limits[own, a])
            summary[i, a, 3] += share * span


@compiled
def cubic(begin: float, end: float, rising: float, falling: float, at: float) -> float:
    """Return the cubic's value at ``at`` of the way (0 to 1); slopes are per whole way."""
    back = 1.0 - at
    held = begin * (1.0 + 2.0 * at) * back * back + end * at * at * (3.0 - 2.0 * at)
    return held + (rising * back - falling * at) * at * back


@compiled
def turning(begin: float, end: float, rising: float, falling: float) -> float:
    """Return where between 0 and 1 the cubic turns; 1 where it does not.

    The slope is ``rising + 2 half at + square at^2``; of its two roots the one between, written so that
    nothing cancels where the curve is nearly a parabola.
    """
    square = 3.0 * (2.0 * (begin - end) + rising + falling)
    half = 3.0 * (end - begin) - 2.0 * rising - falling
    if rising * falling > 0.0 or (rising == 0.0 and falling >= 0.0):
        return 1.0
    if rising == 0.0:
        return -2.0 * half / square
    root = np.sqrt(max(half * half - square * rising, 0.0))
    below = root - half if rising > 0.0 else -root - half
    at: float = rising / below if below != 0.0 else 1.0
    return min(at, 1.0)


@compiled
def share_above(
    begin: float, end: float, rising: float, falling: float, low: float, high: float, limit: float
) -> float:
    """Return which part of the way, between two places of no turn between, the cubic is above the limit."""
    first = cubic(begin, end, rising, falling, low) > limit
    last = cubic(begin, end, rising, falling, high) > limit
    if first == last:
        return high - low if first else 0.0
    near, far = low, high
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        if (cubic(begin, end, rising, falling, middle) > limit) == first:
            near = middle
        else:
            far = middle
    return near - low if first else high - near
