"""What happens when, laid out once for everybody who is given doses at the same moments.

Letters for shapes: ``n`` states, ``p`` patients, ``k`` transfers, ``t`` times, ``a`` readings. The kernel
that follows eight patients at a time (``kernels/together.py``) is given a programme of moves, jumps and
points to write, and the recipe for the propagators it needs. Patients whose doses begin or end at moments
of their own (a lag or a duration that varies) are not for it: see ``propagation.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.spans import MOST_SPANS, Recipe, distinct, recipe_for
from kairos.domain.pharmacology.system import Floats, MassInput

Whole = NDArray[np.int64]
MOVE, JUMP, WRITE, RUN = 0, 1, 2, 3
STRIDE = 4
LOSS = -1
ROUNDING = 4e-16


@dataclass(frozen=True, slots=True)
class Layout:
    """The states in the order of flow, joined by input rates before and areas behind.

    ``links`` as the kernel has them; ``ranges`` the columns of each row; ``place`` of each original state;
    ``rate_place`` of the input rate into a state; ``area_place`` of the area under each reading.
    """

    links: Whole
    ranges: Whole
    place: list[int]
    rate_place: dict[int, int]
    area_place: list[int]


@dataclass(frozen=True, slots=True)
class Schedule:
    """The programme, the recipe and the inputs' part in both; amounts come later, patient by patient.

    ``jumps``: for each, the number of the input and what of it: 0 its amount, +1 or -1 its rate.
    """

    layout: Layout
    recipe: Recipe
    run: tuple[int, int, int]
    programme: Whole
    moments: Floats
    jumps: list[tuple[int, int]]


def lay_out(
    size: int, transfers: Sequence[tuple[int, int]], rated: Sequence[int], areas: Sequence[int]
) -> Layout:
    """Return the layout of a system.

    Parameters
    ----------
    size : number of states
    transfers : from a state into a state or ``LOSS``, in the order of their rates
    rated : states into which something enters at constant rate
    areas : states under whose amounts the area is wanted
    """
    reach = _reach(size, [(i, j) for i, j in transfers if j != LOSS])
    order = sorted(range(size), key=lambda state: (int(reach[:, state].sum()), state))
    place = [order.index(state) + len(rated) for state in range(size)]
    rate_place = {state: number for number, state in enumerate(rated)}
    area_place = [len(rated) + size + number for number in range(len(areas))]
    links = [(place[i], LOSS if j == LOSS else place[j], row, 1) for row, (i, j) in enumerate(transfers)]
    links += [(rate_place[state], place[state], -1, 0) for state in rated]
    links += [(place[state], at, -1, 0) for state, at in zip(areas, area_place, strict=True)]
    total = len(rated) + size + len(areas)
    whole = _reach(total, [(i, j) for i, j, _, _ in links if j != LOSS])
    ranges = [(int(np.argmax(c)), total - int(np.argmax(c[::-1]))) for c in whole.T]
    return Layout(
        np.array(links, dtype=np.int64), np.array(ranges, dtype=np.int64), place, rate_place, area_place
    )


def _reach(size: int, links: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which state is reached from which, itself included; shape (size, size), from row to column."""
    reach = np.eye(size, dtype=np.bool_)
    for i, j in links:
        reach[i, j] = True
    for middle in range(size):
        reach |= np.outer(reach[:, middle], reach[middle])
    return reach


def schedule(
    layout: Layout, inputs: Sequence[MassInput], times_min: Floats, fastest_per_min: float, *, in_runs: bool
) -> Schedule | None:
    """Return the programme of a schedule, or None where it has too many different spans to pay.

    Parameters
    ----------
    inputs : starts and durations are numbers; amounts are not looked at
    times_min : float64 array, shape (t,)     min, ascending, >= 0
    fastest_per_min : 1/min, over all patients
    in_runs : whether regular times may be written four at once
    """
    events = _events(layout, inputs, times_min)
    moments = np.array([moment for moment, *_ in events])
    spans = np.diff(moments, prepend=0.0)
    tolerance = ROUNDING * max(float(times_min[-1]), 1.0)
    different, which = distinct(spans, tolerance)
    wanted = [span for span in different if span > tolerance]
    if not wanted or len(wanted) > MOST_SPANS:
        return None
    recipe, slots = recipe_for(wanted, fastest_per_min, tolerance)
    slot_of = dict(zip(wanted, slots, strict=True))
    moves = [slot_of.get(different[number], 0) for number in which]
    usual = max(set(moves) - {0}, key=moves.count)
    four = recipe.product(*[recipe.product(usual, usual)] * 2) if in_runs else usual
    recipe.complete([*slots, four])
    steps = _programme(events, moves, usual if in_runs else -1, len(layout.rate_place))
    programme = np.array([(kind, what, more) for kind, what, more, _ in steps], dtype=np.int64)
    jumps = [(number, what) for _, order, number, what, _ in events if order == 0]
    return Schedule(
        layout,
        recipe,
        (usual, four, len(layout.rate_place)),
        programme,
        np.array([at for *_, at in steps]),
        jumps,
    )


def _events(
    layout: Layout, inputs: Sequence[MassInput], times_min: Floats
) -> list[tuple[float, int, int, int, int]]:
    """Return moment; 0 for an edge or 1 for a point; which input or time; what of it; into which state."""
    events: list[tuple[float, int, int, int, int]] = []
    for number, each in enumerate(inputs):
        start, over = float(each.start_min), float(each.duration_min)
        if over:
            rate = layout.rate_place[each.state]
            events += [(start, 0, number, 1, rate), (start + over, 0, number, -1, rate)]
        else:
            events.append((start, 0, number, 0, layout.place[each.state]))
    last = float(times_min[-1])
    events = [event for event in events if event[0] <= last]
    events += [(float(time), 1, number, 0, 0) for number, time in enumerate(times_min)]
    return sorted(events, key=lambda event: event[:2])


def _programme(
    events: Sequence[tuple[float, int, int, int, int]], moves: Sequence[int], usual: int, rates: int
) -> list[tuple[int, int, int, float]]:
    """Return the kernel's steps and their moments; four regular points, while nothing enters, run."""
    steps: list[tuple[int, int, int, float]] = []
    at, jump, entering = 0, 0, 0
    while at < len(events):
        moment, order, number, what, into = events[at]
        block = range(at, at + STRIDE)
        if (
            not entering
            and at + STRIDE <= len(events)
            and all(events[i][1] == 1 and moves[i] == usual for i in block)
        ):
            ahead = events[at + STRIDE - 1][0]
            if steps and steps[-1][0] == RUN:
                steps[-1] = (RUN, steps[-1][1], steps[-1][2] + 1, ahead)
            else:
                steps.append((RUN, number, 1, ahead))
            at += STRIDE
            continue
        if moves[at]:
            steps.append((MOVE, moves[at], 0 if entering else rates, moment))
        if order == 0:
            steps.append((JUMP, jump, into, moment))
            jump, entering = jump + 1, entering + what
        else:
            steps.append((WRITE, number, 0, moment))
        at += 1
    return steps
