"""What a notebook asks of a simulation: another route, another medicine, a receptor, a table, a picture."""

import sys
from types import SimpleNamespace
from xml.etree import ElementTree as xml

import numpy as np
import pytest

from kairos.content.release import load_release
from kairos.pharmacology import simulate
from kairos.pharmacology.equivalence import NO_RANGE, RANGE_ONLY, equivalent_dose
from kairos.pharmacology.occupancy import receptor_occupancy
from kairos.pharmacology.pictures import plot, plot_routes
from kairos.pharmacology.tables import to_pandas, to_polars, to_xarray
from kairos.pharmacology.what_if import beside, by_weight
from kairos.vocab.errors import InvalidInput

HOURS = np.arange(0.0, 240.0, 30.0)


@pytest.fixture(scope="module")
def infusion():
    return simulate("clements-1981", 35, route="iv", minutes=40, age=45, weight_kg=70)


@pytest.fixture(scope="module")
def by_mouth():
    return simulate("perez-ruixo-2021", 84, route="oral", age=45)


def test_another_route_is_answered_with_its_width_and_its_warnings(infusion):
    found = equivalent_dose(infusion, "sl")
    assert found.by_area.low_mg < found.by_area.typical_mg < found.by_area.high_mg
    assert found.warnings[0] == RANGE_ONLY
    assert any("Sublingual" in said for said in found.warnings)
    assert equivalent_dose(infusion, "rectal").warnings[0] == NO_RANGE


def test_beside_a_medicine_the_measured_multiple_is_taken(by_mouth):
    alone = by_mouth.analytes["esketamine"]
    found = beside(by_mouth, "clarithromycin")
    assert found.auc_0_24_ng_h_ml == pytest.approx(2.6 * alone.auc_0_24_ng_h_ml)
    assert found.cmax_ng_ml == pytest.approx(3.6 * alone.cmax_ng_ml)
    assert "hagelberg-2010" in found.effect.sources
    assert beside(by_mouth, "itraconazole").cmax_ng_ml is None


def test_a_medicine_that_was_not_studied_by_that_route_is_not_guessed(by_mouth, infusion):
    with pytest.raises(InvalidInput, match="sertraline was not studied beside a dose by oral"):
        beside(by_mouth, "sertraline")
    with pytest.raises(InvalidInput, match="studied were none"):
        beside(infusion, "clarithromycin")


def test_a_dose_by_weight_in_a_model_by_weight_gives_one_peak():
    found = by_weight("clements-1981", 0.5, [50, 100], route="iv", minutes=40, age=45)
    light, heavy = (found[kg].analytes["ketamine"].cmax_ng_ml for kg in (50, 100))
    assert light == pytest.approx(heavy)


def test_occupancy_follows_the_curve_and_never_comes_without_its_caveat(infusion):
    course = receptor_occupancy(infusion, HOURS)
    assert course.total.shape == HOURS.shape
    assert (course.unbound <= course.total).all()
    assert "rat" in course.caveat


def test_tables_hold_every_analyte_at_every_time(by_mouth, monkeypatch):
    table = to_pandas(by_mouth, HOURS)
    assert list(table.columns) == ["t_min", "analyte", "ng_ml"]
    assert len(table) == 2 * HOURS.size
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=dict))
    assert to_polars(by_mouth, HOURS)["analyte"][0] == "esketamine"
    made = SimpleNamespace(
        Variable=lambda dims, data, attrs: (dims, data, attrs),
        Dataset=lambda variables, coords, attrs: (variables, coords, attrs),
    )
    monkeypatch.setitem(sys.modules, "xarray", made)
    variables, coords, attrs = to_xarray(by_mouth, HOURS)
    assert variables["noresketamine"][2] == {"units": "ng/mL"}
    assert coords["t_min"][0] == ("t_min",)
    assert attrs == {"model": "perez-ruixo-2021"}


def test_a_library_that_is_not_there_is_named(by_mouth, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InvalidInput, match="polars: is not installed"):
        to_polars(by_mouth, HOURS)


def test_one_call_makes_a_picture_with_source_population_and_warnings(by_mouth):
    svg = plot(by_mouth, shades=[e for e in load_release().effects if e.name == "psychedelic"])
    texts = " ".join(each.text or "" for each in xml.fromstring(svg).iter())
    assert "esketamine 84 mg, oral (perez-ruixo-2021)" in texts
    assert "820 adults" in texts
    assert "not a measurement" in texts


def test_many_people_make_a_band_around_the_typical_one(by_mouth):
    def band(times_min):
        level = by_mouth.curve(times_min)["esketamine"]
        return {"esketamine": {"median": level, "p05": level / 2, "p95": level * 2}}

    spread = SimpleNamespace(band=band, warnings=("A placeholder was used.",))
    root = xml.fromstring(plot(by_mouth, spread=spread))
    texts = " ".join(each.text or "" for each in root.iter())
    assert "9 in 10 simulated people" in texts
    assert "A placeholder was used." in texts
    assert sum(each.get("class", "").startswith("sim ") for each in root.iter()) == 1


def test_repeated_infusions_are_named_and_shown_to_the_last():
    twice = simulate("clements-1981", 35, route="iv", minutes=40, doses=2, every_h=48, age=45)
    texts = " ".join(each.text or "" for each in xml.fromstring(plot(twice)).iter())
    assert "over 40 min, 2 doses" in texts


def test_routes_stand_side_by_side(infusion):
    mouth = simulate("clements-1981", 100, route="oral", age=45, weight_kg=70)
    texts = [each.text for each in xml.fromstring(plot_routes({"Vein": infusion, "Mouth": mouth})).iter()]
    assert {"Vein", "Mouth"} <= set(texts)
