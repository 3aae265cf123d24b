"""CDS Hooks documents for tests: one of each kind without a fault, to be spoilt in one place."""

import copy
from typing import Any

Json = dict[str, Any]

PATIENT = "p1"
INSTANCE = "259cf767-4b52-4e14-a741-04da147a430f"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED = "http://snomed.info/sct"


def order(
    name: str = "Ketamine 50 MG/ML Injectable Solution", *, route: str = "47625008", **other: Any
) -> Json:
    """Return a drafted order of a medicine; the route is a SNOMED CT code, empty for none."""
    dosage: Json = {"text": "as ordered"}
    if route:
        dosage["route"] = {"coding": [{"system": SNOMED, "code": route}]}
    return {
        "resourceType": "MedicationRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "medicationCodeableConcept": {"text": name},
        "subject": {"reference": f"Patient/{PATIENT}"},
        "dosageInstruction": [dosage],
        **other,
    }


def bundle(*resources: Json, kind: str = "collection") -> Json:
    """Return a Bundle of resources, each with its address."""
    listed = [
        {"fullUrl": f"https://ehr.example.org/fhir/{one['resourceType']}/{one['id']}", "resource": one}
        for one in resources
    ]
    found: Json = {"resourceType": "Bundle", "type": kind}
    return {**found, "entry": listed} if listed else found


def person(**other: Any) -> Json:
    """Return the patient whom the request is about."""
    return {
        "resourceType": "Patient",
        "id": PATIENT,
        "gender": "female",
        "birthDate": "1986-04-01",
        **other,
    }


def request(hook: str = "order-sign", *drafts: Json, prefetch: Json | None = None) -> Json:
    """Return a question about drafted orders: about one of ketamine where none is given."""
    context: Json = {"userId": "Practitioner/d1", "patientId": PATIENT}
    if hook != "patient-view":
        orders = drafts or (order(),)
        context["draftOrders"] = bundle(*orders)
        if hook == "order-select":
            context["selections"] = [f"{one['resourceType']}/{one['id']}" for one in orders]
    held = {"patient": person()} if prefetch is None else prefetch
    return {"hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": held}


def card(**other: Any) -> Json:
    """Return a card without a fault."""
    return {
        "uuid": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "summary": "A short summary",
        "indicator": "info",
        "source": {"label": "A label"},
        **other,
    }


def suggestion(**other: Any) -> Json:
    """Return a suggestion that takes an order back."""
    action = {"type": "delete", "description": "Take it back", "resourceId": "MedicationRequest/1"}
    return {"label": "Take the order back", "actions": [action], **other}


def service(**other: Any) -> Json:
    """Return a service on offer."""
    return {"hook": "order-sign", "id": "order-sign", "description": "What it does", **other}


def feedback(**other: Any) -> Json:
    """Return one entry of feedback."""
    return {
        "card": "4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "outcome": "overridden",
        "outcomeTimestamp": "2026-01-31T09:30:00Z",
        **other,
    }


def spoilt(document: Json, path: str, value: Any) -> Json:
    """Return a copy with one place changed: ``context.patientId``; ``...`` as value takes it away."""
    found = copy.deepcopy(document)
    *way, last = path.split(".")
    held: Any = found
    for name in way:
        held = held[int(name) if isinstance(held, list) else name]
    if value is ...:
        del held[last]
    else:
        held[last] = value
    return found
