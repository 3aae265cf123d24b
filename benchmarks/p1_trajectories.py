"""P1: 100,000 patients by 200 points, 8 infusions, two analytes, from parameters to trajectories."""

import os
import resource
from collections.abc import Callable, Iterator
from time import perf_counter, process_time

import numpy as np
from scipy.linalg import expm

from benchmarks.pk_case import MG, OVER_MIN, course, doses, drawn, points, varied_model
from benchmarks.pk_peers import ns_per_point, rates_of
from benchmarks.result import Result
from kairos.domain.pharmacology.cohort_course import room_for
from kairos.domain.pharmacology.kernels.lanes import WIDTH, spread, stream
from kairos.pharmacology.threads import sharing_among
from tests.support.people_of_models import largest_difference, linear_models

BAR_NS, AGREEMENT = 3.0, 1e-9
PATIENTS, POINTS, DOSES = 100_000, 200, 8
ROUNDS = 7
COMPARED = 20


def run() -> Iterator[Result]:
    """Time the whole way; then the floor, the peers, the agreement, the scaling and the memory."""
    model = varied_model()
    room = room_for(2, POINTS, PATIENTS)
    values = drawn(model, PATIENTS)
    wall, cpu = _both(lambda: _trajectories(model, values, DOSES, points(POINTS), room), PATIENTS * POINTS)
    floor = _floor_ns(room)
    scipy, roadrunner = ns_per_point("scipy", 10), ns_per_point("libroadrunner", 20)
    size, unit, most = PATIENTS, "ns wall a patient-point", BAR_NS
    what = f"{PATIENTS:,} patients x {POINTS} points, {DOSES} infusions, both analytes (the aim is 1.0)"
    yield Result("P1", what, wall, unit, most, size, floor=floor, peer=roadrunner)
    yield Result("P1-cpu", "the same, CPU", cpu, "ns CPU a patient-point", None, size, peer=roadrunner)
    yield Result("P1-floor", "streaming stores of the answer alone, all cores", floor, unit, None, size)
    yield Result(
        "P1-scipy", "peer: odeint, rtol 1e-8, edge to edge", scipy, "ns CPU a patient-point", None, 10
    )
    name = "peer: libRoadRunner (CVODE), rtol 1e-8, edge to edge"
    yield Result("P1-libroadrunner", name, roadrunner, "ns CPU a patient-point", None, 20)
    off = _differences(model, values, room)
    yield Result("P1-equal", "largest difference from expm, part of peak", off, "1", AGREEMENT, COMPARED)
    yield _all_models()
    yield from _scaling(model)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = 2 * POINTS * PATIENTS * 8 / 1e6
    yield Result("P1-memory", f"largest resident, for an answer of {answer:.0f} MB", rss, "MB", None, size)


def _trajectories(model, values, count: int, times: np.ndarray, room: np.ndarray) -> np.ndarray:
    return course(model, values, count, times).trajectories(room, sharing=sharing_among())


def _all_models() -> Result:
    """Compare with scipy's exponential over people of all models, some with equal and nearly equal rates."""
    names = linear_models()
    off = max(largest_difference(name, PATIENTS // len(names) + 1) for name in names)
    what = f"the same over {PATIENTS:,} random people of {len(names)} models"
    return Result("P1-models", what, off, "1", AGREEMENT, PATIENTS)


def _scaling(model) -> Iterator[Result]:
    """Print how the time grows with patients, points and doses."""
    for patients, count, given in (
        (1_000, 200, 8),
        (10_000, 200, 8),
        (10_000, 2_000, 8),
        (10_000, 200, 1),
        (10_000, 200, 16),
        (10_000, 200, 56),
    ):
        values, room = drawn(model, patients), room_for(2, count, patients)
        cpu = _both(
            lambda v=values, r=room, c=count, g=given: _trajectories(model, v, g, points(c), r),
            patients * count,
        )[1]
        what = f"{patients:,} patients x {count:,} points, {given} doses"
        name = f"P1-{patients}-{count}-{given}"
        yield Result(name, what, cpu, "ns CPU a patient-point", None, patients)


def _both(work: Callable[[], object], units: int) -> tuple[float, float]:
    """Return nanoseconds a unit, wall and CPU, the best of several rounds each."""
    work()
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = perf_counter(), process_time()
        work()
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return min(walls) / units * 1e9, min(cpus) / units * 1e9


def _floor_ns(room: np.ndarray) -> float:
    from numba import njit

    @njit(nogil=True)
    def fill(memory, first, last):
        value = spread(1.0)
        for place in range(first * WIDTH, last * WIDTH, WIDTH):
            stream(memory, place, value)

    share = sharing_among(os.cpu_count())
    return _both(lambda: share(lambda a, b: fill(room, a, b), len(room) // WIDTH), len(room) // 2)[0]


def _differences(model, values, room: np.ndarray) -> float:
    """Return the largest difference from one matrix exponential for each dose, over some patients."""
    times = points(POINTS)[7::37]
    some = {name: value[:COMPARED] for name, value in values.items()}
    found = _trajectories(model, some, DOSES, points(POINTS), room_for(2, POINTS, COMPARED))[:, :, 7::37]
    worst = 0.0
    for one in range(COMPARED):
        matrix = rates_of(values, one)
        volume = [values[reading.volume][one] for reading in model.readings]
        seen = [model.states.index(reading.state) for reading in model.readings]
        true = (
            np.array([_amounts(matrix, time)[seen] for time in times]).T * 1000.0 / np.array(volume)[:, None]
        )
        worst = max(worst, float((np.abs(true - found[:, one]).max(axis=1) / true.max(axis=1)).max()))
    return worst


def _amounts(matrix: np.ndarray, time: float) -> np.ndarray:
    size = len(matrix)
    whole = np.zeros((size + 1, size + 1))
    whole[:size, :size], whole[0, size] = matrix, MG / OVER_MIN
    total = np.zeros(size)
    for dose in doses(DOSES):
        since = time - dose.start_min
        if since > 0:
            lasted = min(since, OVER_MIN)
            total += expm(matrix * (since - lasted)) @ expm(whole * lasted)[:size, size]
    return total
