"""Odd but valid FHIR: shapes that other systems write, and what becomes of each."""

from typing import Any

import orjson
import pytest

from kairos.interop.fhir.reading import read_contents
from kairos.vocab.facts import Fact, Presence, Understanding
from tests.support.fhir import (
    LOINC,
    PERSON,
    SCT,
    bundle,
    coded,
    entry,
    facts_from,
    observed,
    patient,
    read,
    refusal,
)

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
EPILEPSY = coded(SCT, "84757009")
PRESENT, ABSENT, NOT_SURE = Presence.PRESENT, Presence.ABSENT, Presence.NOT_SURE


def of(concept: str, facts: tuple[Fact, ...]) -> Fact:
    return next(fact for fact in facts if fact.concept == concept)


def test_one_known_coding_among_several_is_enough() -> None:
    both = {"coding": [{"system": "http://local.example", "code": "zz"}, *EPILEPSY["coding"]]}
    result = read(entry("Condition", code=both))
    assert "epilepsy" in {fact.concept for fact in result.patients[0].facts}
    assert not result.report.files[0].unknown


def test_a_modifier_that_nobody_here_knows_leaves_the_entry_not_understood() -> None:
    negated = {"url": "http://local.example/negated", "valueBoolean": True}
    result = read(entry("Condition", code=EPILEPSY, modifierExtension=[negated]))
    (fact,) = [one for one in result.patients[0].facts if one.concept == "epilepsy"]
    assert fact.understanding is Understanding.NOT_UNDERSTOOD
    listed = {(one.system, one.code) for one in result.report.files[0].unknown}
    assert listed == {("modifierExtension", "http://local.example/negated")}


def test_ages_and_words_for_onset_and_end_are_kept_as_they_are() -> None:
    fact = of("epilepsy", facts_from(entry("Condition", code=EPILEPSY, onsetString="as a child")))
    assert fact.details["onset_text"] == "as a child" and fact.true_from is None
    ended = entry("Condition", code=EPILEPSY, abatementAge={"value": 30, "unit": "a"})
    assert of("epilepsy", facts_from(ended)).details["abatement_age"] == "30 a"


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        (entry("Condition", code=EPILEPSY, clinicalStatus="active"), "STU3"),
        (entry("Condition", code=EPILEPSY, abatementBoolean=True), "STU3"),
    ],
)
def test_what_only_older_versions_write_is_refused_by_name(resource: dict[str, Any], version: str) -> None:
    assert version in refusal(bundle(patient(), resource))


@pytest.mark.parametrize(
    ("status", "presence"),
    [
        ("active", PRESENT),
        ("completed", PRESENT),
        ("stopped", PRESENT),
        ("on-hold", PRESENT),
        ("intended", NOT_SURE),
        ("unknown", NOT_SURE),
        ("not-taken", ABSENT),
    ],
)
def test_each_status_of_a_medication_statement(status: str, presence: Presence) -> None:
    said = entry("MedicationStatement", status=status, medicationCodeableConcept=coded(RXNORM, "36437"))
    assert of("sertraline", facts_from(said)).presence is presence


@pytest.mark.parametrize(
    ("words", "ingredients"),
    [
        ("amphetamine aspartate 2.5 MG / dextroamphetamine sulfate 2.5 MG Oral Tablet", {"amphetamine"}),
        ("buprenorphine 8 MG / naloxone 2 MG Sublingual Film", {"buprenorphine", "naloxone"}),
        ("Suboxone", {"buprenorphine", "naloxone"}),
        ("fluoxetine 25 MG / olanzapine 6 MG Oral Capsule", {"fluoxetine", "olanzapine"}),
        ("Symbyax 6/25", {"fluoxetine", "olanzapine"}),
        ("24 HR bupropion hydrochloride 300 MG [Wellbutrin]", {"bupropion"}),
        ("naltrexone 8 MG / bupropion 90 MG", {"naltrexone", "bupropion"}),
        ("ketamine HCl 50 mg/mL inj", {"ketamine"}),
        ("sertraline 50 MG / moondustine 5 MG", {"sertraline", ""}),
    ],
)
def test_a_drug_with_an_unknown_number_is_known_by_its_words(words: str, ingredients: set[str]) -> None:
    drug = {"coding": [{"system": RXNORM, "code": "99999999", "display": words}]}
    said = entry("MedicationRequest", status="active", intent="order", medicationCodeableConcept=drug)
    assert {fact.concept for fact in facts_from(said)} == ingredients


def allergy(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "id": "a", "patient": PERSON, "code": code, **more}


@pytest.mark.parametrize(
    ("resource", "presence", "understanding"),
    [
        (allergy(coded(SCT, "373464007")), "present", "exact"),
        (allergy(coded(RXNORM, "2119365")), "present", "exact"),
        (allergy(coded(RXNORM, "238082")), "present", "exact"),
        (allergy({"text": "Esketamine (Spravato)"}), "present", "exact"),
        (allergy({**coded(SCT, "1"), "text": "Allergy to ketamine"}), "present", "exact"),
        (allergy({**coded(SCT, "419511003"), "text": "ketamine"}), "present", "exact"),
        (allergy(coded(SCT, "419511003")), "present", "broader"),
        (allergy({"text": "x"}, reaction=[{"substance": coded(RXNORM, "6130")}]), "present", "exact"),
        (allergy(coded(SCT, "716186003")), "absent", "exact"),
        (allergy(coded(SCT, "409137002")), "absent", "exact"),
        (allergy({"text": "NKDA"}), "absent", "exact"),
        (allergy(coded(SCT, "716186003"), verificationStatus=coded("v", "refuted")), "not_sure", "exact"),
        (allergy(coded(SCT, "716186003"), verificationStatus=coded("v", "unconfirmed")), "not_sure", "exact"),
        (allergy(coded(SCT, "716186003"), clinicalStatus=coded("c", "resolved")), "not_sure", "exact"),
    ],
)
def test_allergy_to_ketamine(resource: dict[str, Any], presence: str, understanding: str) -> None:
    fact = of("ketamine_allergy", facts_from(resource))
    assert (fact.presence.value, fact.understanding.value) == (presence, understanding)


def test_a_reaction_never_hides_a_code_that_is_not_understood() -> None:
    penicillin = [{"substance": {"text": "penicillin"}}, {"manifestation": [{"text": "rash"}]}]
    found = {fact.concept for fact in facts_from(allergy({"text": "moon dust"}, reaction=penicillin))}
    assert found == {"", "other_drug_allergy"}


@pytest.mark.parametrize(
    ("value", "presence"),
    [
        ({"valueCodeableConcept": coded(SCT, "77386006")}, PRESENT),
        ({"valueCodeableConcept": coded(SCT, "60001007")}, ABSENT),
        ({"valueString": "Not pregnant"}, ABSENT),
    ],
)
def test_pregnancy_status(value: dict[str, Any], presence: Presence) -> None:
    assert of("pregnancy", facts_from(observed("82810-3", **value))).presence is presence


@pytest.mark.parametrize(
    "value",
    [
        {"valueString": "35 U/L"},
        {"valueRatio": {"numerator": {"value": 1}}},
        {"valueRange": {"low": {"value": 60}}},
        {"valueQuantity": {"value": "35", "unit": "U/L"}},
    ],
)
def test_a_value_in_a_form_that_is_not_read_is_not_passed_over(value: dict[str, Any]) -> None:
    (fact,) = facts_from(observed("1742-6", **value))
    assert fact.concept == "alt" and fact.understanding is Understanding.NOT_UNDERSTOOD
    (status,) = facts_from(observed("82810-3", valueRange={"low": {"value": 1}}))
    assert status.understanding is Understanding.NOT_UNDERSTOOD


def test_no_value_states_nothing() -> None:
    absent = {"dataAbsentReason": coded("r", "unknown")}
    panel = observed("85353-1", hasMember=[{"reference": "Observation/y"}])
    assert facts_from(observed("8867-4", **absent), observed("99998-0", id="y", **absent)) == ()
    assert facts_from({**panel, "id": "z"}) == ()


def test_a_component_without_a_value_leaves_its_other_side() -> None:
    systolic = {"code": coded(LOINC, "8480-6"), "valueQuantity": {"value": 120, "unit": "mm Hg"}}
    missing = {"code": coded(LOINC, "8462-4"), "dataAbsentReason": coded("r", "unknown")}
    assert [f.concept for f in facts_from(observed("85354-9", component=[systolic, missing]))] == [
        "systolic_bp"
    ]


@pytest.mark.parametrize("kind", ["transaction", "searchset", "document", "batch", "message"])
def test_bundles_of_each_kind_are_read(kind: str) -> None:
    (record,) = read_contents(
        [("a", bundle(patient(), entry("Condition", code=EPILEPSY), kind=kind))]
    ).patients
    assert "epilepsy" in {fact.concept for fact in record.facts}


def test_a_history_is_read_as_it_happened_and_a_deletion_denies_nothing() -> None:
    older = entry("Condition", code=EPILEPSY)
    newer = {**older, "abatementDateTime": "2020"}
    data = orjson.loads(bundle(newer, older, patient(), kind="history"))
    data["entry"].insert(0, {"fullUrl": "urn:uuid:x", "request": {"method": "DELETE", "url": "Condition/x"}})
    (record,) = read_contents([("a", orjson.dumps(data))]).patients
    assert str(of("epilepsy", record.facts).true_until) == "2020"


def test_linked_patients_stay_two_people() -> None:
    link = [{"other": {"reference": "Patient/z"}, "type": "replaced-by"}]
    assert len(read_contents([("a", bundle(patient(link=link), patient(id="z")))]).patients) == 2


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\xef\xbb\xbf\r\n"])
def test_lines_with_marks_blanks_and_carriage_returns(start: bytes) -> None:
    lines = [orjson.dumps(one) for one in (patient(), entry("Condition", code=EPILEPSY))]
    (record,) = read_contents([("a", start + b"\r\n\r\n".join(lines) + b"\r\n")]).patients
    assert "epilepsy" in {fact.concept for fact in record.facts}


@pytest.mark.parametrize(
    "homeless",
    [
        {"resourceType": "Condition", "id": "q", "code": EPILEPSY},
        {
            "resourceType": "Condition",
            "id": "q",
            "code": EPILEPSY,
            "subject": {"reference": "#p1"},
            "contained": [{"resourceType": "Patient", "id": "p1"}],
        },
    ],
)
def test_an_entry_of_nobody_in_the_files_counts_for_nobody(homeless: dict[str, Any]) -> None:
    result = read(homeless)
    assert "epilepsy" not in {fact.concept for fact in result.patients[0].facts}
    assert "1 entries belong to nobody" in result.report.files[0].message
