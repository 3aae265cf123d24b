"""The spray's typical person and its band: beside the public simulator, at moments of the devices' own."""

import numpy as np
import pytest

from kairos.domain.pharmacology.administration import Dose, device_inputs
from kairos.domain.pharmacology.expected_people import device_moments, expected_people
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.pharmacology import expected
from kairos.pharmacology.expected import expected_of_devices
from kairos.pharmacology.simulation import load_model, simulate
from kairos.vocab.errors import InvalidInput

MODEL = load_model("perez-ruixo-2021")
PERSON = {"age": 45.0, "weight": 70.0, "ancestry": "other"}
AS_STUDIED = tuple(Dose("nasal", 28.0, minutes) for minutes in (0.0, 5.0, 10.0))
TIMES = np.array([0.0, 5.0, 10.0, 20.0, 31.8, 40.0, 90.0, 240.0])


def _people(devices=AS_STUDIED, times=TIMES, persons=400, seed=1, **others):
    rng = np.random.default_rng(seed)
    return expected_people(MODEL, devices, PERSON | others, times, persons=persons, rng=rng)


def test_devices_as_the_study_used_them_are_the_simulated_dose():
    curve = simulate(MODEL, 84, route="nasal", age=45).curve(TIMES)["esketamine"]
    assert np.abs(_people().typical_ng_ml - curve).max() < 1e-10 * curve.max()


def test_the_band_is_that_of_many_more_people_drawn_by_the_kernels():
    """Peaks of 20,000 people of ``spread_of`` with another seed: 52.8, 99.4 and 165.6 ng/mL."""
    peak = _people(times=np.arange(0.0, 240.0, 4.0), persons=800).peak_ng_ml
    assert (peak.low, peak.median, peak.high) == pytest.approx((52.8, 99.4, 165.6), rel=0.06)


def test_the_same_seed_draws_the_same_people_and_the_band_has_an_order():
    one, same, other = _people(), _people(), _people(seed=2)
    assert np.array_equal(one.band_ng_ml.high, same.band_ng_ml.high)
    assert not np.array_equal(one.band_ng_ml.high, other.band_ng_ml.high)
    band = one.band_ng_ml
    assert np.all((band.low <= band.median) & (band.median <= band.high))


def test_a_device_counts_from_the_moment_it_was_used():
    late = (*AS_STUDIED[:2], Dose("nasal", 28.0, 60.0))
    usual, delayed = _people(), _people(devices=late)
    assert np.allclose(usual.typical_ng_ml[:3], delayed.typical_ng_ml[:3])
    assert delayed.typical_ng_ml[4] < usual.typical_ng_ml[4]
    assert delayed.typical_peak_ng_ml < usual.typical_peak_ng_ml


def test_what_one_device_after_another_loses_is_lost_whenever_it_is_used():
    values = individual_parameters(MODEL, PERSON).values
    entered = [each.amount_mg for each in device_inputs(MODEL, values, AS_STUDIED)]
    assert entered[2] == pytest.approx(entered[0] * 0.62)
    assert entered[4] == entered[2]


@pytest.mark.parametrize(
    ("devices", "why"),
    [
        ((Dose("iv", 28.0),), "no devices by iv"),
        ((Dose("nasal", 28.0), Dose("iv", 28.0)), "no devices"),
        ((Dose("nasal", 56.0),), "28 mg"),
        (AS_STUDIED + AS_STUDIED, "at most 3"),
    ],
)
def test_other_devices_are_refused(devices, why):
    with pytest.raises(InvalidInput, match=why):
        _people(devices=devices)


def test_moments_hold_every_edge_and_end_where_asked():
    moments = device_moments(MODEL, AS_STUDIED, PERSON, 120.0, step_min=6.0)
    assert {0.0, 5.0, 10.0, 120.0} <= set(moments)
    assert np.abs(moments - 31.8).min() < 1e-9
    assert np.diff(moments).max() <= 6.0 + 1e-9


def test_people_of_japanese_ancestry_have_the_models_higher_peak():
    here, there = _people(), _people(ancestry="japanese")
    assert there.typical_peak_ng_ml == pytest.approx(1.3 * here.typical_peak_ng_ml, rel=0.03)


def test_asked_twice_it_is_drawn_once_and_what_is_left_is_told(monkeypatch):
    asked = {"age": 45.0, "until_min": 120.0, "later_min": 4320.0}
    found = expected_of_devices("esketamine", AS_STUDIED, **asked)
    assert found is expected_of_devices("esketamine", AS_STUDIED, **asked)
    assert found.people.times_min[-1] == 120.0
    assert 0.0 < found.left_ng_ml < 1.0
    monkeypatch.setattr(expected, "chosen_models", lambda _: None)
    assert expected_of_devices("esketamine", AS_STUDIED, age=44.0, until_min=120.0) is None
