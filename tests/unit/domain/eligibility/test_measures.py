"""Body measures, trials and the work-up: the corners that the specification does not show."""

# ruff: noqa: E501 - tables are read by the row

from datetime import timedelta

import pytest

from kairos.domain.eligibility.body import recent_entries
from kairos.domain.eligibility.workup import WorkupGapKind
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.rules.case import Case
from kairos.vocab.facts import AskedAsOf, FactKind, Presence, Understanding
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Verdict
from tests.support.facts import (
    TODAY,
    born,
    confirmed,
    drug,
    fact,
    finding,
    measured,
    no,
    pressure,
    screened,
    sex,
    trial,
    yes,
)

BODY_MASS = "eligibility.body_mass"
TRD = "eligibility.resistance_depression"


@pytest.mark.parametrize(
    ("facts", "verdict", "value"),
    [
        ([measured("body_mass_index", 34.9, "kg/m2")], Verdict.MET, 34.9),
        (
            [measured("body_weight", 70, "kg"), measured("body_height", 172, "cm", "2020-01-01")],
            Verdict.MET,
            23.66,
        ),
        (
            [measured("body_weight", 70, "kg", "2025-01-01"), measured("body_height", 172, "cm")],
            Verdict.UNKNOWN,
            None,
        ),
        ([measured("body_weight", 70, "kg")], Verdict.UNKNOWN, None),
        (
            [measured("body_mass_index", 30, "kg/m2", "2026-05-01"), measured("body_mass_index", 9, "1")],
            Verdict.UNKNOWN,
            9,
        ),
        ([measured("body_mass_index", 9, "1")], Verdict.UNKNOWN, 9),
    ],
)
def test_the_body_mass_index_is_computed_or_read(facts, verdict, value):
    found = finding(screened(facts), BODY_MASS)
    assert found.verdict is verdict
    assert getattr(found.values.get("value"), "value", None) == value


def test_a_death_that_is_not_understood_asks():
    unclear = fact("deceased", FactKind.DEMOGRAPHIC, understanding=Understanding.BROADER)
    assert finding(screened([unclear]), "eligibility.deceased").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [
        (drug("sertraline", "2020-01-01", "active"), Verdict.UNKNOWN),
        (drug("sertraline", "2020-01-01", "active", until="2026-09-01"), Verdict.UNKNOWN),
        (drug("sertraline", "2020-01-01", "active", until="2020-01-20"), Verdict.NOT_MET),
        (drug("sertraline", "2026-05-20", "stopped"), Verdict.NOT_MET),
        (drug("sertraline", None, "stopped"), Verdict.UNKNOWN),
        (drug("sertraline", None, "stopped", recorded="2026-05-20"), Verdict.NOT_MET),
    ],
)
def test_how_long_a_drug_on_record_was_taken(taken, verdict):
    ledger = [trial("bupropion", 300, 8, 20), confirmed("treatment_trial"), taken]
    assert finding(screened(ledger), TRD).verdict is verdict


def test_a_clinicians_entry_stands_in_place_of_the_record():
    record = drug("sertraline", "2020-01-01", "stopped", id="MedicationRequest/1#0")
    entry = trial("sertraline", 50, 6, 10, about="MedicationRequest/1#0")
    ledger = [record, entry, trial("bupropion", 300, 8, 20), confirmed("treatment_trial")]
    found = finding(screened(ledger), TRD)
    assert found.verdict is Verdict.MET
    assert record.id not in found.facts


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        (trial("sertraline", 50, 6, 10, episode="current"), Verdict.MET),
        (fact("treatment_trial", FactKind.ANSWER, since="2026-01-01", until="2026-02-20", details={
            "treatment": "sertraline", "daily_dose": Quantity(50, "mg/d"), "improvement": Quantity(10, "%")}), Verdict.UNKNOWN),
        (fact("treatment_trial", FactKind.ANSWER, since="2026-01", until="2026-02-20", details={
            "treatment": "sertraline", "daily_dose": Quantity(50, "mg/d"), "improvement": Quantity(10, "%"), "episode": "current"}), Verdict.UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_not_said_of_a_trial_is_not_known(entry, verdict):
    ledger = [entry, trial("bupropion", 300, 8, 20), confirmed("treatment_trial")]
    assert finding(screened(ledger), TRD).verdict is verdict


@pytest.mark.parametrize(
    ("completed", "verdict"), [("yes", Verdict.MET), ("no", Verdict.NOT_MET), (None, Verdict.UNKNOWN)]
)
def test_a_talk_therapy_counts_when_completed(completed, verdict):
    from kairos.domain.rules.target import Indication

    details = {"type": "talk_therapy"} | ({"completed": completed} if completed else {})
    ledger = [
        trial("cbt", None, None, 10, **details),
        trial("sertraline", 50, 8, 10),
        confirmed("treatment_trial"),
    ]
    result = screened(ledger, indication=Indication.ANXIETY)
    assert finding(result, "eligibility.resistance_anxiety").verdict is verdict


def gaps(facts):
    """Return what is missing from the work-up."""
    return {gap.item: gap.kind for gap in screened(facts).workup_missing}


def test_the_work_up_lists_what_is_missing_or_too_old():
    missing = gaps(
        [measured("tsh", 2, "m[IU]/L", "2025-01-01"), measured("alt", 20, "U/L"), *pressure(120, 80)]
    )
    assert missing["workup.tsh"] is WorkupGapKind.TOO_OLD
    assert missing["workup.phq9"] is WorkupGapKind.MISSING
    assert "workup.liver_tests" not in missing
    assert missing["workup.blood_pressure"] is WorkupGapKind.MISSING
    assert "workup.blood_pressure" not in gaps([*pressure(120, 80), *pressure(120, 80, "2026-05-20")])


def test_no_pregnancy_test_is_missing_where_the_record_says_male():
    assert "workup.pregnancy_test" in gaps([])
    assert "workup.pregnancy_test" not in gaps([sex("male")])


def test_an_unreadable_test_is_not_a_test():
    odd = fact(
        "alt", FactKind.LABORATORY, understanding=Understanding.NOT_UNDERSTOOD, presence=Presence.PRESENT
    )
    assert "workup.liver_tests" in gaps([odd])


def test_an_ecg_is_left_out_only_where_age_and_heart_are_known_to_need_none():
    def lacks(*facts):
        return "workup.ecg" in {gap.item for gap in screened(list(facts)).workup_missing}

    assert lacks(born("1986-01-01"))
    assert not lacks(born("1986-01-01"), no("heart_disease"))
    assert lacks(born("1976-06-01"), no("heart_disease"))
    assert not lacks(born("1976-06-02"), no("heart_disease"))
    assert lacks(no("heart_disease"))


def test_a_high_risk_starts_the_emergency_pathway_until_a_psychiatrist_has_seen_the_person():
    def levels(*facts):
        return [started.level for started in screened(list(facts)).pathways]

    assert levels(yes("cssrs.5")) == [SafetyLevel.EMERGENCY]
    assert levels(yes("cssrs.5"), yes("psychiatric_evaluation_for_suicide_risk")) == []
    assert levels(no("suicidal_intent")) == []


@pytest.mark.parametrize("parts", [{"understanding": Understanding.BROADER}, {"on": None}])
def test_a_result_that_is_not_understood_or_not_dated_counts_for_no_test(parts):
    dated = [measured("alt", 20, "U/L", "2026-05-01")]
    newest = measured("alt", 21, "U/L", **parts)
    case = Case([*dated, newest], AskedAsOf(TODAY))
    assert [entry.fact for entry in recent_entries(case, "alt", timedelta(days=365))] == dated
