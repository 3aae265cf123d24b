"""Eight at a time beside one at a time: the same answers, whatever the schedule."""

import numpy as np
import pytest

from kairos.domain.pharmacology.cohort_course import CohortCourse, room_for
from kairos.domain.pharmacology.propagation import concentrations, exposures
from kairos.domain.pharmacology.spans import common_unit, recipe_for
from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading
from tests.support.linear_systems import any_inputs, any_system
from tests.support.uncompiled import uncompiled

REGULAR = np.arange(0.0, 320.0, 8.0)


def cohort(rng: np.random.Generator, persons: int, states: int) -> LinearSystem:
    """Return people of one structure whose rates differ."""
    one = any_system(rng, states)
    flows = one.flows * rng.lognormal(0, 0.3, (persons, 1, 1))
    losses = one.losses * rng.lognormal(0, 0.3, (persons, 1))
    readings = tuple(Reading(f"s{i}", i, rng.lognormal(4, 0.3, persons)) for i in range(states))
    return LinearSystem(one.states, flows, losses, readings)


def worst(found, expected) -> float:
    return float((np.abs(found - expected).max(axis=2) / expected.max(axis=2).clip(1e-300)).max())


@pytest.mark.parametrize("seed", range(8))
def test_trajectories_equal_those_of_one_at_a_time(seed):
    rng = np.random.default_rng(seed)
    persons = int(rng.integers(1, 20))
    system = cohort(rng, persons, int(rng.integers(1, 7)))
    inputs = any_inputs(rng, system)
    times = REGULAR if seed % 2 else np.sort(rng.uniform(0, 400, 9))
    course = CohortCourse.of_system(system, inputs, times)
    assert worst(course.trajectories(), concentrations(system, inputs, times)) < 1e-12


def test_memory_is_used_again_and_amounts_may_differ():
    rng = np.random.default_rng(5)
    system = cohort(rng, 11, 3)
    doses = [MassInput(0, 40.0 * n, rng.uniform(10, 20, 11), 16.0) for n in range(3)]
    room = room_for(3, len(REGULAR), 11)
    assert room.ctypes.data % 64 == 0
    for _ in range(2):
        found = CohortCourse.of_system(system, doses, REGULAR).trajectories(room)
        assert np.shares_memory(found, room)
        assert worst(found, concentrations(system, doses, REGULAR)) < 1e-12


def test_sums_equal_those_of_one_at_a_time_on_a_fine_grid():
    rng = np.random.default_rng(9)
    system = cohort(rng, 9, 2)
    inputs = [MassInput(0, 0.0, 100.0, 30.0), MassInput(1, 120.0, 50.0, 0.0)]
    times = np.arange(0.0, 401.0)
    limits = [200.0, np.inf]
    course = CohortCourse.of_system(system, inputs, times, above_ng_ml=limits, summed=True)
    found, expected = course.exposures(["a", "b"]), exposures(system, inputs, times, above_ng_ml=limits)
    assert found.cmax_ng_ml == pytest.approx(expected.cmax_ng_ml, rel=1e-3)
    assert found.tmax_min == pytest.approx(expected.tmax_min, abs=1.0)
    assert found.auc_ng_h_ml == pytest.approx(expected.auc_ng_h_ml, rel=1e-12)
    assert found.above_min == pytest.approx(expected.above_min, abs=0.1)


def test_it_says_when_it_cannot():
    system = cohort(np.random.default_rng(1), 2, 2)
    apart = [MassInput(0, np.array([0.0, 5.0]), 1.0, 0.0)]
    assert CohortCourse.of_system(system, apart, REGULAR) is None
    many = np.cumsum(np.random.default_rng(1).uniform(1, 2, 60))
    assert CohortCourse.of_system(system, [], many) is None
    assert CohortCourse.of_system(system, [], np.zeros(1)) is None


def test_spans_of_one_unit_cost_few_products():
    unit, multiples = common_unit([40.0, 161.6, 201.6], 1e-10)
    assert (unit, multiples) == (pytest.approx(1.6), [25, 101, 126])
    assert common_unit([1.0, np.sqrt(2.0)], 1e-10) == (0.0, [])
    recipe, slots = recipe_for([40.0, 161.6, 201.6], 1 / 256 / 1.6, 1e-10)
    assert len(recipe.steps) <= 14 and len(set(slots)) == 3


def test_compiled_and_uncompiled_agree():
    rng = np.random.default_rng(2)
    system = cohort(rng, 3, 3)
    inputs = [MassInput(0, 0.0, 100.0, 12.0), MassInput(1, 40.0, 50.0, 0.0)]
    times = np.arange(0.0, 120.0, 8.0)

    def answers():
        run = CohortCourse.of_system(system, inputs, times).trajectories()
        limits = [1.0, np.inf, 1.0]
        summed = CohortCourse.of_system(system, inputs, times, above_ng_ml=limits, summed=True)
        return np.concatenate([run.ravel(), summed.exposures("abc").above_min.ravel()])

    compiled = answers()
    with uncompiled():
        assert answers() == pytest.approx(compiled, rel=1e-10, abs=1e-12)
