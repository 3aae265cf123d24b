"""Every fault of a CDS Hooks document is named with its place."""

import json

import pytest

from kairos.interop.cds_hooks.checking import DocumentKind, check_document, check_value, refusals_of
from kairos.vocab.errors import InvalidInput
from tests.support import cds_hooks as made
from tests.support.cds_hooks import spoilt
from tests.support.real_data import real_data_folder

SIGN = made.request()
SELECT = made.request("order-select")
DRAFTS = "context.draftOrders.entry.0"
CARDS = {"cards": [made.card()]}
SUGGESTING = {"cards": [made.card(suggestions=[made.suggestion()], selectionBehavior="any")]}
TOLD = {"feedback": [made.feedback()]}
GIVEN = {"reason": {"code": "a", "system": "urn:x"}, "userComment": "c"}
GRANTED = {
    "access_token": "opaque",
    "token_type": "Bearer",
    "expires_in": 300,
    "scope": "user/*.read",
    "subject": "kairos",
}


def places(document, kind=None):
    """Return where the faults of a document are."""
    found = check_document(json.dumps(document).encode(), kind=kind)
    return [fault.place for fault in found.faults]


def offering(**changes):
    return {"services": [made.service(**changes)]}


def of_card(**changes):
    return {"cards": [made.card(**changes)]}


@pytest.mark.parametrize(
    "document",
    [
        SIGN,
        SELECT,
        made.request("patient-view"),
        CARDS,
        SUGGESTING,
        TOLD,
        {"cards": []},
        {"services": []},
        offering(
            prefetch={"patient": "Patient/{{context.patientId}}"}, title="A title", usageRequirements="None"
        ),
        offering(extension={"com.example.timestamp": "2017-11-27T22:13:25Z"}),
        {**SIGN, "fhirServer": "https://ehr.example.org/fhir", "fhirAuthorization": GRANTED},
        {**SIGN, "hook": "com.example.own-hook"},
        {**SIGN, "prefetch": {"patient": None, "list": made.bundle(kind="searchset")}},
        {"cards": [], "systemActions": [{"type": "update", "resource": made.person()}]},
        of_card(links=[{"label": "l", "url": "https://example.org", "type": "smart", "appContext": "x"}]),
        of_card(overrideReasons=[{"code": "a", "system": "http://example.org", "display": "A"}]),
        {"feedback": [made.feedback(outcome="accepted", acceptedSuggestions=[{"id": made.INSTANCE}])]},
        {"feedback": [made.feedback(overrideReason=GIVEN)]},
    ],
)
def test_what_the_specification_allows_has_no_fault(document):
    assert places(document) == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (spoilt(SIGN, "hook", ...), "$"),
        (spoilt(SIGN, "hookInstance", ...), "$"),
        (spoilt(SIGN, "hookInstance", "1"), "hookInstance"),
        (spoilt(SIGN, "hookInstance", 7), "hookInstance"),
        (spoilt(SIGN, "hookInstance", None), "hookInstance"),
        (spoilt(SIGN, "context", ...), "$"),
        (spoilt(SIGN, "context", []), "context"),
        ({**SIGN, "hook": "com.example.own", "context": "x"}, "context"),
        (spoilt(SIGN, "context.userId", ...), "context"),
        (spoilt(SIGN, "context.userId", "d1"), "context.userId"),
        (spoilt(SIGN, "context.userId", "Device/d1"), "context.userId"),
        (spoilt(SIGN, "context.patientId", ...), "context"),
        (spoilt(SIGN, "context.patientId", f"Patient/{made.PATIENT}"), "context.patientId"),
        (spoilt(SIGN, "context.draftOrders", ...), "context"),
        (spoilt(SIGN, "context.draftOrders", made.person()), "context.draftOrders"),
        (spoilt(SIGN, "context.draftOrders.type", ...), "context.draftOrders"),
        (spoilt(SIGN, "context.draftOrders.type", "list"), "context.draftOrders"),
        (spoilt(SIGN, "context.draftOrders.entry", {}), "context.draftOrders.entry"),
        (spoilt(SIGN, "context.draftOrders.entry", []), "context.draftOrders.entry"),
        (spoilt(SIGN, f"{DRAFTS}.resource", ...), "context.draftOrders.entry[0]"),
        (spoilt(SIGN, f"{DRAFTS}.resource", "x"), "context.draftOrders.entry[0].resource"),
        (spoilt(SIGN, f"{DRAFTS}.resource.status", "soon"), "context.draftOrders.entry[0].resource.status"),
        (spoilt(SIGN, f"{DRAFTS}.resource.intent", ...), "context.draftOrders.entry[0].resource"),
        (
            spoilt(SIGN, f"{DRAFTS}.resource.extension", [{}]),
            "context.draftOrders.entry[0].resource.extension[0]",
        ),
        (spoilt(SIGN, f"{DRAFTS}.resource.extension", {}), "context.draftOrders.entry[0].resource.extension"),
        (spoilt(SIGN, f"{DRAFTS}.resource.encounter", {}), "context.draftOrders.entry[0].resource.encounter"),
        (
            spoilt(SIGN, f"{DRAFTS}.fullUrl", "MedicationRequest/draft-1"),
            "context.draftOrders.entry[0].fullUrl",
        ),
        (
            spoilt(SIGN, f"{DRAFTS}.fullUrl", "https://x.org/MedicationRequest/2"),
            "context.draftOrders.entry[0].fullUrl",
        ),
        (
            spoilt(SIGN, f"{DRAFTS}.resource.subject.reference", "Patient/p2"),
            "context.draftOrders.entry[0].resource",
        ),
        (made.request("order-sign", made.order(), made.order()), "context.draftOrders.entry[1]"),
        (made.request("order-sign", made.person()), "context.draftOrders.entry[0].resource"),
        (spoilt(SELECT, "context.selections", ...), "context"),
        (spoilt(SELECT, "context.selections", ["MedicationRequest/other"]), "context.selections[0]"),
        (spoilt(SELECT, "context.selections", ["draft-1"]), "context.selections[0]"),
        (spoilt(SIGN, "prefetch.patient", {"resource": made.person()}), "prefetch.patient"),
        (spoilt(SIGN, "prefetch.patient", "x"), "prefetch.patient"),
        (spoilt(SIGN, "prefetch.patient.id", "p2"), "prefetch.patient"),
        (spoilt(SIGN, "prefetch.patient.resourceType", "Person2"), "prefetch.patient"),
        (spoilt(SIGN, "prefetch.patient.gender", "f"), "prefetch.patient.gender"),
        (spoilt(SIGN, "prefetch", []), "prefetch"),
        ({**SIGN, "fhirServer": "ehr"}, "fhirServer"),
        ({**SIGN, "fhirServer": "http://[broken"}, "fhirServer"),
        ({**SIGN, "fhirServer": 1}, "fhirServer"),
        ({**SIGN, "fhirAuthorization": GRANTED}, "$"),
        (
            {**SIGN, "fhirServer": "https://x.org", "fhirAuthorization": {**GRANTED, "token_type": "MAC"}},
            "fhirAuthorization.token_type",
        ),
        (
            {**SIGN, "fhirServer": "https://x.org", "fhirAuthorization": {**GRANTED, "expires_in": "300"}},
            "fhirAuthorization.expires_in",
        ),
        (
            {
                **SIGN,
                "fhirServer": "https://x.org",
                "fhirAuthorization": {**GRANTED, "scope": "patient/*.read"},
            },
            "fhirAuthorization",
        ),
        ({**SIGN, "fhirServer": "https://x.org", "fhirAuthorization": "token"}, "fhirAuthorization"),
        ({**SIGN, "user": "x"}, "$"),
    ],
)
def test_a_fault_of_a_request_is_named(document, place):
    assert place in places(document)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({}, "$"),
        ({"cards": {}}, "cards"),
        ({"cards": ["x"]}, "cards[0]"),
        ({"systemActions": [{"type": "create", "resource": made.person()}]}, "$"),
        (of_card(uuid=1), "cards[0].uuid"),
        (of_card(summary="x" * 140), "cards[0].summary"),
        (of_card(summary=" "), "cards[0].summary"),
        (of_card(summary=3), "cards[0].summary"),
        (of_card(indicator="hard-stop"), "cards[0].indicator"),
        (of_card(indicator=["info"]), "cards[0].indicator"),
        (of_card(source={}), "cards[0].source"),
        (of_card(source={"label": "l", "url": "example.org"}), "cards[0].source.url"),
        (of_card(source={"label": "l", "icon": 1}), "cards[0].source.icon"),
        (of_card(source={"label": "l", "topic": {"code": " "}}), "cards[0].source.topic.code"),
        (of_card(detail=None), "cards[0].detail"),
        (of_card(links=[]), "cards[0].links"),
        (of_card(links=[{"label": "l", "url": "https://example.org"}]), "cards[0].links[0]"),
        (
            of_card(links=[{"label": "l", "url": "https://x.org", "type": "absolute", "appContext": "x"}]),
            "cards[0].links[0]",
        ),
        (of_card(links=["x"]), "cards[0].links[0]"),
        (of_card(overrideReasons=[{"code": "a", "system": "http://x.org"}]), "cards[0].overrideReasons[0]"),
        (of_card(overrideReasons={"code": "a"}), "cards[0].overrideReasons"),
        (of_card(suggestions=[made.suggestion()]), "cards[0]"),
        (of_card(suggestions=[made.suggestion()], selectionBehavior="all"), "cards[0].selectionBehavior"),
        (
            of_card(suggestions=[made.suggestion(isRecommended=True)] * 2, selectionBehavior="at-most-one"),
            "cards[0]",
        ),
        (
            of_card(suggestions=[made.suggestion(label=...)], selectionBehavior="any"),
            "cards[0].suggestions[0].label",
        ),
        (of_card(suggestions=[3], selectionBehavior="any"), "cards[0].suggestions[0]"),
        (
            of_card(suggestions=[made.suggestion(isRecommended="yes")], selectionBehavior="any"),
            "cards[0].suggestions[0].isRecommended",
        ),
        (
            spoilt(SUGGESTING, "cards.0.suggestions.0.actions.0.description", ...),
            "cards[0].suggestions[0].actions[0]",
        ),
        (
            spoilt(SUGGESTING, "cards.0.suggestions.0.actions.0.type", "stop"),
            "cards[0].suggestions[0].actions[0].type",
        ),
        (
            spoilt(SUGGESTING, "cards.0.suggestions.0.actions.0.type", "create"),
            "cards[0].suggestions[0].actions[0]",
        ),
        (
            spoilt(SUGGESTING, "cards.0.suggestions.0.actions.0.resourceId", ...),
            "cards[0].suggestions[0].actions[0]",
        ),
        (spoilt(SUGGESTING, "cards.0.suggestions.0.actions", [1]), "cards[0].suggestions[0].actions[0]"),
        ({"cards": [], "systemActions": [{"type": "delete", "resource": "1"}]}, "systemActions[0].resource"),
        (
            {"cards": [], "systemActions": [{"type": "create", "resource": {"resourceType": "Patient"}}]},
            "systemActions[0].resource",
        ),
        (of_card(extension={"no-valid": "true"}), "cards[0].extension"),
        (of_card(extension="x"), "cards[0].extension"),
        (of_card(colour="red"), "cards[0]"),
    ],
)
def test_a_fault_of_a_response_is_named(document, place):
    document = json.loads(json.dumps(document, default=lambda _: 7))
    assert place in places(document, DocumentKind.RESPONSE)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (offering(hook=None), "services[0].hook"),
        ({"services": [{"hook": "order-sign", "id": "a"}]}, "services[0]"),
        ({"services": [3]}, "services[0]"),
        (offering(id="a/b"), "services[0].id"),
        (offering(prefetch={"patient": 3}), "services[0].prefetch.patient"),
        (offering(prefetch={"patient": ""}), "services[0].prefetch.patient"),
        (offering(prefetch={"patient": "Patient/{{context.patientId"}), "services[0].prefetch.patient"),
        (offering(prefetch={"patient": "Patient/{{}}"}), "services[0].prefetch.patient"),
        (offering(prefetch=[]), "services[0].prefetch"),
        (offering(prefetch={" ": "Patient/1"}), "services[0].prefetch. "),
        ({"services": [made.service(), made.service()]}, "services[1]"),
        (
            offering(extension={"davinci-crd.configuration-options": [{"code": "a", "nameX": "b"}]}),
            "services[0].extension.davinci-crd.configuration-options[0]",
        ),
        (
            offering(extension={"davinci-crd.configuration": "x"}),
            "services[0].extension.davinci-crd.configuration",
        ),
        (offering(extension={"davinci-crd.options-test": []}), "services[0].extension"),
    ],
)
def test_a_fault_of_a_services_document_is_named(document, place):
    assert place in places(document)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"feedback": []}, "feedback"),
        ({"feedback": ["x"]}, "feedback[0]"),
        ({"feedback": [made.feedback(card="1")]}, "feedback[0].card"),
        ({"feedback": [made.feedback(outcome="ignored")]}, "feedback[0].outcome"),
        ({"feedback": [made.feedback(outcome="accepted")]}, "feedback[0]"),
        (
            {"feedback": [made.feedback(outcome="accepted", overrideReason={"userComment": "c"})]},
            "feedback[0]",
        ),
        ({"feedback": [made.feedback(outcomeTimestamp="yesterday")]}, "feedback[0].outcomeTimestamp"),
        ({"feedback": [made.feedback(overrideReason={})]}, "feedback[0].overrideReason"),
    ],
)
def test_a_fault_of_feedback_is_named(document, place):
    assert place in places(document)


def test_orders_without_an_address_are_named_and_still_read():
    document = spoilt(SIGN, f"{DRAFTS}.fullUrl", ...)
    found = check_value(document, kind=DocumentKind.REQUEST)
    assert [fault.place for fault in found.faults] == [
        "context.draftOrders.entry[0]",
        "context.draftOrders.entry[0].resource.subject",
    ]
    assert found.refusals == ()
    assert refusals_of(document, kind=DocumentKind.REQUEST) == ()


def test_what_a_service_refuses_for_is_found_without_looking_for_the_rest():
    document = spoilt(SIGN, "prefetch.patient", {"resource": made.person()})
    every = check_value(document, kind=DocumentKind.REQUEST)
    assert every.refusals == refusals_of(document, kind=DocumentKind.REQUEST) != ()


def test_an_extension_that_nobody_knows_is_named_once_and_nothing_below_it():
    nested = [{"url": "http://vendor.test/x", "extension": [{"url": "y", "valueString": "z"}]}]
    document = spoilt(SIGN, f"{DRAFTS}.resource.extension", nested)
    assert places(document) == ["context.draftOrders.entry[0].resource.extension[0]"]
    known = [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"}]
    assert places(spoilt(SIGN, f"{DRAFTS}.resource.extension", known)) == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "must be an object"),
        ({"resourceType": "Patient"}, "is a FHIR resource"),
        ({"something": 1}, "none of their properties"),
        ({}, "no content"),
    ],
)
def test_what_is_no_document_of_cds_hooks_is_told_so(document, message):
    (fault,) = check_document(json.dumps(document).encode()).faults
    assert message in fault.message


@pytest.mark.parametrize("raw", [b"{", b"\xff", b'{"cards": NaN}', b"[" * 100_000])
def test_what_cannot_be_read_is_refused(raw):
    with pytest.raises(InvalidInput, match="document: is n"):
        check_document(raw)


def test_a_property_that_stands_twice_is_named():
    (fault,) = check_document(b'{"cards": [], "cards": []}').faults
    assert "twice" in fault.message


CASES = sorted((real_data_folder() / "hl7_fhir_test_cases_cdshooks").glob("cdshooks-*.json"))


@pytest.mark.real_data
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_published_cases_are_judged_as_their_validator_does(path):
    """Each fault that HL7's validator names is named here, in the same place; a good document has none."""
    expected = json.loads((path.parent / "expected.json").read_text())[path.name]["logical_java"]
    kind = DocumentKind(path.name.split("-")[1])
    checked = check_document(path.read_bytes(), kind=kind)
    ours = {checked.element(fault) for fault in checked.faults}
    theirs = {_plain(place) for _, _, places in expected for place in places}
    assert theirs <= ours
    assert bool(ours) == bool(expected) == bool(check_document(path.read_bytes()).faults)


def _plain(place):
    """Leave out what the validator says of resources between the names: ``/*Bundle/null*/``."""
    parts = place.split("/*")
    return parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])


def test_the_published_cases_are_there():
    assert CASES or not real_data_folder().is_dir()
