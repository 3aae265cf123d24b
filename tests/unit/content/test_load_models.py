"""Pharmacokinetic models from content: what is understood, and what is refused by line."""

from math import log1p

import pytest

from kairos.content.pharmacology import load_pharmacology
from kairos.content.release import load_release
from kairos.domain.evidence.citations import Certainty
from kairos.domain.pharmacology.pk_model import Spread
from kairos.vocab.quantities import Quantity
from tests.support.pk_models import ABSORPTION, MODEL, SUBSTANCES, read, small_model


def test_values_are_brought_to_minutes_and_litres_and_keep_what_was_printed():
    model = small_model()
    clearance = model.parameters["cl"]
    assert (clearance.typical, clearance.printed) == (1.0, Quantity(60, "L/h"))
    assert clearance.effects[0].slope == pytest.approx(-0.01)
    assert clearance.sources == ("somebody",)
    assert model.citation == "A paper (https://doi.org/10.1000/x)"
    assert model.changing == ()


def test_spread_is_a_variance_on_its_own_scale():
    parameters = small_model().parameters
    assert parameters["v"].varies[0].variance == pytest.approx(log1p(0.25))
    assert (parameters["part"].varies[0].spread, parameters["part"].varies[0].variance) == (
        Spread.LOGIT_NORMAL,
        1.0,
    )
    assert [each.occasion for each in parameters["wait"].varies] == [True]
    shared = small_model().covariances
    assert shared[0].value == pytest.approx(0.5 * (log1p(0.25) * 0.04) ** 0.5)
    assert shared[1].value == 0.1


def test_routes_of_a_table_get_a_depot_each_and_keep_their_range():
    model = small_model()
    assert model.states == ("depot", "body", "chain", "made", "depot_oral", "depot_im")
    assert list(model.routes) == ["iv", "spray", "oral", "im"]
    assert model.routes["oral"].warnings == ("Slow.",)
    assert model.routes["oral"].inputs[0].lag == "lag_oral"
    assert model.routes["im"].inputs[0].lag == ""
    arrives = model.parameters["bioavailability_oral"]
    assert (arrives.typical, arrives.low, arrives.high) == (0.5, 0.4, 0.6)


def test_a_placeholder_and_a_changing_rate_are_marked():
    text = MODEL.replace(
        "log_variance: 0.04", "log_variance: 0.04\n    placeholder: true\n    grows_per_hour: 0.6"
    )
    model = small_model(text)
    assert model.parameters["cl"].varies[0].is_placeholder
    assert model.parameters["cl"].changes_per_min == pytest.approx(0.01)
    assert model.changing == ("cl",)


def test_a_parameter_may_name_its_own_source():
    text = MODEL.replace("time: {value: 10,", "time: {source: cite:somebody, certainty: default, value: 10,")
    assert small_model(text).parameters["time"].certainty is Certainty.DEFAULT


def test_a_model_may_have_neither_table_nor_categories():
    text = MODEL.replace("absorption: {table: slow, into: body}\n", "")
    text = text.replace("effect_site: {of: drug, rate: slowly}\n", "")
    for gone in (
        "  categories:\n    kind: {words: [plain, other], typical: plain}\n",
        "      - {of: kind, form: by-category, factors: {other: 0.5}}\n",
        "    effects: [{of: kind, form: by-category, factors: {other: 2}}]\n",
    ):
        assert gone in text
        text = text.replace(gone, "")
    model = small_model(text)
    assert list(model.routes) == ["iv", "spray"]
    assert model.effect_site is None
    assert not model.population.categories


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("substance: drug", "substance: stone", "2: substance is 'stone', which is not in substances.yaml"),
        ("unit: L/h", "unit: gal/h", "unit is 'gal/h'; expected one of 1, %, min"),
        ("value: 60\n", "value: -60\n", "value is -60; nothing here is below 0"),
        ("cv: 50,", "cv: 50, logit_sd: 1,", "the spread is stated 2 times: cv, logit_sd"),
        ("typical: plain}", "typical: none}", "typical is 'none'; expected one of plain, other"),
        ("highest: 80, typical: 40}", "highest: 80}", "one of typical or otherwise must be there"),
        (
            "{of: kind, form: by-category, factors: {other: 0.5}}",
            "{of: kind, form: by-category, factors: {x: 1}}",
            "cl depends on kind x, which the population does not state",
        ),
        (
            "{of: weight, form: proportional}",
            "{of: height, form: proportional}",
            "mass depends on height, which the population does not state",
        ),
        (
            "{of: weight, form: proportional}",
            "{of: weight, form: proportional, slope: 1}",
            "unexpected key 'slope'",
        ),
        ("[v, cl], correlation", "[v, clx], correlation", "between names clx, which are no parameters here"),
        ("[v, cl], correlation", "[v, time], correlation", "between must name two parameters that vary"),
        ("[v, cl], correlation", "[v, cl, part], correlation", "between must name two parameters that vary"),
        ("{from: made, rate: wait}", "{from: made}", "one of rate, clearance (with volume) or mean_time"),
        (
            "{from: made, rate: wait}",
            "{from: made, rate: wait, mean_time: time, steps: 1}",
            "one of rate, clearance",
        ),
        (
            "{from: made, rate: wait}",
            "{from: nowhere, rate: wait}",
            "from is 'nowhere'; expected one of depot",
        ),
        ("analyte: rest", "analyte: stone", "analyte is 'stone'; expected one of drug, rest"),
        ("iv: {inputs: [{into: body, over: infusion}]}", "iv: {inputs: []}", "the route iv has no inputs"),
        (
            "{into: body, times: part}",
            "{into: body, times: [party]}",
            "times names 'party', which is no parameter",
        ),
        ("later: {part: later}", "later: {party: later}", "later names 'party', which is no parameter here"),
        ("later: {part: later}", "later: {part: latest}", "part is 'latest'; expected one of"),
        ("table: slow", "table: fast", "table is 'fast'; expected one of slow"),
        ("into: body}\nsteady", "into: soul}\nsteady", "into is 'soul', which is no compartment here"),
        (
            "  - {from: body, clearance: cl, volume: v, rest_of: part}\n",
            "",
            "nothing leaves the body from body; an effect site needs that",
        ),
        ("of: drug, rate: slowly", "of: stone, rate: slowly", "of is 'stone'; expected one of drug, rest"),
        (
            "steady_volumes: [v]",
            "steady_volumes: [w]",
            "steady_volumes names w, which are no parameters here",
        ),
        (
            "source: cite:somebody\n",
            "source: cite:nobody\n",
            "source names 'nobody', which is not in citations.yaml",
        ),
    ],
)
def test_a_model_with_a_fault_is_refused_by_line(was, now, said):
    assert was in MODEL
    models, faults = read(MODEL.replace(was, now))
    assert not models
    assert said in " ".join(faults)
    assert all(fault.startswith("models/small-2026.yaml:") for fault in faults)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "substance: drug\n",
            "substance: drug\nspeed: 1\n",
            "absorption/slow.yaml:3: unexpected key 'speed'",
        ),
        ("value: 50,", "value: -50,", "absorption/slow.yaml:6: value is -50"),
        ("    rate: {value: 0.2, unit", "    rate: {value: 0.2, units", "unexpected key 'units'"),
    ],
)
def test_a_table_of_routes_with_a_fault_is_refused_by_line(was, now, said):
    _, faults = read(absorption=ABSORPTION.replace(was, now))
    assert said in " ".join(faults)


def test_a_molar_mass_is_in_grams_a_mole():
    _, faults = read(
        substances=SUBSTANCES.replace("hydrochloride_molar_mass: 120, unit: g/mol", "unit: kg/mol")
    )
    assert "substances.yaml:3: unit must be g/mol" in " ".join(faults)


def test_the_part_of_pharmacology_is_read_alone_as_in_a_release():
    alone, release = load_pharmacology(), load_release()
    assert alone.models == release.models
    assert alone.substances == release.substances
    assert alone.absorption == release.absorption
    assert load_pharmacology() is alone
