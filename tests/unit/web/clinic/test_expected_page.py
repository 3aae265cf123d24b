"""The expected window follows what was given and when; without dose, weight or infusion there is none."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from kairos.domain.sessions.console import InfusionBar, InfusionLane
from kairos.vocab.instants import PartialDate
from kairos.web.clinic.sessions import expected_page
from kairos.web.clinic.sessions.expected_page import expected_shown
from kairos.web.design.drawings.session import draw_session
from tests.support.drawings import a_session, minutes, parsed, texts


def _page(*, route="iv", weight="70", bound=True, portions=(), born=None):
    order = SimpleNamespace(id="o", details={"weight_kg": weight} if weight else {})
    dose = SimpleNamespace(portions=tuple(SimpleNamespace(at=minutes(at), mg=mg) for at, mg in portions))
    state = SimpleNamespace(order=SimpleNamespace(order_id="o") if bound else None, dose=dose)
    picture = SimpleNamespace(state=state, protocol=SimpleNamespace(route=route))
    identity = SimpleNamespace(born_on=PartialDate(*map(int, born.split("-"))) if born else None)
    return SimpleNamespace(picture=picture, orders=(SimpleNamespace(order=order),), identity=identity)


def _lane(*bars, runs_out=None):
    made = tuple(InfusionBar(minutes(a), minutes(b), Decimal(rate), Decimal(mg)) for a, b, rate, mg in bars)
    return InfusionLane(made, Decimal(35), Decimal(0), Decimal(0), minutes(runs_out) if runs_out else None)


def _highest(shown):
    return max(shown.band.high_ng_ml)


def test_a_whole_infusion_has_the_peaks_of_its_models():
    shown = expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(120))
    assert "177 to 253 ng/mL, worked out on 70 kg" in shown.range_words
    assert shown.notes[0] == "Simulation, not a measurement."
    assert shown.band.at[0] == minutes(8)


def test_what_the_pump_will_still_give_belongs_to_it():
    running = expected_shown(_page(), _lane((8, 28, "52.5", "17.5"), runs_out=48), minutes(120))
    whole = expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(120))
    assert _highest(running) == pytest.approx(_highest(whole), rel=1e-6)


def test_a_look_a_little_later_asks_the_same_question(monkeypatch):
    asked = []
    monkeypatch.setattr(expected_page, "expected_course", lambda *told, **named: asked.append((told, named)))
    for until, given in ((28, "17.5"), (29, "18.375")):
        before = (2, 8, "30", "3")
        expected_shown(_page(), _lane(before, (8, until, "52.5", given), runs_out=48), minutes(60))
    assert asked[0] == asked[1]
    (_, doses), _ = asked[0]
    assert [(dose.amount_mg, dose.start_min, dose.over_min) for dose in doses] == [(3, 0, 6), (35, 6, 40)]


def test_a_pause_is_a_pause_and_what_is_stopped_is_not_given():
    paused = _lane((8, 28, "52.5", "17.5"), (28, 38, "0", "0"), runs_out=60)
    stopped = expected_shown(_page(), _lane((8, 28, "52.5", "17.5")), minutes(120))
    assert _highest(expected_shown(_page(), paused, minutes(120))) == pytest.approx(_highest(stopped))


def test_the_same_dose_in_a_heavier_person_is_expected_lower():
    lane = _lane((8, 48, "52.5", "35"))
    light, heavy = (expected_shown(_page(weight=kg), lane, minutes(120)) for kg in ("50", "100"))
    assert _highest(light) > _highest(heavy)


@pytest.mark.parametrize("route", ["im", "in", "sl", "oral"])
def test_portions_by_other_routes_have_their_window_from_the_first_of_them(route):
    shown = expected_shown(_page(route=route, portions=[(10, 50), (40, 50)]), _lane(), minutes(200))
    assert shown.band.at[0] == minutes(10)
    assert _highest(shown) > 0
    one = expected_shown(_page(route=route, portions=[(10, 50)]), _lane(), minutes(200))
    assert _highest(shown) > _highest(one)


def _sprayed(*at, born="1980-05-02", mg=28.0):
    page = _page(route="esketamine", weight=None, portions=[(each, mg) for each in at], born=born)
    return expected_shown(page, _lane(), minutes(200))


def test_the_spray_has_its_window_from_the_devices_that_were_used_and_needs_no_weight():
    shown, late = _sprayed(10, 15), _sprayed(10, 45)
    assert shown.band.at[0] == minutes(10)
    assert shown.band.at[-1] <= minutes(200)
    assert "in the typical person" in shown.range_words
    assert "Drawn for 46 years." in shown.range_words
    assert shown.notes[0] == "Simulation, not a measurement."
    assert any("Ancestry" in each for each in shown.notes)
    assert _highest(_sprayed(10)) < _highest(late) < _highest(shown)


def test_without_a_birth_the_age_of_the_spray_is_said_to_be_assumed():
    assert "not known: drawn for 45 years" in _sprayed(10, born=None).range_words


def test_what_the_model_of_the_spray_does_not_know_is_not_drawn(monkeypatch):
    assert _sprayed() is None
    assert _sprayed(10, born="2015-01-01") is None
    assert _sprayed(10, mg=20.0) is None
    assert _sprayed(10, 15, 20, 25) is None
    monkeypatch.setattr(expected_page, "expected_of_devices", lambda *_, **__: None)
    assert _sprayed(10) is None


@pytest.mark.parametrize("without", [{"weight": None}, {"bound": False}])
def test_without_a_weight_there_is_none(without):
    assert expected_shown(_page(**without), _lane((8, 48, "52.5", "35")), minutes(120)) is None


def test_before_a_dose_there_is_none():
    assert expected_shown(_page(), _lane(), minutes(120)) is None
    assert expected_shown(_page(), _lane((8, 9, "0", "0")), minutes(120)) is None


def test_a_simulation_that_fails_leaves_the_console_as_it_is(monkeypatch):
    def broken(*_, **__):
        raise ValueError("a singular matrix")

    monkeypatch.setattr(expected_page, "expected_course", broken)
    assert expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(120)) is None
    monkeypatch.setattr(expected_page, "expected_course", lambda *_, **__: None)
    assert expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(120)) is None


@pytest.mark.parametrize("narrow", [False, True])
def test_the_band_stands_behind_the_readings_marked_and_without_a_scale(narrow):
    shown = expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(100))
    svg = draw_session(a_session(expected=shown.band), narrow=narrow)
    said = texts(svg)
    assert any("Simulation, not a measurement" in each for each in said)
    assert not any("ng/mL" in each for each in said if "Timeline" not in each)
    kinds = [each.get("class") for each in parsed(svg).iter()]
    assert kinds.index("sim") < kinds.index("bp")
    assert "sim" not in [each.get("class") for each in parsed(draw_session(a_session())).iter()]


def test_a_band_of_nothing_is_not_drawn():
    shown = expected_shown(_page(), _lane((8, 48, "52.5", "35")), minutes(100))
    empty = type(shown.band)((), (), (), shown.band.words, shown.band.mark)
    assert "sim" not in [e.get("class") for e in parsed(draw_session(a_session(expected=empty))).iter()]
