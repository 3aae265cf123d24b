"""The engine's answers beside one matrix exponential of another author for each input and moment."""

import numpy as np
import pytest

from kairos.domain.pharmacology.propagation import amounts_and_areas, concentrations, exposures
from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading
from kairos.vocab.errors import InvalidInput
from tests.support.linear_systems import amounts_by_expm, any_inputs, any_system, matrix, read_all
from tests.support.uncompiled import uncompiled

ONE = read_all([[0.0]], [0.1])
TIMES = np.arange(0.0, 400.0, 8.0)


def worst(system: LinearSystem, inputs, times) -> float:
    """Return the largest difference from the matrix exponential, as a part of the highest amount."""
    ours = amounts_and_areas(system, inputs, times)[0]
    theirs = np.array([amounts_by_expm(system, inputs, time) for time in times]).T
    return np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1e-300)


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_the_matrix_exponential(seed):
    rng = np.random.default_rng(seed)
    system = any_system(rng)
    inputs = any_inputs(rng, system)
    irregular = np.sort(rng.uniform(0, 500, 6))
    assert worst(system, inputs, irregular) < 1e-11
    assert worst(system, inputs, TIMES[::5]) < 1e-11


@pytest.mark.parametrize("apart", [0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3])
def test_absorption_as_fast_as_elimination_is_no_special_case(apart):
    """Where both rates are k: dose k t exp(-k t), the limit of Bateman's function."""
    k = 0.05
    system = read_all([[0.0, k * (1 + apart)], [0.0, 0.0]], [0.0, k])
    found = concentrations(system, [MassInput(0, 0.0, 100.0, 0.0)], TIMES)[1, 0]
    expected = 100.0 * k * TIMES * np.exp(-k * TIMES)
    assert np.abs(found - expected).max() <= 100.0 * max(1e-13, apart)


@pytest.mark.parametrize("length", [2, 5, 12])
def test_a_chain_of_equal_steps_is_the_erlang_distribution(length):
    from scipy.stats import gamma

    rate = 0.2
    flows = np.diag(np.full(length - 1, rate), 1)
    losses = np.zeros(length)
    losses[-1] = rate
    areas = amounts_and_areas(read_all(flows, losses), [MassInput(0, 0.0, 1.0, 0.0)], TIMES)[1]
    assert np.abs(rate * areas[-1] - gamma.cdf(TIMES, length, scale=1 / rate)).max() < 1e-13


def test_the_state_is_carried_through_many_doses():
    doses = [MassInput(0, 5040.0 * n, 35.0, 40.0) for n in range(56)]
    times = np.linspace(0.0, 56 * 5040.0, 120)
    system = read_all([[0.0, 0.59, 0.59], [0.247, 0.0, 0.0], [0.0146, 0.0, 0.0]], [0.4381, 0.0, 0.0])
    assert worst(system, doses, times[::17]) < 1e-11


def test_mass_is_conserved():
    rng = np.random.default_rng(7)
    for _ in range(10):
        system = any_system(rng)
        inputs = any_inputs(rng, system)
        amounts, areas = amounts_and_areas(system, inputs, np.array([1000.0]))
        entered = sum(each.amount_mg for each in inputs)
        assert amounts.sum() + system.losses @ areas.sum(axis=1) == pytest.approx(entered, rel=1e-12)


def test_what_is_given_at_a_moment_is_seen_at_it():
    found = concentrations(ONE, [MassInput(0, 8.0, 10.0, 0.0)], TIMES)
    assert found[0, 0, :3] == pytest.approx([0.0, 10.0, 10.0 * np.exp(-0.8)])


def test_a_rate_that_ended_leaves_nothing_behind():
    inputs = [MassInput(0, 0.1 * n, 0.3, 0.3) for n in range(9)]
    found = concentrations(read_all([[0.0]], [5.0]), inputs, np.array([0.0, 2.0, 200.0]))
    assert found[0, 0, 2] < 1e-200


def test_one_system_or_one_for_each_patient_and_inputs_of_their_own():
    losses = np.array([[0.1], [0.2], [0.2]])
    system = LinearSystem(("c",), np.zeros((1, 1)), losses, (Reading("k", 0, np.array([1.0, 1.0, 2.0])),))
    found = concentrations(system, [MassInput(0, np.array([0.0, 0.0, 8.0]), 1.0, 0.0)], np.array([16.0]))
    assert found[0, :, 0] == pytest.approx(1000 * np.exp([-1.6, -3.2, -1.6]) / [1, 1, 2])


def test_peak_area_and_time_above_are_those_of_the_curve():
    """Bateman's function: peak at ln(ka/k)/(ka - k); area dose / k; time above counted on a fine grid."""
    ka, k = 0.06, 0.02
    system = read_all([[0.0, ka], [0.0, 0.0]], [0.0, k])
    found = exposures(
        system, [MassInput(0, 0.0, 100.0, 0.0)], np.arange(0.0, 2000.0), above_ng_ml=[50.0, 40.0]
    )
    curve = lambda t: 100 * ka / (ka - k) * (np.exp(-k * t) - np.exp(-ka * t))  # noqa: E731
    peak = np.log(ka / k) / (ka - k)
    assert found.tmax_min[0] == pytest.approx([0.0, peak], abs=1e-5)
    assert found.cmax_ng_ml[0] == pytest.approx([100.0, curve(peak)], rel=1e-7)
    assert found.auc_ng_h_ml[0] == pytest.approx([100 / ka / 60, 100 / k / 60], rel=1e-12)
    fine = np.linspace(0, 200, 2_000_001)
    assert found.above_min[0] == pytest.approx([np.log(2) / ka, 200 * (curve(fine) > 40).mean()], abs=1e-3)


def test_a_limit_is_counted_on_both_sides_of_a_trough():
    """What lies deep comes back: the amount falls at first, turns, and rises again."""
    system = read_all([[0.0, 0.0], [0.05, 0.0]], [0.2, 0.0])
    doses = [MassInput(0, 0.0, 60.0, 0.0), MassInput(1, 0.0, 200.0, 0.0)]
    times = np.arange(0.0, 120.0, 4.0)
    found = exposures(system, doses, times, above_ng_ml=[45.0, np.inf])
    fine = np.linspace(0, 116, 116_001)
    curve = concentrations(system, doses, fine)[0, 0]
    assert curve[:20_000].argmin() > 0 or curve.argmax() > 0
    assert found.above_min[0] == pytest.approx([116 * (curve > 45).mean(), 0.0], abs=0.02)


@pytest.mark.parametrize(
    ("begin", "end", "rising", "falling", "turn"),
    [
        (1.0, 1.0, -2.0, 2.0, 0.5),
        (1.0, 1.0, 2.0, -2.0, 0.5),
        (0.0, 1.0, 0.0, -1.0, 8 / 9),
        (0.0, 1.0, 1.0, 1.0, 1.0),
        (0.0, -1.0, 0.0, 0.0, 1.0),
        (0.0, 0.0, 0.0, 0.0, 1.0),
    ],
)
def test_where_a_cubic_turns(begin, end, rising, falling, turn):
    """By hand: the root between 0 and 1 of the derivative of the cubic with these ends and slopes."""
    from kairos.domain.pharmacology.kernels.turns import turning

    assert turning(begin, end, rising, falling) == pytest.approx(turn)


def test_a_first_sample_far_beyond_the_regular_step():
    rng = np.random.default_rng(3)
    system = any_system(rng, 4)
    assert worst(system, any_inputs(rng, system), 500.0 + np.arange(0.0, 12.0, 3.0)) < 1e-11


def test_a_place_that_cannot_be_written_only_costs_the_compilation(monkeypatch):
    from kairos.domain.pharmacology.kernels import compiled

    def nowhere(*, cache=False, **others):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda kernel: (kernel, others["nogil"])

    monkeypatch.setattr(compiled, "njit", nowhere)
    assert compiled.compiled(len) == (len, True)


@pytest.mark.parametrize("seed", range(3))
def test_compiled_and_uncompiled_agree(seed):
    rng = np.random.default_rng(seed)
    system = any_system(rng, 3)
    inputs = any_inputs(rng, system)
    times = np.arange(0.0, 100.0, 20.0)

    def answers():
        limits = [10.0] * 3
        summed = exposures(system, inputs, times, above_ng_ml=limits)
        moments = np.sort(np.r_[times, 13.7, 13.7, 90.1])
        return np.concatenate(
            [*amounts_and_areas(system, inputs, moments), summed.cmax_ng_ml.T, summed.above_min.T], axis=1
        )

    compiled = answers()
    with uncompiled():
        assert answers() == pytest.approx(compiled, rel=1e-10, abs=1e-9)


def test_nothing_given_stays_nothing():
    assert not concentrations(ONE, [], TIMES).any()
    assert matrix(ONE).shape == (1, 1)


@pytest.mark.parametrize(
    ("system", "inputs", "times", "words"),
    [
        (ONE, [], [5.0, 1.0], "ascend"),
        (ONE, [], [-1.0], "ascend"),
        (ONE, [], [], "one or more"),
        (ONE, [], [[1.0]], "one or more"),
        (ONE, [MassInput(0, 0.0, -1.0, 0.0)], [1.0], "negative"),
        (read_all([[0.0]], [-0.1]), [], [1.0], "negative"),
        (read_all([[0.0, 0.0]], [0.1]), [], [1.0], "does not fit"),
        (ONE, [MassInput(0, np.zeros(2), np.zeros(3), 0.0)], [1.0], "2 and 3 patients"),
    ],
)
def test_what_makes_no_sense_is_refused(system, inputs, times, words):
    with pytest.raises(InvalidInput, match=words):
        concentrations(system, inputs, np.array(times))


def test_uncompiled_through_shared_and_own_systems_and_coarse_steps():
    """Two people of one system, two of their own (the second slower), a chain whose end starts from rest."""
    chain = read_all([[0.0, 0.3, 0.0], [0.0, 0.0, 0.2], [0.0, 0.0, 0.0]], [0.0, 0.0, 0.1])
    own = LinearSystem(("c",), np.zeros((1, 1)), np.array([[0.5], [0.1]]), (Reading("c", 0, 1000.0),))
    late, coarse = 90.0 + np.arange(0.0, 30.0, 10.0), np.array([0.0, 40.0])
    doses = [MassInput(0, 0.0, np.array([100.0, 50.0]), 0.0)]

    def answers():
        limits = [np.inf, 10.0, 10.0]
        summed = exposures(chain, doses, coarse, above_ng_ml=limits)
        parts = [concentrations(chain, doses, late), concentrations(own, doses, late), summed.above_min]
        return np.concatenate([part.ravel() for part in parts])

    compiled = answers()
    with uncompiled():
        assert answers() == pytest.approx(compiled, rel=1e-10, abs=1e-12)
