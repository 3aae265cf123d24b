"""What each resource says, in the odd shapes that real systems write."""

from typing import Any

import pytest

from kairos.interop.fhir.incoming import incoming_records
from kairos.interop.fhir.reading import read_contents
from kairos.vocab.facts import Fact, FactKind, Presence, Understanding
from kairos.vocab.quantities import Quantity
from tests.support.fhir import LOINC, PERSON, SCT, bundle, coded, entry, facts_from, observed, patient, read

HL7 = "http://terminology.hl7.org/CodeSystem"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def of(concept: str, facts: tuple[Fact, ...]) -> Fact:
    return next(fact for fact in facts if fact.concept == concept)


def condition(**more: Any) -> dict[str, Any]:
    return entry("Condition", **{"code": coded(SCT, "84757009"), **more})


@pytest.mark.parametrize(
    ("verification", "presence"),
    [("confirmed", "present"), ("provisional", "not_sure"), ("refuted", "absent")],
)
def test_how_sure_a_diagnosis_is(verification: str, presence: str) -> None:
    fact = of("epilepsy", facts_from(condition(verificationStatus=coded("v", verification))))
    assert fact.presence == presence and fact.understanding is Understanding.EXACT


def test_an_entry_in_error_states_nothing() -> None:
    wrong = coded("v", "entered-in-error")
    assert (
        facts_from(
            condition(verificationStatus=wrong),
            entry("AllergyIntolerance", verificationStatus=wrong),
            entry("Procedure", status="entered-in-error"),
            entry("Encounter", status="entered-in-error"),
            entry("MedicationRequest", status="entered-in-error"),
            observed("8867-4", 70, "/min", status="entered-in-error"),
        )
        == ()
    )


def test_an_unknown_status_or_code_is_listed_and_not_used() -> None:
    report = read(
        condition(clinicalStatus=coded("s", "sleeping")), condition(id="y", code=coded(SCT, "1"))
    ).report
    listed = {(one["system"], one["code"]) for one in report.files[0].as_json()["not_understood"]}
    assert listed == {("clinicalStatus", "sleeping"), (SCT, "1")}
    assert report.files[0].as_json()["resources"]["Condition"]["not_understood"] == 2


def test_a_condition_keeps_its_dates_as_they_are() -> None:
    fact = of("epilepsy", facts_from(condition(onsetDateTime="2019-03", abatementPeriod={"end": "2020"})))
    assert (str(fact.true_from), str(fact.true_until)) == ("2019-03", "2020")
    aged = of(
        "epilepsy", facts_from(condition(onsetAge={"value": 12, "unit": "years"}, abatementString="long ago"))
    )
    assert aged.true_from is None and aged.details["onset_age"] == "12 years"


def test_a_diagnosis_without_a_date_is_dated_by_its_encounter() -> None:
    stay = entry("Encounter", "e", status="finished", period={"start": "2150-02-01T08:00:00-05:00"})
    fact = of("epilepsy", facts_from(stay, condition(encounter={"reference": "Encounter/e"})))
    assert fact.true_from is None and fact.recorded_at is not None and fact.recorded_at.year == 2150


def test_a_text_without_a_code_is_not_understood() -> None:
    (fact,) = facts_from(condition(code={"text": "the falling sickness"}))
    assert fact.understanding is Understanding.NOT_UNDERSTOOD and fact.concept == ""


def medication(**more: Any) -> dict[str, Any]:
    base = {"status": "active", "intent": "order", "authoredOn": "2024-01-01T00:00:00Z"}
    return entry("MedicationRequest", **{**base, **more})


TABLET = coded(RXNORM, "312938")
DAILY = {
    "doseAndRate": [{"doseQuantity": {"value": 1}}],
    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
}


@pytest.mark.parametrize(
    "drug",
    [
        {"medicationCodeableConcept": TABLET},
        {
            "medicationReference": {"reference": "#m"},
            "contained": [{"resourceType": "Medication", "id": "m", "code": TABLET}],
        },
        {"medicationReference": {"reference": "Medication/m"}},
        {"medicationCodeableConcept": {"text": "ser\u200btraline 100mg"}},
        {"medicationCodeableConcept": {"text": "ZOLOFT"}},
        {"medicationReference": {"reference": "Medication/elsewhere", "display": "Zoloft 50 mg"}},
        {
            "medicationReference": {"reference": "#m"},
            "contained": [
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "ingredient": [{"itemCodeableConcept": {"text": "Sertraline"}}],
                }
            ],
        },
    ],
)
def test_a_drug_is_found_wherever_it_stands(drug: dict[str, Any]) -> None:
    shelf = {"resourceType": "Medication", "id": "m", "ingredient": [{"itemCodeableConcept": TABLET}]}
    fact = of("sertraline", facts_from(shelf, medication(**drug)))
    assert fact.kind is FactKind.MEDICATION and fact.understanding is Understanding.EXACT


@pytest.mark.parametrize("stranger", [coded(RXNORM, "99999999"), {"text": "zzyqa"}, {}])
@pytest.mark.parametrize("code", [{}, coded("http://example.org/own", "X1")])
def test_an_ingredient_that_is_not_understood_hides_behind_no_other(
    stranger: dict[str, Any], code: dict[str, Any]
) -> None:
    both = [{"itemCodeableConcept": TABLET}, {"itemCodeableConcept": stranger}]
    shelf = {"resourceType": "Medication", "id": "m", "code": code, "ingredient": both}
    found = facts_from(shelf, medication(medicationReference={"reference": "Medication/m"}))
    assert of("sertraline", found).understanding is Understanding.EXACT
    assert of("", found).understanding is Understanding.NOT_UNDERSTOOD


def test_the_daily_amount_follows_from_strength_and_frequency() -> None:
    fact = of(
        "sertraline", facts_from(medication(medicationCodeableConcept=TABLET, dosageInstruction=[DAILY]))
    )
    assert fact.details["daily_dose"] == Quantity(200, "mg/d")
    milligrams = {**DAILY, "doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg"}}]}
    named = medication(medicationCodeableConcept={"text": "sertraline"}, dosageInstruction=[milligrams])
    assert of("sertraline", facts_from(named)).details["daily_dose"] == Quantity(100, "mg/d")


@pytest.mark.parametrize(
    "instruction",
    [
        {**DAILY, "asNeededBoolean": True},
        {**DAILY, "timing": {"repeat": {"frequency": 2, "frequencyMax": 4, "period": 1, "periodUnit": "d"}}},
        {**DAILY, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "sip"}}]},
        {"timing": DAILY["timing"]},
    ],
)
def test_no_daily_amount_is_guessed(instruction: dict[str, Any]) -> None:
    held = medication(medicationCodeableConcept=TABLET, dosageInstruction=[instruction])
    assert "daily_dose" not in of("sertraline", facts_from(held)).details


@pytest.mark.parametrize(
    ("more", "presence"),
    [
        ({}, "present"),
        ({"intent": "proposal"}, "not_sure"),
        ({"status": "unknown"}, "not_sure"),
        ({"resourceType": "MedicationStatement", "status": "not-taken"}, "absent"),
    ],
)
def test_whether_a_drug_is_taken(more: dict[str, Any], presence: str) -> None:
    fact = of("sertraline", facts_from(medication(medicationCodeableConcept=TABLET, **more)))
    assert fact.presence == presence


def test_drafts_and_prohibitions_state_nothing_and_unknown_drugs_are_listed() -> None:
    assert facts_from(medication(status="draft"), medication(doNotPerform=True, id="y")) == ()
    (fact,) = facts_from(medication(medicationCodeableConcept={"text": "moon dust"}))
    assert fact.understanding is Understanding.NOT_UNDERSTOOD
    (odd,) = facts_from(medication(status="abandoned", medicationCodeableConcept={"text": "zoloft"}))
    assert odd.understanding is Understanding.NOT_UNDERSTOOD


def allergy(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "id": "a", "patient": PERSON, "code": code, **more}


def test_allergies_and_the_statement_that_there_are_none() -> None:
    none = facts_from(allergy(coded(SCT, "716186003")))
    assert {(f.concept, f.presence) for f in none} == {
        ("ketamine_allergy", Presence.ABSENT),
        ("drug_allergy", Presence.ABSENT),
    }
    assert of("ketamine_allergy", facts_from(allergy({"text": "Ketalar"}))).presence is Presence.PRESENT
    assert facts_from(allergy({"text": "penicillin"}))[0].concept == "other_drug_allergy"
    assert facts_from(allergy({"text": "moon dust"}))[0].understanding is Understanding.NOT_UNDERSTOOD
    assert of("ketamine_allergy", facts_from(allergy(coded(RXNORM, "6130")))).presence is Presence.PRESENT


def test_procedures_by_address_and_what_was_not_done() -> None:
    icd9 = coded("http://hl7.org/fhir/sid/icd-9-cm", "39.95")
    held = entry("Procedure", status="not-done", code=icd9, performedDateTime="2024-01-01")
    assert of("dialysis", facts_from(held)).presence is Presence.ABSENT
    assert facts_from(entry("Procedure", status="completed", code={"text": "x"}))[0].concept == ""


def test_an_encounter_that_ended_in_death_says_so() -> None:
    stay = entry(
        "Encounter",
        status="finished",
        period={"start": "2150-01-01", "end": "2150-01-09"},
        hospitalization={"dischargeDisposition": coded(f"{HL7}/discharge-disposition", "exp")},
        **{"class": {"system": f"{HL7}/v3-ActCode", "code": "IMP"}},
    )
    facts = facts_from(stay)
    assert str(of("deceased", facts).true_from) == "2150-01-09"
    assert of("encounter_inpatient", facts).kind is FactKind.ENCOUNTER


def test_who_someone_is() -> None:
    from kairos.interop.fhir.reading import read_contents

    dead = patient(birthDate="1980", deceasedDateTime="2020-01-02", gender="unheard", name=[{"text": "A B"}])
    (record,) = read_contents([("a", bundle(dead))]).patients
    assert str(of("birth_date", record.facts).value) == "1980"
    assert str(of("deceased", record.facts).true_from) == "2020-01-02"
    assert of("sex", record.facts).understanding is Understanding.NOT_UNDERSTOOD
    living = patient(deceasedBoolean=False, birthDate="19th century")
    (record,) = read_contents([("a", bundle(living))]).patients
    assert of("deceased", record.facts).presence is Presence.ABSENT
    assert of("birth_date", record.facts).understanding is Understanding.NOT_UNDERSTOOD


def pressure(panel: str, systolic: float | None, diastolic: float | None) -> dict[str, Any]:
    parts = [
        {"code": coded(LOINC, code), "valueQuantity": {"value": value, "unit": "mmHg"}}
        for code, value in (("8480-6", systolic), ("8462-4", diastolic))
        if value is not None
    ]
    return observed(panel, component=parts)


@pytest.mark.parametrize("panel", ["55284-4", "85354-9"])
def test_both_blood_pressure_panels(panel: str) -> None:
    facts = facts_from(pressure(panel, 120, 80))
    assert of("systolic_bp", facts).value == Quantity(120, "mm[Hg]")
    assert of("systolic_bp", facts).group == of("diastolic_bp", facts).group != ""


def test_impossible_pressures_are_kept_and_marked() -> None:
    facts = facts_from(pressure("85354-9", 128, 879))
    assert of("diastolic_bp", facts).understanding is Understanding.IMPLAUSIBLE
    assert of("systolic_bp", facts).understanding is Understanding.EXACT
    crossed = facts_from(pressure("85354-9", 80, 120))
    assert {fact.understanding for fact in crossed} == {Understanding.IMPLAUSIBLE}
    assert read(pressure("85354-9", 80, 120)).report.files[0].implausible == 2


def test_a_missing_side_is_no_fault() -> None:
    (fact,) = facts_from(pressure("85354-9", 120, None))
    assert fact.concept == "systolic_bp"


def test_a_pair_that_came_apart_is_put_together() -> None:
    facts = facts_from(observed("8480-6", 80, "mmHg"), observed("8462-4", 120, "mmHg", id="y"))
    assert facts[0].group == facts[1].group != ""
    assert {fact.understanding for fact in facts} == {Understanding.IMPLAUSIBLE}


@pytest.mark.parametrize(
    ("code", "value", "unit", "concept", "read_as"),
    [
        ("8310-5", 98.6, "F", "body_temperature", Quantity(37, "Cel")),
        ("29463-7", 150, "lb", "body_weight", Quantity(68.038856, "kg")),
        ("8867-4", 70, "beats/minute", "heart_rate", Quantity(70, "/min")),
        ("59408-5", 97, "%", "oxygen_saturation", Quantity(97, "%")),
        ("44261-6", 12, "", "phq9_total", Quantity(12, "1")),
        ("70274-6", 9, "{score}", "gad7_total", Quantity(9, "1")),
    ],
)
def test_units_are_turned_only_as_content_says(
    code: str, value: float, unit: str, concept: str, read_as: Quantity
) -> None:
    held = of(concept, facts_from(observed(code, value, unit))).value
    assert isinstance(held, Quantity) and held.unit == read_as.unit
    assert held.value == pytest.approx(read_as.value, abs=1e-4)


@pytest.mark.parametrize(("code", "unit"), [("8867-4", "furlongs"), ("29463-7", ""), ("2160-0", "kg")])
def test_an_unknown_unit_is_not_understood(code: str, unit: str) -> None:
    (fact,) = facts_from(observed(code, 70, unit))
    assert fact.understanding is Understanding.NOT_UNDERSTOOD and fact.value is None


def test_answers_and_results() -> None:
    positive = observed("2106-3", valueCodeableConcept=coded(SCT, "10828004"))
    assert of("pregnancy_test", facts_from(positive)).value is True
    not_so = observed("82810-3", valueCodeableConcept=coded(SCT, "60001007"))
    assert of("pregnancy", facts_from(not_so)).presence is Presence.ABSENT
    item = observed("44260-8", valueCodeableConcept=coded(LOINC, "LA6570-1"))
    assert of("phq9_item9", facts_from(item)).value == Quantity(2, "1")
    odd = observed("2106-3", valueString="blue")
    assert of("pregnancy_test", facts_from(odd)).understanding is Understanding.NOT_UNDERSTOOD
    unsaid = observed("44260-8", valueString="blue")
    assert of("phq9_item9", facts_from(unsaid)).understanding is Understanding.NOT_UNDERSTOOD
    death = observed("69453-9", valueString="a cause")
    assert of("deceased", facts_from(death)).kind is FactKind.DEMOGRAPHIC
    whole = observed("44261-6", valueInteger=7)
    assert of("phq9_total", facts_from(whole)).value == Quantity(7, "1")
    truth = observed("82810-3", valueBoolean=True)
    assert of("pregnancy", facts_from(truth)).presence is Presence.PRESENT


def test_what_no_rule_reads_is_stored_only_and_what_is_unknown_is_listed() -> None:
    survey = observed("12121-7", 3, "1", category=[coded("c", "survey")])
    known = observed("2093-3", 180, "mg/dL", id="k")
    unknown = observed("12121-7", 3, "1", id="u")
    counts = read(survey, known, unknown).report.files[0].as_json()["resources"]["Observation"]
    assert counts == {"taken": 0, "stored_only": 2, "not_understood": 1, "refused": 0}


def test_an_observation_without_a_value_states_nothing() -> None:
    counts = read(observed("8867-4", dataAbsentReason=coded("d", "unknown"))).report.files[0].as_json()
    assert counts["resources"]["Observation"]["taken"] == 1
    assert facts_from(observed("8867-4")) == ()


def test_a_comparator_is_kept() -> None:
    held = observed("2160-0", valueQuantity={"value": 5, "unit": "mg/dL", "comparator": ">"})
    assert of("creatinine", facts_from(held)).details["comparator"] == ">"


def test_ways_to_reach_a_person_are_kept_in_order_and_old_ones_left_out():
    told = [
        {"system": "phone", "value": "555 0100", "rank": 2},
        {"system": "email", "value": " a@example.org ", "rank": 1},
        {"system": "phone", "value": "555 0199", "use": "old"},
        {"system": "fax", "value": "555 0111"},
        {"system": "phone"},
        "unreadable",
    ]
    (record,) = read_contents([("file.json", bundle(patient(telecom=told)))]).patients
    assert record.identity.contacts == (("email", "a@example.org"), ("phone", "555 0100"))
    (incoming,) = incoming_records(read_contents([("file.json", bundle(patient(telecom=told)))]))
    assert incoming.identity.contacts[0] == {"kind": "email", "value": "a@example.org"}
