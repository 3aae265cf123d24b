"""A record taken away as a Bundle is read again by the reader that reads everybody else's."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kairos.interop.fhir.reading import read_files
from kairos.interop.own_record.bundle import address_of, bundle
from kairos.queries.own_record import OwnClinical
from kairos.store.repositories.consents import Consent, ConsentDocument, ConsentSignature
from kairos.store.repositories.people import Identity
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

ME, NOW = UUID(int=5), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SNOMED, LOINC, RXNORM = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
)


def stated(kind, concept="", **more):
    number = len(json.dumps(str(more))) + len(concept)
    return Fact(f"{kind}-{concept}-{number}", kind, concept, Origin(OriginKind.PERSON, "said"), **more)


BROUGHT = json.dumps(
    {"resourceType": "Patient", "id": "old-7", "gender": "female", "extension": [{"url": "x"}]}
).encode()
FACTS = (
    stated(
        FactKind.CONDITION,
        code=Code(SNOMED, "38341003", "Hypertension"),
        true_from=PartialDate.parse("2020-05"),
        recorded_at=NOW,
    ),
    stated(FactKind.CONDITION, "aneurysm", presence=Presence.ABSENT),
    stated(FactKind.CONDITION, "mania", presence=Presence.NOT_SURE),
    stated(
        FactKind.MEDICATION, code=Code(RXNORM, "36437", "sertraline"), details={"dosage_text": "one a day"}
    ),
    stated(FactKind.MEDICATION, "lithium", true_until=PartialDate.parse("2024")),
    stated(FactKind.MEDICATION, "none", presence=Presence.ABSENT),
    stated(FactKind.ALLERGY, "latex"),
    stated(FactKind.ALLERGY, "ketamine", presence=Presence.ABSENT),
    stated(FactKind.PROCEDURE, "appendectomy"),
    stated(FactKind.PROCEDURE, "surgery", presence=Presence.ABSENT),
    stated(
        FactKind.VITAL, code=Code(LOINC, "8480-6", "Systolic"), value=Quantity(128.0, "mm[Hg]"), true_at=NOW
    ),
    stated(FactKind.ANSWER, "pregnant", value=False),
    stated(FactKind.ANSWER, "cssrs.4", true_from=PartialDate.parse("2026-03-01")),
    stated(FactKind.ANSWER, "last_period", value=PartialDate.parse("2026-02")),
    stated(FactKind.ANSWER, "said", value="in own words"),
    stated(FactKind.ANSWER, "coded", value=Code(SNOMED, "373066001", "Yes")),
    stated(FactKind.DEMOGRAPHIC, "sex"),
    stated(FactKind.ENCOUNTER, "visit"),
)


@pytest.fixture
def known():
    signature = ConsentSignature(
        UUID(int=8), UUID(int=1), ME, UUID(int=2), ("a",), {"name": "Me"}, UUID(int=3), NOW
    )
    document = ConsentDocument(UUID(int=2), "iv", "1.0", "en", "digest")
    answers = {"1": 2, "2": True, "3": 1.5, "4": "much", "5": None}
    return OwnClinical(
        person_id=ME,
        identity=Identity(
            "Doe",
            "Jane Q",
            born_on=PartialDate.of(date(1980, 2, 3)),
            sex="female",
            contacts=({"kind": "phone", "value": "1"},),
        ),
        resources=(BROUGHT,),
        facts=FACTS,
        responses=(
            QuestionnaireResponse(UUID(int=9), UUID(int=1), ME, "phq9", "1", "en", answers, NOW, UUID(int=3)),
        ),
        consents=(Consent(document, signature, None), Consent(document, signature, NOW)),
    )


def entries(known):
    return json.loads(bundle(known, at=NOW))["entry"]


def of_type(known, kind):
    return [one["resource"] for one in entries(known) if one["resource"]["resourceType"] == kind]


def test_another_system_reads_it_again(known, tmp_path):
    path = tmp_path / "record.json"
    path.write_bytes(bundle(known, at=NOW))
    read = read_files([path])
    read.check()
    mine = next(one for one in read.patients if str(ME) in one.reference)
    assert mine.identity.family == "Doe" and mine.identity.birth_date == PartialDate.of(date(1980, 2, 3))
    codes = {(fact.code.code, fact.presence) for fact in mine.facts if fact.code}
    assert ("38341003", Presence.PRESENT) in codes and ("36437", Presence.PRESENT) in codes
    assert any(fact.value == Quantity(128.0, "mm[Hg]") for fact in mine.facts)


def test_what_was_brought_in_keeps_every_value_and_is_linked(known):
    assert json.loads(BROUGHT) in of_type(known, "Patient")
    (link,) = of_type(known, "Patient")[0]["link"]
    assert link["other"]["reference"] in [one["fullUrl"] for one in entries(known)]


def test_what_somebody_does_not_have_is_not_said_to_be_there(known):
    statuses = [
        one.get("verificationStatus", {}).get("coding", [{}])[0].get("code")
        for one in of_type(known, "Condition")
    ]
    assert statuses == [None, "refuted", "unconfirmed"]
    assert [one["status"] for one in of_type(known, "MedicationStatement")] == [
        "active",
        "completed",
        "not-taken",
    ]
    assert [one["status"] for one in of_type(known, "Procedure")] == ["completed", "not-done"]
    assert "verificationStatus" in of_type(known, "AllergyIntolerance")[1]


def test_answers_keep_their_kind_and_silence_is_left_out(known):
    (sheet,) = of_type(known, "QuestionnaireResponse")
    assert [list(item["answer"][0]) for item in sheet["item"]] == [
        ["valueInteger"],
        ["valueBoolean"],
        ["valueDecimal"],
        ["valueString"],
    ]
    kinds = [next(name for name in one if name.startswith("value")) for one in of_type(known, "Observation")]
    assert kinds == [
        "valueQuantity",
        "valueBoolean",
        "valueBoolean",
        "valueDateTime",
        "valueString",
        "valueCodeableConcept",
    ]


def test_a_consent_taken_back_is_inactive(known):
    assert [one["status"] for one in of_type(known, "Consent")] == ["active", "inactive"]


def test_each_entry_has_an_address_of_its_own(known):
    assert address_of({"resourceType": "Patient", "id": "old-7"}).endswith("/Patient/old-7")
    assert address_of({"resourceType": "Basic"}) == address_of({"resourceType": "Basic"})
    assert address_of({"resourceType": "Basic"}) != address_of({"resourceType": "Basic", "code": {}})
