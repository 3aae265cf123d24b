"""What cannot be estimated is empty with its reason; what cannot be used is refused."""

import numpy as np
import pytest

from kairos.domain.pharmacology.areas import AreaMethod, area, first_moment
from kairos.domain.pharmacology.noncompartmental import EVERY, Administration, noncompartmental
from kairos.domain.pharmacology.terminal_phase import terminal_phase
from kairos.vocab.errors import InvalidInput

OUTSIDE, BOLUS, INFUSION = (
    Administration.EXTRAVASCULAR,
    Administration.IV_BOLUS,
    Administration.IV_INFUSION,
)


def _curve(*pairs):
    return np.array([pair[0] for pair in pairs], float), np.array([pair[1] for pair in pairs], float)


def _halving(c0=8.0, count=7):
    return np.arange(1.0, count), c0 * 0.5 ** np.arange(1.0, count)


def test_a_bolus_that_halves_every_hour_gives_back_what_it_was_made_of():
    found = noncompartmental(*_halving(), administration=BOLUS, dose=16, method=AreaMethod.LINEAR_UP_LOG_DOWN)
    rate = np.log(2)
    assert found.c0 == pytest.approx(8)
    assert found.half_life == pytest.approx(1)
    assert found.auc_inf_obs == pytest.approx(8 / rate)
    assert (found.cl, found.vz, found.vss) == (
        pytest.approx(2 * rate),
        pytest.approx(2),
        pytest.approx(2),
    )
    assert found.mrt == pytest.approx(1 / rate)
    assert found.lambda_z_points == 6
    assert not found.missing


@pytest.mark.parametrize("method", AreaMethod)
def test_a_curve_that_only_rises_has_the_same_areas_by_both_methods(method):
    times, levels = _curve((0, 0), (1, 2), (3, 4))
    assert area(times, levels, method) == pytest.approx(7)
    assert first_moment(times, levels, method) == pytest.approx(1 + 14)


def test_a_measured_concentration_at_time_0_after_a_bolus_is_taken():
    times, levels = _halving()
    found = noncompartmental(np.insert(times, 0, 0), np.insert(levels, 0, 9), administration=BOLUS)
    assert (found.c0, found.cmax) == (9, 9)


def test_a_zero_at_time_0_of_a_bolus_is_from_before_it():
    times, levels = _halving()
    found = noncompartmental(np.insert(times, 0, 0), np.insert(levels, 0, 0), administration=BOLUS)
    assert found.c0 == pytest.approx(8)


@pytest.mark.parametrize("levels", [[0, 4, 2, 1], [3, 4, 2, 1]])
def test_a_bolus_whose_first_samples_do_not_fall_starts_with_the_first_above_zero(levels):
    found = noncompartmental(np.arange(1.0, 5), np.array(levels, float), administration=BOLUS)
    assert found.c0 == next(level for level in levels if level)


def test_one_sample_of_a_bolus_says_no_more_than_itself():
    found = noncompartmental(*_curve((1, 5)), administration=BOLUS, dose=1)
    assert (found.c0, found.cmax, found.auc_last) == (5, 5, 5)
    assert found.missing["cl"] == "no terminal phase: 1 samples above zero from the peak on, 3 are needed"


def test_two_samples_behind_the_peak_are_too_few():
    found = noncompartmental(*_curve((0, 0), (1, 5), (2, 4), (3, 2)), administration=OUTSIDE, dose=1)
    assert (found.cmax, found.tmax, found.tlast, found.auc_last) == (5, 1, 3, 10)
    assert found.auc_inf_obs is None
    assert "2 samples above zero behind the peak" in found.missing["lambda_z"]


@pytest.mark.parametrize("tail", [(1, 2, 3), (2, 2, 2)])
def test_an_end_that_does_not_fall_has_no_terminal_phase(tail):
    found = noncompartmental(
        *_curve((0, 5), *((at, level) for at, level in enumerate(tail, start=1))), administration=OUTSIDE
    )
    assert found.lambda_z is None
    assert "none of the lines through the last 3 to 3 samples falls" in found.missing["half_life"]


def test_without_a_dose_only_what_is_divided_by_it_is_empty():
    found = noncompartmental(*_halving(), administration=BOLUS)
    assert found.auc_inf_obs is not None
    assert found.missing == dict.fromkeys(("cl", "vz", "vss"), "no dose is given")


def test_outside_a_vein_there_is_no_volume_at_steady_state():
    found = noncompartmental(
        *_curve((0, 0), (1, 8), (2, 4), (3, 2), (4, 1)), administration=OUTSIDE, dose=None
    )
    assert "absorption" in found.missing["vss"]
    assert found.missing["cl"] == "no dose is given"
    assert found.mrt is not None


def test_an_infusion_takes_half_its_duration_off_the_mean_time_and_no_sample_from_while_it_runs():
    times, levels = _curve((0, 0), (1, 9), (2, 8), (3, 4), (4, 2), (5, 1))
    found = noncompartmental(times, levels, administration=INFUSION, dose=1, duration=3)
    outside = noncompartmental(times, levels, administration=OUTSIDE, dose=1)
    assert found.lambda_z_from == 3
    assert found.mrt == pytest.approx(outside.mrt - 1.5)
    assert found.vss == pytest.approx(found.cl * found.mrt)


def test_zeros_at_the_end_are_no_part_of_the_area():
    times, levels = _curve((0, 0), (1, 8), (2, 4), (3, 2), (4, 1), (6, 0), (8, 0))
    found = noncompartmental(times, levels, administration=OUTSIDE)
    assert (found.tlast, found.auc_last) == (4, 4 + 6 + 3 + 1.5)


def test_a_curve_of_zeros_has_a_highest_value_and_nothing_else():
    found = noncompartmental(*_curve((0, 0), (1, 0)), administration=OUTSIDE, dose=1)
    assert found.cmax == 0
    assert set(found.missing) == set(EVERY) - {"cmax"}
    assert set(found.missing.values()) == {"no concentration above zero"}


def test_samples_before_the_dose_are_not_used():
    found = noncompartmental(*_curve((-2, 3), (-1, 3)), administration=OUTSIDE, dose=1)
    assert set(found.missing) == set(EVERY)
    assert set(found.missing.values()) == {"no sample after the dose"}


def test_of_fits_as_good_as_each_other_the_one_with_most_samples_is_taken():
    phase = terminal_phase(*_halving(count=9))
    assert phase is not None
    assert (phase.points, phase.starts, phase.ends) == (8, 1, 8)
    assert phase.r2_adjusted == pytest.approx(1)


@pytest.mark.parametrize(
    ("times", "levels", "how", "word"),
    [
        ([0, 1], [1], {}, "2 times and 1 concentrations"),
        ([0, 1], [1, float("nan")], {}, "missing"),
        ([0, 1, 1], [1, 2, 3], {}, "do not rise"),
        ([1, 0], [1, 2], {}, "do not rise"),
        ([0, 1], [1, -2], {}, "below zero"),
        ([0, 1], [1, 2], {"dose": 0.0}, "the dose is 0"),
        ([0, 1], [1, 2], {"administration": INFUSION}, "has no length"),
        ([0, 1], [1, 2], {"duration": 2.0}, "only an infusion"),
    ],
)
def test_what_cannot_be_used_is_refused(times, levels, how, word):
    asked = {"administration": OUTSIDE} | how
    with pytest.raises(InvalidInput, match=word):
        noncompartmental(np.array(times, float), np.array(levels, float), **asked)
