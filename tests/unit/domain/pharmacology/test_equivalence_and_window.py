"""Equivalent doses and the expected window, on the models that the content holds."""

import numpy as np
import pytest

from kairos.content.release import load_release
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.equivalence import equivalent
from kairos.domain.pharmacology.expected import expected_window, typical_curve
from kairos.domain.pharmacology.exposure import exposure
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.vocab.errors import InvalidInput

ADULT = {"age": 45.0, "weight": 70.0, "ancestry": "other"}
INFUSION = Dose("iv", 35.0, 0.0, 40.0)


def _person(name):
    model = load_release().models[name]
    return model, individual_parameters(model, ADULT).values


def test_a_lozenge_of_the_same_area_is_the_dose_over_the_part_that_arrives():
    model, values = _person("clements-1981")
    found = equivalent(model, values, INFUSION, Dose("sl", 1.0))
    arrives = model.parameters["bioavailability_sl"]
    assert found.by_area.typical_mg == pytest.approx(35 / arrives.typical)
    assert found.by_area.low_mg == pytest.approx(35 / arrives.high)
    assert found.by_area.high_mg == pytest.approx(35 / arrives.low)


def test_a_dose_of_the_same_peak_has_that_peak():
    model, values = _person("clements-1981")
    found = equivalent(model, values, INFUSION, Dose("sl", 1.0))
    again = exposure(model, values, [Dose("sl", found.by_peak.typical_mg)], np.empty(0))
    infused = exposure(model, values, [INFUSION], np.empty(0))
    assert again["ketamine"].cmax_ng_ml == pytest.approx(infused["ketamine"].cmax_ng_ml, rel=1e-6)
    assert found.by_peak.low_mg < found.by_peak.typical_mg < found.by_peak.high_mg


def test_without_a_range_in_the_content_the_width_is_not_known():
    model, values = _person("clements-1981")
    found = equivalent(model, values, INFUSION, Dose("rectal", 1.0))
    assert found.by_area.low_mg is None
    assert found.by_area.high_mg is None


def test_devices_are_not_in_proportion():
    model, values = _person("perez-ruixo-2021")
    with pytest.raises(InvalidInput, match="nasal come in devices"):
        equivalent(model, values, Dose("iv", 28.0, 0.0, 40.0), Dose("nasal", 28.0))


def test_the_window_at_the_end_of_the_usual_infusion_is_that_of_its_models():
    """Clements below and Kamp above: 177.3 and 253.1 ng/mL, clinical.md 7.9, PK-01 and PK-03."""
    by = load_release().expected["ketamine"]
    window = expected_window(by, [INFUSION], ADULT, np.array([0.0, 20.0, 40.0, 60.0]))
    assert window.low_ng_ml[2] == pytest.approx(177.3, rel=0.005)
    assert window.high_ng_ml[2] == pytest.approx(253.1, rel=0.005)
    assert window.models == ("clements-1981", "domino-1982", "kamp-2020")
    assert (window.low_ng_ml <= window.high_ng_ml).all()
    assert (window.lowest_peak_ng_ml, window.highest_peak_ng_ml) == (
        pytest.approx(177.3, rel=0.005),
        pytest.approx(253.1, rel=0.005),
    )


def test_the_window_of_a_lozenge_holds_both_ends_of_what_arrives():
    by = load_release().expected["ketamine"]
    times = np.linspace(0, 240, 121)
    window = expected_window(by, [Dose("sl", 100.0)], ADULT, times)
    typical = typical_curve(by.models[0], [Dose("sl", 100.0)], ADULT, times)
    part = by.models[0].parameters["bioavailability_sl"]
    assert (window.low_ng_ml <= typical * part.low / part.typical + 1e-9).all()
    assert (window.high_ng_ml >= typical * part.high / part.typical - 1e-9).all()


def test_an_infusion_in_two_parts_is_the_infusion():
    by = load_release().expected["ketamine"]
    times = np.linspace(0, 120, 13)
    parts = [Dose("iv", 17.5, 0.0, 20.0), Dose("iv", 17.5, 20.0, 20.0)]
    whole, halves = (expected_window(by, doses, ADULT, times) for doses in ([INFUSION], parts))
    assert halves.high_ng_ml == pytest.approx(whole.high_ng_ml, rel=1e-9)
