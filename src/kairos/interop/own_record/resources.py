"""What was stated here, as FHIR R4 resources: facts, answers to questionnaires, consents, who somebody is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactKind, FactValue, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

Resource = dict[str, Any]
UCUM = "http://unitsofmeasure.org"
_TERMS = "http://terminology.hl7.org/CodeSystem"
_CLINICAL_KINDS = {
    FactKind.CONDITION: "Condition",
    FactKind.MEDICATION: "MedicationStatement",
    FactKind.ALLERGY: "AllergyIntolerance",
    FactKind.PROCEDURE: "Procedure",
}
_CATEGORIES = {FactKind.VITAL: "vital-signs", FactKind.LABORATORY: "laboratory"}


def patient(
    person_id: UUID,
    *,
    family: str,
    given: str,
    born_on: PartialDate | None,
    sex: str,
    identifiers: Iterable[Mapping[str, str]],
    contacts: Iterable[Mapping[str, str]],
    others: Iterable[str],
) -> Resource:
    """Return who somebody is; ``others`` are the Patient resources of the records that were brought in."""
    made: Resource = {"resourceType": "Patient", "id": str(person_id), "active": True}
    made["name"] = [_kept({"use": "official", "family": family, "given": given.split()})]
    made["birthDate"] = str(born_on) if born_on else ""
    made["gender"] = sex
    made["identifier"] = [{"system": one["system"], "value": one["value"]} for one in identifiers]
    made["telecom"] = [{"system": one["kind"], "value": one["value"]} for one in contacts]
    made["link"] = [{"other": {"reference": other}, "type": "seealso"} for other in others]
    return _kept(made)


def of_fact(fact: Fact, subject: str, *, own_id: UUID) -> Resource | None:
    """Return a fact as the resource of its kind; none for what no kind of resource says well."""
    if fact.kind in (FactKind.DEMOGRAPHIC, FactKind.ENCOUNTER):
        return None
    kind = _CLINICAL_KINDS.get(fact.kind, "Observation")
    made: Resource = {"resourceType": kind, "id": str(own_id)}
    made |= _observation(fact) if kind == "Observation" else _clinical(kind, fact)
    made["patient" if kind == "AllergyIntolerance" else "subject"] = {"reference": subject}
    return _kept(made)


def _observation(fact: Fact) -> Resource:
    category = _CATEGORIES.get(fact.kind, "survey")
    said: Resource = {
        "status": "final",
        "category": [_concept(f"{_TERMS}/observation-category", category)],
        "code": _coded(fact),
        "effectiveDateTime": _when(fact),
    }
    named = _value(fact.value)
    if not named:
        return said | {"valueBoolean": fact.presence is Presence.PRESENT}
    return said | named


def _clinical(kind: str, fact: Fact) -> Resource:
    is_absent = fact.presence is Presence.ABSENT
    match kind:
        case "Condition":
            status = "refuted" if is_absent else "unconfirmed" if fact.presence is Presence.NOT_SURE else ""
            return {
                "verificationStatus": _concept(f"{_TERMS}/condition-ver-status", status) if status else None,
                "code": _coded(fact),
                "onsetDateTime": str(fact.true_from or ""),
                "abatementDateTime": str(fact.true_until or ""),
                "recordedDate": fact.recorded_at.isoformat() if fact.recorded_at else "",
            }
        case "MedicationStatement":
            return {
                "status": "not-taken" if is_absent else "completed" if fact.true_until else "active",
                "medicationCodeableConcept": _coded(fact),
                "effectivePeriod": {"start": str(fact.true_from or ""), "end": str(fact.true_until or "")},
                "dosage": [{"text": _words(fact.details.get("dosage_text"))}],
            }
        case "AllergyIntolerance":
            status = f"{_TERMS}/allergyintolerance-verification"
            return {
                "verificationStatus": _concept(status, "refuted") if is_absent else None,
                "code": _coded(fact),
            }
    return {
        "status": "not-done" if is_absent else "completed",
        "code": _coded(fact),
        "performedDateTime": str(fact.true_from or ""),
    }


def response(
    subject: str, *, own_id: UUID, instrument: str, answers: Mapping[str, Any], answered_at: datetime
) -> Resource:
    """Return answers to a questionnaire; each item by its id, the answer as it was kept."""
    items = [
        {"linkId": item, "answer": [_answer(value)]} for item, value in answers.items() if value is not None
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(own_id),
        "status": "completed",
        "questionnaire": f"urn:kairos:questionnaire:{instrument}",
        "subject": {"reference": subject},
        "authored": answered_at.isoformat(),
        "item": items,
    }


def consent(
    subject: str, *, own_id: UUID, document: str, version: str, signed_at: datetime, is_in_force: bool
) -> Resource:
    """Return one signature under a consent document; withdrawn ones are inactive."""
    return {
        "resourceType": "Consent",
        "id": str(own_id),
        "status": "active" if is_in_force else "inactive",
        "scope": _concept(f"{_TERMS}/consentscope", "treatment"),
        "category": [{"text": f"{document}, version {version}"}],
        "policyRule": {"text": f"{document}, version {version}"},
        "patient": {"reference": subject},
        "dateTime": signed_at.isoformat(),
    }


def _answer(value: object) -> Resource:
    match value:
        case bool():
            return {"valueBoolean": value}
        case int():
            return {"valueInteger": value}
        case float():
            return {"valueDecimal": value}
    return {"valueString": str(value)}


def _coded(fact: Fact) -> Resource:
    named = fact.concept.replace("_", " ")
    if fact.code is None:
        return {"text": named}
    return _kept({"coding": [_coding(fact.code)], "text": fact.code.display or named})


def _coding(code: Code) -> Resource:
    return _kept({"system": code.system, "code": code.code, "display": code.display})


def _value(value: FactValue) -> Resource:
    match value:
        case Quantity():
            unit = {"unit": value.unit, "system": UCUM, "code": value.unit}
            return {"valueQuantity": {"value": value.value, **unit}}
        case Code():
            return {"valueCodeableConcept": {"coding": [_coding(value)]}}
        case PartialDate():
            return {"valueDateTime": str(value)}
        case bool():
            return {"valueBoolean": value}
        case str():
            return {"valueString": value}
    return {}


def _when(fact: Fact) -> str:
    return fact.true_at.isoformat() if fact.true_at else str(fact.true_from or "")


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _kept(resource: Resource) -> Resource:
    """Return a resource without what is empty: FHIR knows no empty values."""
    made = {name: _pruned(value) for name, value in resource.items()}
    return {name: value for name, value in made.items() if value not in ("", None, [], {})}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return _kept(value)
    if isinstance(value, list):
        return [one for one in map(_pruned, value) if one not in ("", None, [], {})]
    return value
