"""Plain arrays answer what the slow reference and the kernels answer, for one person and for many at once."""

import numpy as np
import pytest

from kairos.domain.pharmacology import engine
from kairos.domain.pharmacology.course_in_arrays import course_in_arrays
from kairos.domain.pharmacology.reference_solution import reference_solution
from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading
from kairos.pharmacology.simulation import simulate
from kairos.vocab.errors import InvalidInput
from tests.support.linear_systems import amounts_by_expm, any_inputs, any_system

TIMES = np.array([0.0, 0.5, 5.0, 7.25, 20.0, 20.0, 61.0, 240.0])
INPUTS = (MassInput(0, 0.0, 28.0, 0.0), MassInput(1, 3.0, 12.0, 31.8), MassInput(0, 5.0, 20.0, 0.0))


def _flows(fast=1.0):
    flows = np.array([[0.0, 0.05, 0.0], [0.0, 0.0, 0.02], [0.0, 0.03, 0.0]]) * fast
    return flows, np.array([0.0, 0.01, 0.0]) * fast


def _system(flows, losses):
    return LinearSystem(("depot", "blood", "tissue"), flows, losses, (Reading("any", 1, 10.0),))


@pytest.mark.parametrize("fast", [1.0, 40.0])
def test_one_person_is_as_the_reference_says_equal_rates_included(fast):
    for flows, losses in (_flows(fast), (np.ones((3, 3)) * 0.05 * (1 - np.eye(3)), np.full(3, 0.05))):
        system = _system(flows, losses)
        ours, slow = course_in_arrays(system, INPUTS, TIMES), reference_solution(system, INPUTS, TIMES)
        for found, known in zip(ours, slow, strict=True):
            assert np.abs(found - known).max() <= 1e-11 * known.max()


@pytest.mark.parametrize("seed", range(12))
def test_any_system_agrees_with_one_matrix_exponential_for_each_moment(seed):
    rng = np.random.default_rng(seed)
    system = any_system(rng)
    inputs, times = any_inputs(rng, system), np.sort(rng.uniform(0, 500, 6))
    theirs = np.array([amounts_by_expm(system, inputs, time) for time in times]).T
    assert np.abs(course_in_arrays(system, inputs, times)[0] - theirs).max() < 1e-11 * theirs.max()


def test_many_at_once_are_each_of_them_alone():
    speeds = np.array([0.5, 1.0, 3.0])
    flows, losses = (np.array(each) for each in zip(*(_flows(fast) for fast in speeds), strict=True))
    amounts = np.array([28.0, 14.0, 56.0])
    together = course_in_arrays(_system(flows, losses), (MassInput(0, 2.0, amounts, 10.0),), TIMES)
    for number, mg in enumerate(amounts):
        alone = course_in_arrays(
            _system(flows[number], losses[number]), (MassInput(0, 2.0, mg, 10.0),), TIMES
        )
        for whole, one in zip(together, alone, strict=True):
            assert np.allclose(whole[number], one, rtol=1e-11, atol=1e-12)


def test_moments_of_each_persons_own_are_refused():
    own = MassInput(0, np.array([0.0, 1.0]), 1.0, 0.0)
    with pytest.raises(InvalidInput, match="everybody shares"):
        course_in_arrays(_system(*_flows()), (own,), TIMES)


def test_few_moments_and_many_have_one_answer(monkeypatch):
    def peak():
        return simulate("perez-ruixo-2021", 56, route="nasal", age=45).analytes["esketamine"].cmax_ng_ml

    few = peak()
    monkeypatch.setattr(engine, "FEW", 0)
    assert peak() == pytest.approx(few, rel=1e-11)
