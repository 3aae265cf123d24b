"""Results entered by people: what is kept, what is refused and why."""

from datetime import timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.eligibility.results import facts_of_results
from kairos.vocab.errors import InvalidInput
from kairos.vocab.facts import FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from tests.support.facts import at

NOW = at("2026-06-01")


def entered(results, measured_at=NOW):
    return facts_of_results(
        results,
        load_release().concepts,
        done={"electrocardiogram"},
        id_prefix="result/1",
        origin=Origin(OriginKind.PERSON, "result/1", "someone"),
        measured_at=measured_at,
        now=NOW,
    )


def problems(results, measured_at=NOW):
    with pytest.raises(InvalidInput) as refused:
        entered(results, measured_at)
    return {problem.field: problem.message for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("concept", "given", "kind", "value"),
    [
        ("body_weight", 72.5, FactKind.VITAL, Quantity(72.5, "kg")),
        ("alt", 22.0, FactKind.LABORATORY, Quantity(22, "U/L")),
        ("phq9_total", 14.0, FactKind.SCORE, Quantity(14, "1")),
        ("pregnancy_test", False, FactKind.LABORATORY, False),
        ("electrocardiogram", True, FactKind.PROCEDURE, None),
        ("birth_date", "1974-02", FactKind.DEMOGRAPHIC, PartialDate(1974, 2)),
        ("sex", "female", FactKind.DEMOGRAPHIC, "female"),
    ],
)
def test_a_result_becomes_a_fact_in_the_unit_of_its_concept(concept, given, kind, value):
    (fact,) = entered({concept: given})
    assert (fact.concept, fact.kind, fact.value, fact.recorded_at) == (concept, kind, value, NOW)
    assert fact.origin.kind is OriginKind.PERSON


def test_both_parts_of_a_blood_pressure_belong_together_and_to_their_moment():
    yesterday = NOW - timedelta(days=1)
    facts = entered({"systolic_bp": 118.0, "diastolic_bp": 76.0}, yesterday)
    assert {f.group for f in facts} == {"result/1"}
    assert {f.true_at for f in facts} == {yesterday}


def test_who_somebody_is_has_no_moment():
    (fact,) = entered({"sex": "male"}, NOW - timedelta(days=9))
    assert fact.true_at is None


def test_impossible_values_are_refused_with_the_range_all_at_once():
    said = problems({"body_weight": 7200.0, "phq9_total": 45.0})
    low, high = (f"{v:g}" for v in _range("body_weight"))
    assert f"from {low} to {high} kg" in said["body_weight"]
    assert said["phq9_total"].startswith("45 cannot be: enter a value from 0 to 27")


def _range(concept):
    measurement = load_release().concepts.measurement(concept)
    return measurement.plausible_low, measurement.plausible_high


def test_swapped_parts_and_half_a_reading_are_refused():
    assert "swapped" in problems({"systolic_bp": 76.0, "diastolic_bp": 118.0})["diastolic_bp"]
    assert "both parts" in problems({"diastolic_bp": 76.0})["systolic_bp"]


@pytest.mark.parametrize(
    "results",
    [
        {"birth_date": "long ago"},
        {"sex": "unstated"},
        {"pregnancy_test": "maybe"},
        {"electrocardiogram": False},
        {"nothing_known": True},
        {"alt": "high"},
    ],
)
def test_what_is_no_result_of_its_kind_is_refused(results):
    assert set(problems(results)) == set(results)


def test_a_moment_ahead_and_nothing_at_all_are_refused():
    assert set(problems({}, NOW + timedelta(minutes=1))) == {"measured_at", ""}
