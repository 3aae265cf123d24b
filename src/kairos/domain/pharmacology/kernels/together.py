"""Eight persons at a time, whose doses and times are the same moments: the fast way for populations.

Everything is one linear map a span: the states are joined by the input rates (which only an edge changes)
and, where sums are wanted, by the areas (which only gather). What carries eight persons over a span is
their propagator; how those of all spans in a schedule are made from each other by few products is a recipe
written once for everybody (``schedule.py``). States stand in the order in which mass flows, so that row i
of every propagator is nothing outside its columns ``ranges[i, 0]`` to ``ranges[i, 1] - 1``.

Letters for shapes: ``p`` persons (a multiple of 8), ``n`` states with the joined ones, ``k`` links, ``t``
times, ``a`` readings, ``s`` slots for propagators, ``o`` steps of the programme, ``j`` jumps. Arrays of eight
persons lie flat, the persons last. mg, min.
"""

import numpy as np

from kairos.domain.pharmacology.kernels.compiled import Array, compiled
from kairos.domain.pharmacology.kernels.lanes import (
    WIDTH,
    fused,
    larger,
    load,
    smaller,
    spread,
    store,
    stream,
    where_larger,
)

STRIDE = 4
TAYLOR, PRODUCT, COMPLETE = 0, 1, 2
MOVE, JUMP, WRITE, RUN = 0, 1, 2, 3
TINY = 1e-300


@compiled
def follow_together(
    rates: Array,
    links: Array,
    ranges: Array,
    recipe: Array,
    spans: Array,
    slots: int,
    run: tuple[int, int, int],
    programme: Array,
    moments: Array,
    jumps: Array,
    readings: Array,
    gains: Array,
    limits: Array,
    some: tuple[int, int],
    shape: tuple[int, int],
    out: Array,
    sums: Array,
) -> None:
    """Follow persons ``some[0]`` to ``some[1] - 1``, eight by eight.

    Parameters
    ----------
    rates : float64 array, flat (k, p)         1/min
    links : int64 array, shape (k', 4)         from state; into state or -1; row of ``rates``, or -1: 1/min;
                                               1 where what is carried also leaves
    ranges : int64 array, shape (n, 2)         first column and end of each row
    recipe : int64 array, shape (r, 4)         TAYLOR slot, number in ``spans``; PRODUCT slot, left, right;
                                               COMPLETE slot; slots 0 to 2 are scrap
    spans : float64 array                      min
    run : slots of one regular step, and of four; how many states are input rates
    programme : int64 array, shape (o, 3)      MOVE slot idle; JUMP number state; WRITE time; RUN time count,
                                               where nothing enters
    moments : float64 array, shape (o,)        min, at the end of the step
    jumps : float64 array, flat (j, p)         mg, or mg/min
    readings : int64 array, shape (a, 2)       state; state of its area, or -1
    gains, limits : float64 arrays, flat (a, p)     ng/mL per mg; ng/mL
    shape : times, persons
    out : float64 array, flat (a, t, p) or empty    ng/mL, written; rows begin at multiples of 64 bytes
    sums : float64 array, flat (a, 4, p) or empty   written: peak ng/mL, its min, area, min above the limit
    """
    n, persons = ranges.shape[0], shape[1]
    matrices = np.zeros(slots * n * n * WIDTH)
    rows = np.empty(readings.shape[0] * n * STRIDE * WIDTH)
    state, last = np.empty(2 * n * WIDTH), np.empty(readings.shape[0] * WIDTH)
    for block in range(some[0], some[1], WIDTH):
        for r in range(recipe.shape[0]):
            if recipe[r, 0] == TAYLOR:
                _taylor(spans[recipe[r, 2]], rates, persons, links, block, ranges, matrices, recipe[r, 1])
            elif recipe[r, 0] == PRODUCT:
                _product(matrices, ranges, recipe[r, 1], recipe[r, 2], recipe[r, 3], 1.0)
            else:
                _complete(matrices, n, recipe[r, 1])
        _fill_rows(matrices, ranges, run[0], readings, gains, persons, block, rows)
        _start(state, last, sums, readings.shape[0], persons, block)
        for o in range(programme.shape[0]):
            kind, what, more = programme[o, 0], programme[o, 1], programme[o, 2]
            if kind == MOVE:
                _move(matrices, ranges, what, more, state)
            elif kind == JUMP:
                store(state, more * WIDTH, load(state, more * WIDTH) + load(jumps, what * persons + block))
            elif kind == WRITE:
                _write(state, readings, gains, what, shape, block, out)
            else:
                _run(rows, matrices, ranges, run, state, readings, what, more, shape, block, out)
            if sums.shape[0] and kind <= JUMP:
                _sum(
                    state,
                    readings,
                    gains,
                    limits,
                    moments[o],
                    moments[max(o - 1, 0)],
                    persons,
                    block,
                    last,
                    sums,
                )


@compiled
def _taylor(
    span: float,
    rates: Array,
    persons: int,
    links: Array,
    block: int,
    ranges: Array,
    matrices: Array,
    slot: int,
) -> None:
    """Fill a slot with exp(rates span) - 1, the span so short that six terms are enough.

    With A = rates span and B its square: A + B (1/2 + A/6 + B (1/24 + A/120 + B/720)).
    """
    n = ranges.shape[0]
    size = n * n * WIDTH
    here, inner, square = slot * size, 0, size
    for z in range(n * n):
        store(matrices, here + z * WIDTH, spread(0.0))
    for k in range(links.shape[0]):
        source, row = links[k, 0], links[k, 2]
        rate = spread(span) if row < 0 else spread(span) * load(rates, row * persons + block)
        if links[k, 1] >= 0:
            at = here + (links[k, 1] * n + source) * WIDTH
            store(matrices, at, load(matrices, at) + rate)
        if links[k, 3]:
            at = here + source * (n + 1) * WIDTH
            store(matrices, at, load(matrices, at) - rate)
    _product(matrices, ranges, 1, slot, slot, 0.0)
    for z in range(n * n):
        one = spread(1.0 / 24.0) if z % (n + 1) == 0 else spread(0.0)
        whole = fused(load(matrices, here + z * WIDTH), spread(1.0 / 120.0), one)
        store(
            matrices, inner + z * WIDTH, fused(load(matrices, square + z * WIDTH), spread(1.0 / 720.0), whole)
        )
    _product(matrices, ranges, 2, 1, 0, 0.0)
    for z in range(n * n):
        one = spread(0.5) if z % (n + 1) == 0 else spread(0.0)
        whole = load(matrices, 2 * size + z * WIDTH) + one
        store(matrices, inner + z * WIDTH, fused(load(matrices, here + z * WIDTH), spread(1.0 / 6.0), whole))
    _product(matrices, ranges, 2, 1, 0, 0.0)
    for z in range(n * n):
        at = here + z * WIDTH
        store(matrices, at, load(matrices, at) + load(matrices, 2 * size + z * WIDTH))


@compiled
def _product(matrices: Array, ranges: Array, slot: int, left: int, right: int, both: float) -> None:
    """Fill a slot with L R + both (L + R); a slot is never one of its own factors.

    With ``both`` = 1 and L, R less the identity each, the result is the product less the identity: what a
    short span changes is small beside 1 and would be lost in it.
    """
    n = ranges.shape[0]
    size = n * n * WIDTH
    one = spread(both)
    for i in range(n):
        begin, end = ranges[i, 0], ranges[i, 1]
        for j in range(begin, end, 2):
            at = (i * n + j) * WIDTH
            beside = WIDTH if j + 1 < end else 0
            total = one * (load(matrices, left * size + at) + load(matrices, right * size + at))
            second = one * (
                load(matrices, left * size + at + beside) + load(matrices, right * size + at + beside)
            )
            for m in range(begin, end):
                factor = load(matrices, left * size + (i * n + m) * WIDTH)
                column = right * size + (m * n + j) * WIDTH
                total = fused(factor, load(matrices, column), total)
                second = fused(factor, load(matrices, column + beside), second)
            store(matrices, slot * size + at, total)
            store(matrices, slot * size + at + beside, second)


@compiled
def _complete(matrices: Array, n: int, slot: int) -> None:
    """Add the identity to what was kept less it; nothing in a propagator is negative."""
    for z in range(n * n):
        at = (slot * n * n + z) * WIDTH
        one = spread(1.0) if z % (n + 1) == 0 else spread(0.0)
        store(matrices, at, larger(load(matrices, at) + one, spread(0.0)))


@compiled
def _fill_rows(
    matrices: Array,
    ranges: Array,
    slot: int,
    readings: Array,
    gains: Array,
    persons: int,
    block: int,
    rows: Array,
) -> None:
    """Fill what reads the state one, two, three and four regular steps ahead; persons, then steps, last."""
    n = ranges.shape[0]
    here = slot * n * n * WIDTH
    for a in range(readings.shape[0]):
        state = readings[a, 0]
        gain = load(gains, a * persons + block)
        for j in range(n):
            ahead = gain * load(matrices, here + (state * n + j) * WIDTH)
            store(rows, (a * n + j) * STRIDE * WIDTH, ahead)
        for step in range(1, STRIDE):
            for j in range(n):
                total = spread(0.0)
                for m in range(ranges[state, 0], ranges[state, 1]):
                    before = load(rows, ((a * n + m) * STRIDE + step - 1) * WIDTH)
                    total = fused(before, load(matrices, here + (m * n + j) * WIDTH), total)
                store(rows, ((a * n + j) * STRIDE + step) * WIDTH, total)


@compiled
def _start(state: Array, last: Array, sums: Array, readings: int, persons: int, block: int) -> None:
    for z in range(state.shape[0]):
        state[z] = 0.0
    for z in range(last.shape[0]):
        last[z] = 0.0
    if sums.shape[0]:
        for z in range(readings * 4):
            store(sums, z * persons + block, spread(0.0))


@compiled
def _move(matrices: Array, ranges: Array, slot: int, idle: int, state: Array) -> None:
    """Move the state on by a slot's span; the first ``idle`` states are nothing and stay it."""
    n = ranges.shape[0]
    here = slot * n * n * WIDTH
    for i in range(idle, n):
        total = spread(0.0)
        for j in range(max(ranges[i, 0], idle), ranges[i, 1]):
            total = fused(load(matrices, here + (i * n + j) * WIDTH), load(state, j * WIDTH), total)
        store(state, (n + i) * WIDTH, total)
    for i in range(idle, n):
        store(state, i * WIDTH, load(state, (n + i) * WIDTH))


@compiled
def _write(
    state: Array, readings: Array, gains: Array, time: int, shape: tuple[int, int], block: int, out: Array
) -> None:
    if out.shape[0]:
        for a in range(readings.shape[0]):
            value = load(state, readings[a, 0] * WIDTH) * load(gains, a * shape[1] + block)
            stream(out, (a * shape[0] + time) * shape[1] + block, value)


@compiled
def _run(
    rows: Array,
    matrices: Array,
    ranges: Array,
    run: tuple[int, int, int],
    state: Array,
    readings: Array,
    time: int,
    groups: int,
    shape: tuple[int, int],
    block: int,
    out: Array,
) -> None:
    """Write so many times four regular steps while nothing enters; the state itself moves by four at once."""
    n = ranges.shape[0]
    for _ in range(groups):
        for a in range(readings.shape[0]):
            begin, end = max(ranges[readings[a, 0], 0], run[2]), ranges[readings[a, 0], 1]
            first, second, third, fourth = spread(0.0), spread(0.0), spread(0.0), spread(0.0)
            for j in range(begin, end):
                at, amount = (a * n + j) * STRIDE * WIDTH, load(state, j * WIDTH)
                first = fused(load(rows, at), amount, first)
                second = fused(load(rows, at + WIDTH), amount, second)
                third = fused(load(rows, at + 2 * WIDTH), amount, third)
                fourth = fused(load(rows, at + 3 * WIDTH), amount, fourth)
            at = (a * shape[0] + time) * shape[1] + block
            stream(out, at, first)
            stream(out, at + shape[1], second)
            stream(out, at + 2 * shape[1], third)
            stream(out, at + 3 * shape[1], fourth)
        _move(matrices, ranges, run[1], run[2], state)
        time += STRIDE


@compiled
def _sum(
    state: Array,
    readings: Array,
    gains: Array,
    limits: Array,
    now: float,
    before: float,
    persons: int,
    block: int,
    last: Array,
    sums: Array,
) -> None:
    """Add a point of the course to the sums: peak and its time, area so far, time above the limit.

    The time above takes the curve between two points as straight; nobody asks it where the limit is inf.
    """
    for a in range(readings.shape[0]):
        at, limit = a * 4 * persons + block, load(limits, a * persons + block)
        gain = load(gains, a * persons + block)
        value, earlier = gain * load(state, readings[a, 0] * WIDTH), load(last, a * WIDTH)
        peak = load(sums, at)
        store(sums, at + persons, where_larger(value, peak, spread(now), load(sums, at + persons)))
        store(sums, at, larger(value, peak))
        store(sums, at + 2 * persons, gain * load(state, readings[a, 1] * WIDTH))
        store(last, a * WIDTH, value)
        if limits[a * persons] == np.inf:
            continue
        high, low = larger(value, earlier), smaller(value, earlier)
        part = (high - limit) / larger(high - low, spread(TINY))
        part = smaller(larger(part, spread(0.0)), spread(1.0))
        above = load(sums, at + 3 * persons)
        store(sums, at + 3 * persons, fused(part, spread(now - before), above))
