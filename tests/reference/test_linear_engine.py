"""The engine beside an independent matrix exponential, on random people of every shipped model.

The exponential is scipy's (Al-Mohy and Higham's scaling and squaring). It takes a minute for 100,000 people,
which ``make bench P=P1`` asks; here 1,000. A fifth of them have rates that are equal or nearly so.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.domain.pharmacology.propagation import concentrations
from kairos.domain.pharmacology.system import MassInput
from kairos.domain.pharmacology.variability import covariance
from kairos.pharmacology import load_model
from tests.support.linear_systems import amounts_by_expm, any_inputs, any_system
from tests.support.people_of_models import largest_difference, linear_models

PEOPLE = 1_000
OF_PEAK = 1e-9


@pytest.mark.parametrize("name", linear_models())
def test_agrees_with_an_independent_matrix_exponential(name):
    assert largest_difference(name, PEOPLE // len(linear_models()) + 1) < OF_PEAK


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.floats(0.1, 10.0))
def test_doses_add_up_and_twice_the_dose_is_twice_the_amount(seed, factor):
    rng = np.random.default_rng(seed)
    system = any_system(rng)
    one, other = any_inputs(rng, system, 2), any_inputs(rng, system, 2)
    times = np.sort(rng.uniform(0.0, 400.0, 4))
    apart = concentrations(system, one, times) + factor * concentrations(system, other, times)
    larger = [MassInput(e.state, e.start_min, e.amount_mg * factor, e.duration_min) for e in other]
    together = concentrations(system, one + larger, times)
    assert np.abs(together - apart).max() <= 1e-12 * max(together.max(), 1e-300)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6))
def test_any_chain_of_states_agrees_wherever_it_is_asked(seed):
    rng = np.random.default_rng(seed)
    system = any_system(rng)
    inputs = any_inputs(rng, system)
    time = float(rng.uniform(0.0, 1000.0))
    found = concentrations(system, inputs, np.array([time]))[:, 0, 0]
    true = amounts_by_expm(system, inputs, time)
    assert np.abs(found - true).max() <= 1e-11 * sum(each.amount_mg for each in inputs)


def test_every_model_has_a_covariance_that_can_be():
    for name in linear_models():
        names, matrix = covariance(load_model(name))
        assert len(names) == 0 or np.linalg.eigvalsh(matrix).min() > 0
