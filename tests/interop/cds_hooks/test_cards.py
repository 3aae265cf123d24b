"""What another system is told about an order of ketamine or esketamine, and about nothing else."""

from datetime import date
from itertools import count
from uuid import UUID

import orjson
import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.interop.cds_hooks.answering import answer
from kairos.interop.cds_hooks.checking import DocumentKind, check_value
from kairos.interop.cds_hooks.offered import HOOKS, services_document
from kairos.interop.fhir.documents import unpacked
from kairos.interop.fhir.reading import read_files
from kairos.interop.fhir.record_facts import facts_of
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.verdict import Verdict
from tests.support.cds_hooks import bundle, order, person, request
from tests.support.real_data import real_data_folder

TODAY = date(2026, 3, 2)
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
ABOUT = {"subject": {"reference": "Patient/p1"}}
ANEURYSM = {
    "resourceType": "Condition",
    "id": "c1",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {"coding": [{"system": ICD10, "code": "I67.1"}]},
    "onsetDateTime": "2020-01-01",
    **ABOUT,
}
SPRAY = "Spravato 28 MG Nasal Spray"


def new_uuid():
    """Return a maker of ids that are easy to tell apart."""
    numbers = count(1)
    return lambda: UUID(int=next(numbers))


def ask(asked):
    """Return the cards of an answer, which is itself found without a fault."""
    found = answer(asked, today=TODAY, new_id=new_uuid())
    assert check_value(found.document, kind=DocumentKind.RESPONSE).faults == ()
    cards = found.document["cards"]
    assert [str(given.id) for given in found.given] == [card["uuid"] for card in cards]
    return cards


def details(asked):
    return "\n".join(card["detail"] for card in ask(asked))


def sent(*resources, **lists):
    return {"patient": person(), "conditions": bundle(*resources, kind="searchset"), **lists}


def test_what_is_offered_has_no_fault():
    found = check_value(services_document(), kind=DocumentKind.SERVICES)
    assert found.faults == ()
    assert tuple(service["hook"] for service in found.document["services"]) == HOOKS


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize(
    "other",
    [
        order("Flurazepam 15 MG Oral Capsule"),
        order(status="entered-in-error"),
        order(doNotPerform=True),
        {"resourceType": "ServiceRequest", "id": "s1", "status": "draft", "intent": "order", **ABOUT},
    ],
    ids=["another medicine", "entered in error", "not to be done", "another request"],
)
def test_other_orders_get_no_card(hook, other):
    assert ask(request(hook, other)) == []


def test_a_chart_without_ketamine_gets_no_card_and_one_with_it_does():
    assert ask(request("patient-view", prefetch=sent(ANEURYSM))) == []
    given = order(status="active")
    cards = ask(request("patient-view", prefetch=sent(ANEURYSM, medications=bundle(given, kind="searchset"))))
    assert cards[0]["indicator"] == "critical"
    assert "suggestions" not in cards[0]
    ended = order(status="stopped")
    assert ask(request("patient-view", prefetch=sent(ANEURYSM, medications=bundle(ended)))) == []


def test_an_absolute_exclusion_is_critical_and_has_no_override():
    card = ask(request(prefetch=sent(ANEURYSM)))[0]
    assert card["indicator"] == "critical"
    assert "Aneurysm" in card["summary"]
    assert "overrideReasons" not in card
    assert card["suggestions"][0]["actions"] == [
        {
            "type": "delete",
            "description": "Removes the drafted order of ketamine",
            "resourceId": "MedicationRequest/draft-1",
        }
    ]
    assert card["selectionBehavior"] == "at-most-one"
    assert card["source"]["url"].startswith("https://")
    for told in ("eligibility.aneurysm", "I67.1", load_release().version, "no clearance to dose"):
        assert told in card["detail"]


def test_an_order_without_an_id_cannot_be_taken_back_by_us():
    draft = order()
    del draft["id"]
    asked = request(prefetch=sent(ANEURYSM))
    asked["context"]["draftOrders"]["entry"][0]["resource"] = draft
    assert "suggestions" not in ask(asked)[0]


def test_what_needs_review_may_be_overridden_with_a_reason():
    pressure = {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
        "effectiveDateTime": "2026-03-01T09:00:00Z",
        "component": [
            {
                "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
                "valueQuantity": {"value": value, "code": "mm[Hg]", "system": "http://unitsofmeasure.org"},
            }
            for code, value in (("8480-6", 171), ("8462-4", 104))
        ],
        **ABOUT,
    }
    cards = ask(request(prefetch=sent(vitals=bundle(pressure, kind="searchset"))))
    deferred = next(card for card in cards if "Blood pressure" in card["summary"])
    assert deferred["indicator"] == "warning"
    assert "171" in deferred["detail"]
    offered = {reason["code"] for reason in deferred["overrideReasons"]}
    assert offered == set(load_release().orders.override_reasons)


def test_an_empty_prefetch_says_what_is_missing_and_clears_nobody():
    cards = ask(request(prefetch={}))
    assert [card["indicator"] for card in cards][-1] == "warning"
    told = cards[-1]["detail"]
    assert "the patient (birth date, sex), conditions, medicines, allergies" in told
    assert "never taken as passed" in told
    assert not any("no rule speaks against" in card["summary"] for card in cards)


def test_lists_that_failed_or_were_cut_off_count_as_missing():
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
    cut = {**bundle(ANEURYSM, kind="searchset"), "link": [{"relation": "next", "url": "https://x.org/2"}]}
    told = details(request(prefetch={"patient": person(), "conditions": cut, "allergies": failed}))
    assert "Not sent, or not complete: conditions, medicines, allergies, vital signs" in told


def test_lists_under_other_names_are_read_by_what_is_in_them():
    asked = request(prefetch={"item1": person(), "item2": ANEURYSM, "item3": None})
    cards = ask(asked)
    assert cards[0]["indicator"] == "critical"
    assert "not complete: medicines," in cards[-1]["detail"]


def test_when_all_lists_came_the_card_says_that_the_rest_is_to_be_asked():
    every = {
        key: bundle(kind="searchset")
        for key in services_document()["services"][0]["prefetch"]
        if key != "patient"
    }
    assert "All lists were sent" in details(request(prefetch={"patient": person(), **every}))


@pytest.mark.parametrize(
    ("draft", "route"),
    [
        (order(), "intravenous infusion, at a clinic"),
        (order(route="78421000"), "injection into the muscle, at a clinic"),
        (order(route="46713006"), "compounded nasal spray, at a clinic"),
        (order(route="37839007"), "under the tongue, at home"),
        (order("ketamine 100 MG sublingual oral troche", route=""), "under the tongue, at home"),
        (order("ketamine 10 MG Oral Capsule", route=""), "by mouth, at home"),
        (order(SPRAY, route=""), "esketamine nasal spray, at a clinic"),
        (order(SPRAY, route="47625008"), "intravenous infusion, at a clinic"),
        (order("esketamine", route=""), "esketamine nasal spray, at a clinic"),
        (order(category=[{"coding": [{"code": "community"}]}]), "intravenous infusion, at home"),
    ],
)
def test_the_route_and_the_setting_are_the_order_s(draft, route):
    told = details(request("order-sign", draft))
    assert f"Judged as: {route}" in told
    assert "names no route" not in told


def test_an_order_without_a_route_says_so():
    assert "names no route" in details(request("order-sign", order("Ketamine", route="")))


def test_the_indication_is_the_order_s_where_it_names_one():
    said = order(reasonCode=[{"coding": [{"system": ICD10, "code": "F43.10"}]}])
    told = details(request("order-sign", said))
    assert "post-traumatic stress disorder" in told
    assert "names no reason" not in told
    problem = {**ANEURYSM, "code": {"coding": [{"system": ICD10, "code": "F42.2"}]}}
    led = order(reasonReference=[{"reference": "Condition/c1"}])
    told = details(request("order-sign", led, prefetch={"patient": person(), "conditions": bundle(problem)}))
    assert "obsessive-compulsive disorder" in told
    unknown = order(reasonCode=[{"coding": [{"system": ICD10, "code": "Z00.0"}]}])
    assert "names no reason" in details(request("order-sign", unknown))


def test_a_medicine_that_is_referenced_is_followed_into_the_drafts():
    medication = {"resourceType": "Medication", "id": "m1", "code": {"text": "Ketalar"}}
    draft = order(medicationReference={"reference": "Medication/m1"})
    del draft["medicationCodeableConcept"]
    assert ask(request("order-sign", draft, prefetch={"patient": person(), "drug": medication})) != []


def test_a_medicine_beside_the_order_may_be_named_by_the_address_of_its_entry():
    other = order(id="draft-2", medicationReference={"reference": "urn:uuid:7c1e"}, route="26643006")
    del other["medicationCodeableConcept"]
    asked = request("order-sign", order(), other)
    drug = {"resourceType": "Medication", "id": "m1", "code": {"text": "Tranylcypromine 10 MG"}}
    asked["context"]["draftOrders"]["entry"].append({"fullUrl": "urn:uuid:7c1e", "resource": drug})
    told = details(asked)
    assert "drafted beside this order" in told
    assert "tranylcypromine" in told.lower()


def test_a_request_for_an_infusion_counts_by_its_words():
    asked = {
        "resourceType": "ServiceRequest",
        "id": "s1",
        "status": "draft",
        "intent": "order",
        "code": {"text": "Ketamine intravenous infusion"},
        **ABOUT,
    }
    assert "Judged as: intravenous infusion" in details(request("order-sign", asked))


def test_a_medicine_drafted_beside_the_order_asks_and_does_not_state():
    other = order("Tranylcypromine 10 MG Oral Tablet", id="draft-2", route="26643006")
    told = details(request("order-sign", order(), other))
    assert "drafted beside this order count as not sure" in told


def test_what_no_rule_reads_and_another_patient_hinder_nothing():
    other = person(id="p2", identifier=[{"system": "urn:x", "value": "1"}])
    ours = person(identifier=[{"system": "urn:x", "value": "1"}])
    response = {"resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", **ABOUT}
    lists = {"patient": ours, "all": bundle(other, response, ANEURYSM, kind="searchset")}
    assert ask(request(prefetch=lists))[0]["indicator"] == "critical"


def test_somebody_else_s_entries_count_for_nothing():
    stranger = {**ANEURYSM, "subject": {"reference": "Patient/p2"}}
    cards = ask(request(prefetch=sent(stranger)))
    assert not any(card["indicator"] == "critical" for card in cards)


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["synthea_r4_2018", "synthea_r4_pathling", "pysynthea_r4"])
def test_answers_about_real_records_have_no_fault_and_say_what_the_command_says(name):
    """The same record sent by another system and read from its file leads to the same findings."""
    path = min((real_data_folder() / name).glob("*.json*"), key=lambda file: file.stat().st_size)
    (record,) = read_files([path]).patients
    resources = [entry["resource"] for entry in orjson.loads(unpacked(path.name, path.read_bytes()))["entry"]]
    patient = record.reference.removeprefix("Patient/")
    about = {"subject": {"reference": record.reference}}
    asked = request("order-sign", order(**about), prefetch={"all": bundle(*resources, kind="searchset")})
    asked["context"]["patientId"] = patient
    told = {rule for given in answer(asked, today=TODAY, new_id=new_uuid()).given for rule in given.rules}
    screened = screen(facts_of(record), as_of=AskedAsOf(TODAY), by=shipped_criteria(TODAY))
    spoken = {f.rule for f in screened.findings if f.verdict is Verdict.NOT_MET or f.is_open}
    assert told == spoken
