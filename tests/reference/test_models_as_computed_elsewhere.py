"""Every model against figures computed elsewhere, twice and independently, and against what was observed.

The figures are those of the clinical fact base, sections 7.1 to 7.9; none comes from this program.
"""

from dataclasses import replace

import numpy as np
import pytest

from kairos.domain.pharmacology.administration import Dose, mass_inputs
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.engine import course_of
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.domain.pharmacology.linear_facts import area_to_infinity, half_lives_min, reached
from kairos.domain.pharmacology.reference_solution import reference_solution
from kairos.pharmacology import load_model, simulate

ANYBODY = {"age": 45.0, "weight": 70.0, "ancestry": "other"}
MINUTES = [10, 20, 40, 45, 60, 80, 120, 180, 240, 480]
INFUSION = {
    "clements-1981": ([62.0, 109.5, 177.3, 157.4, 115.4, 84.7, 58.8, 43.8, 34.6, 13.9], 436.3),
    "domino-1982": ([181.8, 209.6, 240.3, 91.4, 55.1, 45.8, 35.8, 24.9, 17.3, 4.1], 301.9),
    "hijazi-2003": ([94.5, 156.7, 225.3, 183.3, 99.6, 46.0, 13.1, 5.8, 4.6, 2.6], 231.7),
    "kamp-2020": ([154.5, 198.3, 253.1, 155.0, 95.9, 73.7, 49.9, 33.8, 25.6, 10.1], 416.7),
    "herd-2007": ([132.0, 186.5, 253.4, 183.5, 119.3, 96.4, 68.1, 40.6, 24.2, 3.1], 388.9),
    "hornik-2018": ([212.8, 347.6, 495.6, 399.9, 223.3, 123.8, 70.8, 55.9, 48.4, 27.8], 899.7),
}
BOLUS_MINUTES = [1, 5, 10, 30, 60, 120]
BOLUS = {
    "clements-1981": [138.5, 123.5, 107.7, 67.0, 41.3, 26.1],
    "domino-1982": [888.7, 138.7, 80.6, 29.7, 22.8, 15.8],
    "kamp-2020": [565.7, 260.5, 126.6, 54.0, 36.3, 21.3],
}
DERIVED = {
    "domino-1982": (193.2, 115.9, [0.4, 4.6, 114.6]),
    "clements-1981": (289.2, 80.2, [17.6, 182.9]),
    "hijazi-2003": (297.4, 151.0, [16.2, 296.7]),
    "herd-2007": (140.7, 90.0, [4.4, 80.4]),
    "hornik-2018": (184.8, 38.9, [13.5, 299.2]),
    "kamp-2020": (238.0, 84.0, [2.8, 28.4, 183.8]),
    "otto-2021": (418.8, 95.2, [12.9, 89.4, 442.0]),
    "simons-2022": (224.6, 88.8, [1.5, 21.4, 193.2]),
}
PRINTED = 0.05
"""Half of the last printed digit of a figure printed to one decimal."""


def entered(name, *doses):
    model = load_model(name)
    values = individual_parameters(model, ANYBODY).values
    return reached(linear_system(model, values), mass_inputs(model, values, doses))


def levels(name, dose_mg, over, minutes):
    found = simulate(
        name, dose_mg, route="iv", minutes=over, weight_kg=70, times_min=minutes, outside_population=True
    )
    return found.analytes["ketamine"].at_ng_ml


@pytest.mark.parametrize("name", INFUSION)
def test_half_a_milligram_a_kilogram_over_40_minutes(name):
    expected, whole = INFUSION[name]
    assert levels(name, 35, 40, MINUTES) == pytest.approx(expected, abs=PRINTED + 1e-6)
    system, inputs = entered(name, Dose("iv", 35, 0, 40))
    assert area_to_infinity(system, inputs, system.readings[0]) == pytest.approx(whole, abs=PRINTED)


@pytest.mark.parametrize("name", BOLUS)
def test_a_quarter_of_a_milligram_a_kilogram_at_once(name):
    assert levels(name, 17.5, 0, BOLUS_MINUTES) == pytest.approx(BOLUS[name], abs=PRINTED + 1e-6)


@pytest.mark.parametrize("name", DERIVED)
def test_volumes_clearances_and_half_lives(name):
    """The volume at steady state is clearance times the mean time in the body after a bolus."""
    volume, clearance, halves = DERIVED[name]
    system, inputs = entered(name, Dose("iv", 35))
    area = area_to_infinity(system, inputs, system.readings[0])
    assert 35_000 / area == pytest.approx(clearance, abs=PRINTED)
    parent = [
        place
        for place, state in enumerate(system.states)
        if not state.startswith(("meta", "to_", "nk", "hnk"))
    ]
    outward = system.losses + system.flows.sum(axis=1)
    rates = system.flows[np.ix_(parent, parent)].T - np.diag(outward[parent])
    residence = np.linalg.solve(-rates, np.eye(len(parent))[0]).sum()
    assert clearance / 60 * residence == pytest.approx(volume, rel=1e-3)
    found = np.sort(np.log(2) / -np.linalg.eigvals(rates).real)
    assert found == pytest.approx(halves, abs=PRINTED + 1e-6)
    assert set(np.round(found, 6)) <= set(np.round(half_lives_min(system), 6))


def test_the_declared_volumes_at_steady_state():
    for name in ("perez-ruixo-2021", "otto-2021", "simons-2022", "herd-2007", "hornik-2018", "kamp-2020"):
        model = load_model(name)
        values = individual_parameters(model, ANYBODY).values
        expected = {**{key: row[0] for key, row in DERIVED.items()}, "perez-ruixo-2021": 752}[name]
        assert sum(float(values[each]) for each in model.steady_volumes) == pytest.approx(
            expected, abs=PRINTED
        )


def test_esketamine_28_mg_over_40_minutes_by_two_models():
    otto = simulate("otto-2021", 28, route="iv", minutes=40, weight_kg=70).analytes
    assert otto["esketamine"].cmax_ng_ml == pytest.approx(126.4, abs=PRINTED)
    assert otto["noresketamine"].cmax_ng_ml == pytest.approx(59.8, abs=PRINTED)
    assert otto["noresketamine"].tmax_min == pytest.approx(89, abs=1)
    spray = simulate("perez-ruixo-2021", 84, route="nasal", times_min=[120, 1440]).analytes["esketamine"]
    assert spray.at_ng_ml == pytest.approx([58, 2.0], abs=0.5)


@pytest.mark.parametrize(("film", "expected", "low", "high"), [(50, 272.7, 259, 287), (100, 277.4, 251, 287)])
def test_an_infusion_six_hours_after_a_film_holds_what_is_left_of_it(film, expected, low, high):
    """Observed after films of 50 and 100 mg: 273 (259 to 287) and 260 (251 to 269)."""
    model = load_model("simons-2022")
    values = individual_parameters(model, ANYBODY).values
    doses = [Dose("sl", film), Dose("iv", 20, 360, 20)]
    course = course_of(model, values, doses, np.array([380.0]))
    found = course.readings[0].concentration_ng_ml(course.amounts[course.readings[0].state])[0]
    assert found == pytest.approx(expected, abs=PRINTED)
    assert low <= found <= high


@pytest.mark.parametrize(("route", "dose", "expected", "at"), [("sl", 25, 24.2, 39), ("oral", 25, 13.4, 51)])
def test_first_order_input_by_the_usual_figures(route, dose, expected, at):
    found = simulate("clements-1981", dose, route=route, weight_kg=70).analytes["ketamine"]
    lag = float(individual_parameters(load_model("clements-1981"), ANYBODY).values[f"lag_{route}"])
    assert found.cmax_ng_ml == pytest.approx(expected, abs=PRINTED)
    assert found.tmax_min == pytest.approx(at + lag, abs=1)
    assert 5 <= lag <= 10


@pytest.mark.parametrize(
    ("fraction", "rate", "dose", "cmax", "tmax"),
    [
        (0.32, 0.03, 25, 25.8, 39),
        (0.23, 0.03, 25, 18.5, 39),
        (0.93, 0.10, 35, 162, 18),
        (0.93, 0.05, 35, 129, 28),
        (0.30, 0.03, 100, 96.7, 39),
        (0.20, 0.03, 100, 64.4, 39),
    ],
)
def test_first_order_input_by_other_figures(fraction, rate, dose, cmax, tmax):
    """The same disposition with the fraction and the rate of others, without a lag."""
    model = load_model("clements-1981")
    values = dict(individual_parameters(model, ANYBODY).values)
    values |= {"bioavailability_im": np.asarray(fraction), "rate_im": np.asarray(rate)}
    times = np.arange(0.0, 120.0, 0.25)
    course = course_of(model, values, [Dose("im", dose)], times)
    curve = course.readings[0].concentration_ng_ml(course.amounts[course.readings[0].state])
    assert curve.max() == pytest.approx(cmax, rel=0.005)
    assert times[np.argmax(curve)] == pytest.approx(tmax, abs=1)


def spread_out(every):
    """Return the peak of 84 mg by nose whose devices are some minutes apart."""
    model = load_model("perez-ruixo-2021")
    values = individual_parameters(model, ANYBODY).values
    together = mass_inputs(model, values, [Dose("nasal", 84)])
    moved = [replace(each, start_min=each.start_min / 5 * every) for each in together]
    system, inputs = reached(linear_system(model, values), moved)
    amounts, _ = reference_solution(system, inputs, np.arange(30.0, 60.0, 0.5))
    return float(system.readings[0].concentration_ng_ml(amounts[system.readings[0].state]).max())


@pytest.mark.parametrize(("every", "expected"), [(0, 102.2), (5, 101.2)])
def test_devices_all_at_once_would_overstate_the_peak(every, expected):
    assert spread_out(every) == pytest.approx(expected, abs=PRINTED)
