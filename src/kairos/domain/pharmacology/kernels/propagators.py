"""The ladder of propagators: how a linear compartment system moves on by any span of time, exactly.

Letters for shapes: ``n`` states, ``r`` rungs. ``rates[i, j]`` is 1/min from state j to state i, its
diagonal minus all that leaves, so that ``dx/dt = rates @ x + input``. Amounts mg, times min, input mg/min.

Rung k holds, for the span ``base * 2**k``:

- ``ladder[k, 0]`` = ``E`` = exp(rates span): amounts then, from amounts now;
- ``ladder[k, 1]`` = ``P`` = integral of E: amounts then, from a constant input of 1 mg/min;
- ``ladder[k, 2]`` = ``Q`` = integral of P: area under the amounts, from that input (P also gives the area
  from the amounts now).

No eigenvalue is ever taken: equal rates, or rates that differ in the last digit, are no special case.
The shortest rung is a Taylor sum of a small matrix; each further rung comes from
``E(2h) = E E``, ``P(2h) = P + E P``, ``Q(2h) = Q + h P + E Q``, sums and products of numbers none of
which is negative, so nothing cancels.
"""

from kairos.domain.pharmacology.kernels.compiled import Array, compiled

# Rates times the shortest span are at most this, and so many Taylor terms leave 1e-18 of the first.
SMALL = 0.125
TERMS = 12
NEGLIGIBLE = 1e-18
MOST_HALVINGS = 60


@compiled
def filled_rates(flows: Array, losses: Array, own: int, rates: Array) -> float:
    """Fill ``rates``, shape (n, n), from ``flows[own, i, j]`` (from i to j) and ``losses[own]``.

    Returns
    -------
    float                                  1/min, the fastest at which any state empties
    """
    n = rates.shape[0]
    fastest = 0.0
    for i in range(n):
        leaving = losses[own, i]
        for j in range(n):
            if j != i:
                rates[j, i] = flows[own, i, j]
                leaving += flows[own, i, j]
        rates[i, i] = -leaving
        fastest = max(fastest, leaving)
    return fastest


@compiled
def size_of_ladder(fastest: float, step: float, longest: float) -> tuple[int, int]:
    """Return how many halvings of ``step`` reach the shortest span, and the rungs up to ``longest`` (min)."""
    halvings, span = 0, step
    while fastest * span > SMALL and halvings < MOST_HALVINGS:
        span *= 0.5
        halvings += 1
    rungs, span = 1 + halvings, step
    while 2.0 * span <= longest:
        span *= 2.0
        rungs += 1
    return halvings, rungs


@compiled
def fill_ladder(rates: Array, base: float, rungs: int, ladder: Array) -> None:
    """Fill the first ``rungs`` of ``ladder``, shape (r, 3, n, n), for ``base`` min and its doubles."""
    n = rates.shape[0]
    for i in range(n):
        for j in range(n):
            ladder[0, 2, i, j] = 0.0
    for m in range(TERMS + 1, 2, -1):
        _taylor_turn(rates, base / m, 1.0, ladder, 2, 0)
        for i in range(n):
            for j in range(n):
                ladder[0, 2, i, j] = ladder[0, 0, i, j]
    for i in range(n):
        for j in range(n):
            ladder[0, 2, i, j] *= 0.5 * base * base
    _taylor_turn(rates, 1.0, base, ladder, 2, 1)
    _taylor_turn(rates, 1.0, 1.0, ladder, 1, 0)
    span = base
    for k in range(1, rungs):
        _double(ladder, k, span)
        span *= 2.0


@compiled
def _taylor_turn(
    rates: Array, factor: float, diagonal: float, ladder: Array, source: int, target: int
) -> None:
    """Write ``factor * rates @ source + diagonal * identity`` into the target, all in the shortest rung."""
    n = rates.shape[0]
    for i in range(n):
        for j in range(n):
            ladder[0, target, i, j] = 0.0
        ladder[0, target, i, i] = diagonal
        for m in range(n):
            share = rates[i, m] * factor
            if share != 0.0:
                for j in range(n):
                    ladder[0, target, i, j] += share * ladder[0, source, m, j]


@compiled
def _double(ladder: Array, k: int, span: float) -> None:
    """Fill rung k from the one below, whose span is ``span`` min."""
    n = ladder.shape[2]
    for i in range(n):
        for j in range(n):
            ladder[k, 0, i, j] = 0.0
            ladder[k, 1, i, j] = ladder[k - 1, 1, i, j]
            ladder[k, 2, i, j] = ladder[k - 1, 2, i, j] + span * ladder[k - 1, 1, i, j]
        for m in range(n):
            share = ladder[k - 1, 0, i, m]
            if share != 0.0:
                for kind in range(3):
                    for j in range(n):
                        ladder[k, kind, i, j] += share * ladder[k - 1, kind, m, j]


@compiled
def advance(
    given: Array,
    area: Array,
    busy: bool,
    span: float,
    rates: Array,
    base: float,
    rungs: int,
    ladder: Array,
    work: Array,
) -> None:
    """Move the amounts on by ``span`` min under a constant input, and ``area`` with them.

    Parameters
    ----------
    given : float64 array, shape (3, n)    row 0: mg, changed in place; row 1: input mg/min, where ``busy``
    area : float64 array, shape (n or 0,)  mg min, the area under each state so far; changed in place
    span : float                           min, >= 0
    rates, base, rungs, ladder             as in ``fill_ladder``
    work : float64 array, shape (5, n)     rows 0 and 1 are overwritten
    """
    k = rungs - 1
    rung = base * 2.0**k
    while k >= 0:
        if span < rung:
            rung *= 0.5
            k -= 1
        else:
            _climb(given, area, busy, k, ladder, work)
            span -= rung
    if span > 0.0:
        _little(given, area, span, rates, work)


@compiled
def _climb(given: Array, area: Array, busy: bool, k: int, ladder: Array, work: Array) -> None:
    n = given.shape[1]
    for i in range(n):
        then = 0.0
        for j in range(n):
            then += ladder[k, 0, i, j] * given[0, j]
        if busy:
            for j in range(n):
                then += ladder[k, 1, i, j] * given[1, j]
        work[0, i] = then
    for i in range(area.shape[0]):
        gained = 0.0
        for j in range(n):
            gained += ladder[k, 1, i, j] * given[0, j]
        if busy:
            for j in range(n):
                gained += ladder[k, 2, i, j] * given[1, j]
        area[i] += gained
    for i in range(n):
        given[0, i] = work[0, i]


@compiled
def _little(given: Array, area: Array, span: float, rates: Array, work: Array) -> None:
    """Move on by less than the shortest rung: a Taylor sum of the derivatives, until they are negligible."""
    n = given.shape[1]
    bound = 0.0
    for i in range(n):
        bound = max(bound, -2.0 * rates[i, i] * span)
        work[0, i] = given[0, i]
    for i in range(area.shape[0]):
        area[i] += span * given[0, i]
    weight, left, m = span, 1.0, 0
    while left >= NEGLIGIBLE:
        m += 1
        for i in range(n):
            change = given[1, i] if m == 1 else 0.0
            for j in range(n):
                change += rates[i, j] * work[0, j]
            work[1, i] = change
        for i in range(n):
            work[0, i] = work[1, i]
            given[0, i] += weight * work[1, i]
        for i in range(area.shape[0]):
            area[i] += weight * span / (m + 1) * work[1, i]
        left *= bound / m
        weight *= span / (m + 1)


@compiled
def slopes(rates: Array, given: Array, out: Array, row: int) -> None:
    """Write the change of each state, mg/min, into ``out[row]``."""
    n = given.shape[1]
    for i in range(n):
        change = given[1, i]
        for j in range(n):
            change += rates[i, j] * given[0, j]
        out[row, i] = change
