"""The panel beside an order: a band without a line, its marks, and a flag outside the published range."""

from datetime import date

import pytest

from kairos.web.clinic.courses import exposure_shown
from kairos.web.clinic.courses.exposure_shown import exposure_of_infusion
from tests.support.drawings import parsed, texts

DAY = date(2026, 11, 22)


def _shown(mg_per_kg=0.5, weight_kg=80.0, over=40.0):
    return exposure_of_infusion(mg_per_kg, over, weight_kg=weight_kg, next_after_d=2, on=DAY)


def test_the_usual_infusion_has_a_band_and_no_flag():
    shown = _shown()
    assert shown.flag == ""
    assert "177 to 253 ng/mL" in shown.peak
    assert "2 days later, hardly any of it is left (under 1 ng/mL)" in shown.left
    said = texts(shown.picture)
    assert {"Simulation, not a measurement", "Dissociation seen"} <= set(said)
    kinds = {each.get("class") for each in parsed(shown.picture).iter("path")}
    assert kinds == {"sim s1"}
    assert len(shown.sources) == 3


@pytest.mark.parametrize(
    ("mg_per_kg", "flag"), [(1.0, "Above the published range"), (0.05, "Below the published range")]
)
def test_a_dose_outside_the_published_range_is_flagged_with_the_range(mg_per_kg, flag):
    shown = _shown(mg_per_kg)
    assert shown.flag == flag
    assert "0.1 to 0.75 mg/kg" in shown.range_words


def test_what_is_left_soon_after_is_told_as_a_number():
    soon = exposure_of_infusion(0.5, 40, weight_kg=80, next_after_d=0.25, on=DAY)
    assert "0.25 days later, at most " in soon.left


def test_without_a_weight_the_same_dose_by_weight_has_the_same_peak():
    assert _shown(weight_kg=None).peak == _shown(weight_kg=110.0).peak


def test_what_cannot_be_simulated_has_no_panel(monkeypatch):
    assert _shown(0.0) is None
    monkeypatch.setattr(exposure_shown, "expected_course", lambda *_, **__: None)
    assert _shown() is None
    monkeypatch.setattr(exposure_shown, "chosen_models", lambda _: None)
    assert _shown() is None
