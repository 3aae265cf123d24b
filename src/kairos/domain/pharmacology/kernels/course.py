"""Persons' courses through doses and sampling times, by the ladder of propagators.

Letters for shapes: ``p`` persons, ``n`` states, ``e`` edges, ``t`` times, ``a`` readings. An edge is a
moment at which something starts, stops or is given at once; the state is carried through all of them, so
each dose costs a few steps, however many came before. Amounts mg, times min. An array whose first axis is
1 instead of p serves everyone.
"""

import numpy as np

from kairos.domain.pharmacology.kernels.compiled import Array, compiled
from kairos.domain.pharmacology.kernels.propagators import (
    advance,
    fill_ladder,
    filled_rates,
    size_of_ladder,
    slopes,
)
from kairos.domain.pharmacology.kernels.turns import sum_up

# Two times are one step apart when the difference is within the rounding of the times themselves.
ROUNDING = 4e-16


@compiled
def follow(
    flows: Array,
    losses: Array,
    edge_times: Array,
    edge_what: Array,
    edge_states: Array,
    times: Array,
    grid: tuple[float, float],
    seen: Array,
    limits: Array,
    some: tuple[int, int],
    out: Array,
    areas: Array,
    summary: Array,
) -> None:
    """Follow persons ``some[0]`` to ``some[1] - 1``; write amounts at the times, and sums of each reading.

    Parameters
    ----------
    flows, losses : float64 arrays, shape (p, n, n), (p, n)       1/min, ``flows[:, i, j]`` from i to j
    edge_times : float64 array, shape (p, e)                      min, ascending, >= 0
    edge_what : float64 array, shape (p, e, 3)                    mg at once; change of the rate, mg/min;
                                                                  change of how many inputs run
    edge_states : int64 array, shape (p, e)
    times : float64 array, shape (t,)                             min, ascending, >= 0
    grid : (float, float)                                         min: the regular step, the longest gap
    seen : int64 array, shape (a,)                                the state of each reading
    limits : float64 array, shape (p, a)                          mg; inf where no time above is asked
    out : float64 array, shape (a, p, t) or (0, p, 0)             mg, written
    areas : float64 array, shape (a, p, t) or (0, p, 0)           mg min from time 0, written
    summary : float64 array, shape (p, a, 4) or (p, 0, 4)         written as ``turns.sum_up`` says
    """
    n = losses.shape[1]
    rates, given = np.zeros((n, n)), np.zeros((3, n))
    area = np.zeros(n if summary.shape[1] + areas.shape[0] else 0)
    work = np.zeros((5, n))
    ladder = np.empty((1, 3, n, n))
    base, rungs = 0.0, 0
    for i in range(some[0], some[1]):
        if rungs == 0 or losses.shape[0] > 1:
            fastest = filled_rates(flows, losses, min(i, losses.shape[0] - 1), rates)
            halvings, rungs = size_of_ladder(fastest, grid[0], grid[1])
            if rungs > ladder.shape[0]:
                ladder = np.empty((rungs, 3, n, n))
            base = grid[0] * 0.5**halvings
            fill_ladder(rates, base, rungs, ladder)
        _start_anew(given, area, summary, i)
        own, limit = min(i, edge_times.shape[0] - 1), min(i, limits.shape[0] - 1)
        now, e, k, busy = 0.0, 0, 0, 0.0
        while k < times.shape[0]:
            met = e < edge_times.shape[1] and edge_times[own, e] <= times[k]
            then = edge_times[own, e] if met else times[k]
            span = grid[0] if abs(then - now - grid[0]) <= ROUNDING * then else then - now
            if span > 0.0:
                _remember(rates, given, work, summary.shape[1])
                advance(given, area, busy > 0.5, span, rates, base, rungs, ladder, work)
                sum_up(rates, given, area, work, now, span, seen, limits, limit, summary, i)
                now = then
            if met:
                busy += _meet(edge_what, own, e, edge_states[own, e], given)
                e += 1
            else:
                _write(given, area, seen, i, k, out, areas)
                k += 1


@compiled
def _start_anew(given: Array, area: Array, summary: Array, i: int) -> None:
    for j in range(given.shape[1]):
        given[0, j] = given[1, j] = given[2, j] = 0.0
    for j in range(area.shape[0]):
        area[j] = 0.0
    for a in range(summary.shape[1]):
        for what in range(4):
            summary[i, a, what] = 0.0


@compiled
def _remember(rates: Array, given: Array, work: Array, wanted: int) -> None:
    """Keep amounts and slopes at the beginning of a stretch, where it will be summed up."""
    if wanted:
        slopes(rates, given, work, 3)
        for j in range(given.shape[1]):
            work[2, j] = given[0, j]


@compiled
def _meet(what: Array, own: int, e: int, into: int, given: Array) -> float:
    """Give what is given at once, start or stop what runs; after the last stop exactly nothing runs."""
    given[0, into] += what[own, e, 0]
    given[2, into] += what[own, e, 2]
    given[1, into] = given[1, into] + what[own, e, 1] if given[2, into] > 0.5 else 0.0
    change: float = what[own, e, 2]
    return change


@compiled
def _write(given: Array, area: Array, seen: Array, i: int, k: int, out: Array, areas: Array) -> None:
    for a in range(out.shape[0]):
        out[a, i, k] = given[0, seen[a]]
    for a in range(areas.shape[0]):
        areas[a, i, k] = area[seen[a]]
