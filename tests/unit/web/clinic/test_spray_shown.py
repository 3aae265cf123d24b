"""The panel of the nasal spray: one model, its spread as a band, and what is not known, in words."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kairos.domain.protocols.dose_rules import DoseForm
from kairos.queries.portion_orders import PortionChoices, PortionRoute
from kairos.web.clinic.courses import spray_shown
from kairos.web.clinic.courses.portions_expected import expected_of_first, expected_of_portions
from kairos.web.clinic.courses.spray_shown import exposure_of_spray
from tests.support.drawings import parsed, texts

DAY = date(2026, 11, 22)
DEVICE = Decimal(28)
GIVEN = PortionRoute("esketamine", DEVICE, timedelta(minutes=5), timedelta(days=3))
DOSES = (Decimal(56), Decimal(84))
CHOICES = PortionChoices(DoseForm.DEVICE, DOSES, (), (), published_mg=DOSES, age=46, given=GIVEN)


def _shown(count=3, *, age=46.0, published=(56.0, 84.0)):
    return exposure_of_spray([28.0] * count, 5.0, age=age, next_after_d=3, published_mg=published)


def test_three_devices_have_a_typical_curve_and_a_band():
    """The published peak of 84 mg in this model is about 101 ng/mL, which the model's own rows hold."""
    shown = _shown()
    assert "Drawn for 84 mg. Peak 101 ng/mL in the typical person; " in shown.peak
    assert "3 days later, hardly any of it is left (under 1 ng/mL)" in shown.left
    kinds = [each.get("class") for each in parsed(shown.picture).iter("path")]
    assert kinds == ["sim s1", "typical s1"]
    assert "Simulation, not a measurement" in texts(shown.picture)
    assert len(shown.sources) == 1


def test_what_is_not_known_is_said_beside_the_picture():
    assert any("Ancestry" in each for each in _shown().notes)
    assert "Drawn for 46 years." in _shown().notes
    assert any("age is not known: drawn for 45 years" in each for each in _shown(age=None).notes)


@pytest.mark.parametrize(
    ("count", "published", "flag"),
    [
        (2, (56.0, 84.0), ""),
        (1, (56.0, 84.0), "Below the published doses"),
        (3, (56.0,), "Above the published doses"),
        (2, (28.0, 84.0), "No published dose"),
        (2, (), ""),
    ],
)
def test_a_dose_that_label_and_studies_do_not_have_is_flagged(count, published, flag):
    shown = _shown(count, published=published)
    assert shown.flag == flag
    assert ("Published doses for this use and age" in shown.range_words) == bool(published)


def test_nobody_outside_the_models_people_and_no_other_device_is_drawn(monkeypatch):
    assert _shown(age=16.0) is None
    assert _shown(4) is None
    monkeypatch.setattr(spray_shown, "chosen_models", lambda _: None)
    assert _shown() is None


def test_an_order_of_portions_finds_its_panel():
    assert expected_of_portions(CHOICES, (), weight_kg=None, on=DAY) is None
    spray = expected_of_portions(CHOICES, (DEVICE,) * 3, weight_kg=None, on=DAY)
    assert spray.peak == _shown().peak
    injected = replace(CHOICES, given=PortionRoute("im", None, timedelta(0), timedelta(days=3)))
    assert expected_of_portions(injected, (Decimal(35),), weight_kg=None, on=DAY) is None
    shown = expected_of_portions(injected, (Decimal(35),), weight_kg=Decimal(70), on=DAY)
    assert shown.peak.startswith("Peak ")


def test_a_plan_draws_the_lowest_first_dose_once_it_is_known():
    assert "Drawn for 56 mg." in expected_of_first(CHOICES, on=DAY).peak
    for unknown in (None, replace(CHOICES, doses_mg=()), replace(CHOICES, given=PortionRoute("im"))):
        assert expected_of_first(unknown, on=DAY) is None
