"""What a dose puts where, the system it enters, and the exposure that follows."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from kairos.domain.pharmacology.administration import Dose, mass_inputs, repeated
from kairos.domain.pharmacology.disposition import linear_system, with_effect_site
from kairos.domain.pharmacology.engine import course_of
from kairos.domain.pharmacology.exposure import exposure
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.domain.pharmacology.linear_facts import area_to_infinity, half_lives_min, reached
from kairos.domain.pharmacology.reference_solution import rate_matrix, reference_solution
from kairos.domain.pharmacology.substances import Substance
from kairos.domain.pharmacology.system import MassInput
from kairos.vocab.errors import InvalidInput
from tests.support.pk_models import MODEL, small_model

SOMEBODY = {"age": 40.0, "weight": 70.0, "kind": "plain"}
NO_TIMES = np.array([])


def values(model=None, **differences):
    return individual_parameters(model or small_model(), SOMEBODY | differences).values


def inputs(*doses):
    model = small_model()
    return [
        (model.states[each.state], each.start_min, each.amount_mg, each.duration_min)
        for each in mass_inputs(model, values(), doses)
    ]


def test_an_infusion_enters_at_a_constant_rate_and_a_bolus_at_once():
    assert inputs(Dose("iv", 20, 5, 40), Dose("iv", 10)) == [
        ("body", 5.0, 20.0, 40.0),
        ("body", 0.0, 10.0, 0.0),
    ]


def test_first_order_input_is_a_part_in_a_depot_after_its_lag():
    assert inputs(Dose("oral", 20, 1)) == [("depot_oral", 6.0, 10.0, 0.0)]
    assert inputs(Dose("im", 20)) == [("depot_im", 0.0, 20.0, 0.0)]


def test_each_device_after_the_first_has_its_own_parts():
    assert inputs(Dose("spray", 8, 1)) == [
        ("body", 1.0, 2.0, 0.0),
        ("depot", 3.0, 2.0, 10.0),
        ("body", 4.0, 1.0, 0.0),
        ("depot", 6.0, 3.0, 10.0),
    ]


def test_inputs_may_be_one_for_each_person():
    model = small_model()
    people = individual_parameters(model, SOMEBODY, {"part": np.array([0.0, np.log(2)])}).values
    (into_body, into_depot) = mass_inputs(model, people, [Dose("spray", 4)])
    assert into_body.amount_mg == pytest.approx([2, 8 / 3])
    assert into_depot.amount_mg == pytest.approx([2, 4 / 3])


def test_repeated_doses_start_the_same_time_apart():
    assert [(dose.start_min, dose.over_min) for dose in repeated(Dose("iv", 5, 1, 10), 3, 60)] == [
        (1, 10),
        (61, 10),
        (121, 10),
    ]
    assert repeated(Dose("iv", 5), 1, 0) == (Dose("iv", 5),)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: Dose("iv", 0), "dose: is 0 mg; a dose is more than 0 and at most 100000 mg"),
        (lambda: Dose("iv", float("nan")), "dose: is nan mg"),
        (lambda: Dose("iv", float("inf")), "dose: is inf mg"),
        (lambda: Dose("iv", 1, -1), "minutes: are below 0"),
        (lambda: Dose("iv", 1, 0, float("nan")), "minutes: are below 0 or no number"),
        (lambda: repeated(Dose("iv", 1), 0, 60), "doses: is 0; give at least 1"),
        (lambda: repeated(Dose("iv", 1, 0, 60), 2, 60), "every: is 60 min and a dose takes 60 min"),
        (lambda: inputs(Dose("nose", 4)), "route: small-2026 has no nose; it has iv, spray, oral, im"),
        (lambda: inputs(Dose("oral", 4, 0, 10)), "minutes: belong to an infusion"),
        (lambda: inputs(Dose("spray", 6)), "takes whole devices of 4 mg"),
        (lambda: inputs(Dose("spray", 12)), "takes whole devices of 4 mg, at most 2"),
        (lambda: repeated(Dose("iv", 1), 10_000, 1440), "the course lasts 9999 days; at most 400"),
        (lambda: repeated(Dose("iv", 1, 0, 1e9), 1, 0), "the course lasts 694444 days"),
    ],
)
def test_what_cannot_be_given_is_refused(ask, said):
    with pytest.raises(InvalidInput, match=said):
        ask()


def test_rates_come_from_constants_clearances_and_mean_times():
    model = small_model()
    system = linear_system(model, values())
    place = model.states.index
    assert system.flows[place("depot"), place("body")] == pytest.approx(2 / 10)
    assert system.flows[place("body"), place("chain")] == pytest.approx(0.1 * 0.5)
    assert system.losses[place("body")] == pytest.approx(0.1 * 0.5)
    assert system.flows[place("chain"), place("made")] == pytest.approx(2)
    assert [each.mass_factor for each in system.readings] == [1.0, 0.5]


def test_a_system_may_be_one_for_each_person():
    model = small_model()
    people = individual_parameters(model, SOMEBODY | {"weight": np.array([70.0, 35.0])}).values
    system = linear_system(model, people)
    assert (system.flows.shape, system.losses.shape) == ((2, 6, 6), (2, 6))
    assert system.readings[0].volume_l == pytest.approx([10, 5])
    part, moved = reached(system, mass_inputs(model, people, [Dose("iv", 10)]))
    assert part.states == ("body", "chain", "made")
    assert moved[0].state == 0
    given = np.array([[10.0, 10.0], [10.0, 5.0]])
    assert part.readings[0].concentration_ng_ml(given) == pytest.approx(
        np.array([[1000, 1000], [2000, 1000]])
    )


def test_an_analyte_that_nothing_reaches_is_left_out():
    model = small_model(MODEL.replace("in: made,", "in: depot,"))
    part, _ = reached(linear_system(model, values(model)), mass_inputs(model, values(model), [Dose("iv", 1)]))
    assert [each.analyte for each in part.readings] == ["drug"]


def test_the_exposure_of_an_infusion_and_what_becomes_of_it():
    model = small_model()
    found = exposure(model, values(), [Dose("iv", 60, 0, 60)], np.array([0.0, 30.0, 60.0, 120.0]))
    plateau = 1000 * 1.0 / 1.0
    rising = plateau * (1 - np.exp(-0.1 * np.array([0.0, 30.0, 60.0])))
    assert found["drug"].at_ng_ml[:3] == pytest.approx(rising)
    assert found["drug"].at_ng_ml[3] == pytest.approx(rising[2] * np.exp(-6.0))
    assert (found["drug"].cmax_ng_ml, found["drug"].tmax_min) == (pytest.approx(rising[2]), 60.0)
    assert found["drug"].auc_0_24_ng_h_ml == pytest.approx(1000 * 60 / 1.0 / 60)
    assert found["rest"].auc_0_24_ng_h_ml == pytest.approx(0.5 * 1000 * 30 / 2 / 70 / 60)


def test_the_peak_lies_between_two_minutes_where_it_does():
    found = exposure(small_model(), values(), [Dose("im", 10)], NO_TIMES)["drug"]
    at = np.log(0.2 / 0.1) / (0.2 - 0.1)
    assert found.tmax_min == pytest.approx(at, abs=0.02)
    assert found.cmax_ng_ml == pytest.approx(2000 * (np.exp(-0.1 * at) - np.exp(-0.2 * at)), rel=1e-6)


def test_the_area_of_a_day_ends_at_24_hours_whatever_follows():
    model = small_model()
    once = exposure(model, values(), [Dose("iv", 10)], NO_TIMES)["drug"].auc_0_24_ng_h_ml
    thrice = exposure(model, values(), repeated(Dose("iv", 10), 3, 1500), NO_TIMES)["drug"].auc_0_24_ng_h_ml
    assert thrice == pytest.approx(once)


def test_a_rate_that_changes_with_time_is_followed():
    model = small_model(MODEL.replace("log_variance: 0.04", "log_variance: 0.04\n    grows_per_hour: 0.5"))
    times = np.array([0.0, 4.0, 30.0, 45.0, 50.0, 200.0])
    doses = [Dose("iv", 30, 2, 30), Dose("iv", 10, 45)]
    course = course_of(model, values(model), doses, times)
    found = course.readings[0].concentration_ng_ml(course.amounts[model.states.index("body")])

    def slope(t, x):
        entering = 1.0 if 2 <= t <= 32 else 0.0
        return entering - 0.1 * (1 + 0.5 * t / 60) * x

    first = solve_ivp(slope, (0, 45), [0.0], t_eval=[4, 30, 45], rtol=1e-9, max_step=1).y[0]
    last = solve_ivp(slope, (45, 200), [first[-1] + 10], t_eval=[45, 50, 200], rtol=1e-9).y[0]
    assert found == pytest.approx(100 * np.array([0, *first[:2], *last]), rel=2e-3, abs=1e-3)
    area = course.areas[model.states.index("body")]
    assert np.all(np.diff(area) > 0)
    assert course_of(model, values(model), doses, NO_TIMES).amounts.shape == (6, 0)


def test_the_effect_site_follows_the_blood_and_draws_nothing_from_it():
    model = small_model()
    shown = replace(model, shows_effect_site=True)
    times = np.array([0.0, 5.0, 30.0, 120.0])
    doses = [Dose("iv", 10)]
    blood = course_of(model, values(), doses, times)
    course = course_of(shown, values(), doses, times)
    levels = {each.analyte: each.concentration_ng_ml(course.amounts[each.state]) for each in course.readings}
    assert levels["drug"] == pytest.approx(blood.readings[0].concentration_ng_ml(blood.amounts[0]), rel=1e-12)
    expected = 1000 * 0.05 / (0.1 - 0.05) * (np.exp(-0.05 * times) - np.exp(-0.1 * times))
    assert levels["drug at the effect site"] == pytest.approx(expected, abs=1e-9)


def test_the_effect_site_may_be_one_for_each_person():
    people = individual_parameters(small_model(), SOMEBODY | {"weight": np.array([70.0, 35.0])}).values
    system = with_effect_site(linear_system(small_model(), people), "drug", 0.05)
    assert system.readings[-1].volume_l == pytest.approx([5.0, 5.0])


def test_facts_of_a_system_need_no_course():
    model = small_model()
    system, entering = reached(linear_system(model, values()), mass_inputs(model, values(), [Dose("iv", 60)]))
    assert half_lives_min(system) == pytest.approx(np.log(2) / np.array([2, 2, 0.1]))
    assert area_to_infinity(system, entering, system.readings[0]) == pytest.approx(1000)


def test_the_slow_solution_conserves_mass_and_takes_times_in_any_order():
    model = small_model()
    system = linear_system(model, values())
    entering = [MassInput(1, 0.0, 5.0, 0.0), MassInput(0, 10.0, 4.0, 10.0)]
    amounts, areas = reference_solution(system, entering, np.array([15.0, 0.0, 40.0]))
    lost = system.losses @ areas
    assert amounts.sum(axis=0) + lost == pytest.approx([7, 5, 9])
    assert np.allclose(rate_matrix(system).sum(axis=0), -system.losses)


def test_a_substance_converts_both_ways():
    drug = Substance("drug", 100.0, model_certainty(), ("somebody",), 120.0)
    assert (drug.umol_per_l(50), drug.ng_per_ml(0.5)) == (0.5, 50)
    assert drug.base_mg(drug.salt_mg(10)) == pytest.approx(10)


def model_certainty():
    return small_model().certainty
