"""The panel beside an order: a band without a line, its marks, and a flag outside the published range."""

from datetime import date

import pytest

from kairos.web.clinic.courses import exposure_shown
from kairos.web.clinic.courses.exposure_shown import exposure_of_infusion, exposure_of_portions
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
    def broken(*_, **__):
        raise ValueError("a singular matrix")

    assert _shown(0.0) is None
    monkeypatch.setattr(exposure_shown, "expected_course", broken)
    assert _shown() is None
    monkeypatch.setattr(exposure_shown, "expected_course", lambda *_, **__: None)
    assert _shown() is None
    monkeypatch.setattr(exposure_shown, "chosen_models", lambda _: None)
    assert _shown() is None


def _portions(route, mg, kg=70.0, count=1):
    return exposure_of_portions(route, [mg] * count, 30.0, weight_kg=kg, next_after_d=3, on=DAY)


def test_portions_by_other_routes_are_placed_by_what_arrives_of_them():
    """About 93 % of an injection arrives, and a fifth of what is swallowed."""
    assert _portions("im", 35.0).flag == ""
    assert _portions("im", 140.0).flag == "Above the published range"
    assert _portions("oral", 10.0).flag == "Below the published range"
    assert "at the end of the infusion" not in _portions("im", 35.0).peak


def test_a_dose_that_may_lie_outside_is_flagged_as_such():
    flags = {_portions("oral", mg).flag for mg in (20.0, 30.0, 40.0, 60.0, 100.0, 200.0, 300.0)}
    assert "Perhaps outside the published range" in flags


def test_no_portion_and_an_unknown_route_have_no_panel(monkeypatch):
    assert _portions("esketamine", 28.0) is None
    assert _portions("im", 0.0) is None
    monkeypatch.setattr(exposure_shown, "chosen_models", lambda _: None)
    assert _portions("im", 35.0) is None
