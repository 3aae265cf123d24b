"""The record of an invented person as a referring clinic would send it: a FHIR R4 Bundle."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson

from kairos.cli.demo_clinic.invented import Invented, between, stock

_SYSTEMS = {
    "snomed": "http://snomed.info/sct",
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "loinc": "http://loinc.org",
}
_TERMS = "http://terminology.hl7.org/CodeSystem"
_RECORD_NUMBER = "https://alder-house.example/record-number"
_PRESSURE_PARTS = (("8480-6", "systolic"), ("8462-4", "diastolic"))
_SINGLE_VITALS = (
    ("8867-4", "heart_rate", "/min"),
    ("2708-6", "oxygen", "%"),
    ("9279-1", "breathing", "/min"),
    ("8310-5", "temperature", "Cel"),
)
_SCORES = (("44261-6", "phq9"), ("70274-6", "gad7"), ("75626-2", "audit_c"), ("82667-7", "dast10"))

Resource = dict[str, Any]


def record_number(person: Invented) -> str:
    """Return the number on the wristband."""
    return f"AH-{person.number:04d}"


def letter(person: Invented, *, now: datetime, full: bool = True) -> tuple[str, bytes]:
    """Return name and content of the file that came with the referral.

    Parameters
    ----------
    full : bool    with measurements of two days and the laboratory; else who and why only
    """
    resources = [_patient(person), *_conditions(person, now), *_medicines(person, now)]
    if full:
        resources += [*_measured(person, now), *_laboratory(person, now), *_scores(person, now)]
    entries = [
        {"fullUrl": f"https://alder-house.example/{each['resourceType']}/{each['id']}", "resource": each}
        for each in resources
    ]
    content = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    return f"referral-{record_number(person)}.json", orjson.dumps(content, option=orjson.OPT_INDENT_2)


def _patient(person: Invented) -> Resource:
    return {
        "resourceType": "Patient",
        "id": _id(person, "patient"),
        "identifier": [{"system": _RECORD_NUMBER, "value": record_number(person)}],
        "name": [{"use": "official", "family": person.family, "given": [person.given]}],
        "telecom": [{"system": "email", "value": f"{person.username}@example.org", "use": "home"}],
        "gender": person.sex,
        "birthDate": person.born_on.isoformat(),
        "deceasedBoolean": False,
    }


def _conditions(person: Invented, now: datetime) -> Iterator[Resource]:
    for name in person.conditions:
        known = stock()["conditions"][name]
        onset = now - timedelta(days=person.dice(name).randint(400, 2400))
        yield _about(person, "Condition", name) | {
            "clinicalStatus": _coded(f"{_TERMS}/condition-clinical", "active"),
            "verificationStatus": _coded(f"{_TERMS}/condition-ver-status", "confirmed"),
            "category": [_coded(f"{_TERMS}/condition-category", "problem-list-item")],
            "code": _coded(_SYSTEMS[known["system"]], known["code"], known["text"]),
            "onsetDateTime": onset.date().isoformat(),
            "recordedDate": (now - timedelta(days=30)).date().isoformat(),
        }


def _medicines(person: Invented, now: datetime) -> Iterator[Resource]:
    first, second = person.trials
    months = person.dice("trials").randint(4, 7)
    changed = now - timedelta(days=30 * months)
    yield _medicine(person, first, "completed", changed - timedelta(days=30 * months), changed)
    yield _medicine(person, second, "active", changed + timedelta(days=7), None)
    for name in person.medicines:
        yield _medicine(person, name, "active", now - timedelta(days=700), None)


def _medicine(person: Invented, name: str, status: str, start: datetime, end: datetime | None) -> Resource:
    known = stock()["medicines"][name]
    period = {"start": start.date().isoformat()} | ({"end": end.date().isoformat()} if end else {})
    dose = {"value": known["mg"], "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    return _about(person, "MedicationStatement", name) | {
        "status": status,
        "medicationCodeableConcept": _coded(_SYSTEMS["rxnorm"], known["code"], known["text"]),
        "effectivePeriod": period,
        "dosage": [
            {
                "text": f"{known['mg']} mg once daily",
                "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": dose}],
            }
        ],
    }


def _measured(person: Invented, now: datetime) -> Iterator[Resource]:
    for days in (12, 3):
        at = now - timedelta(days=days)
        yield _pressure(person, at, f"bp-{days}", days)
        for code, name, unit in _SINGLE_VITALS:
            yield _observation(person, f"{name}-{days}", code, person.vitals[name], unit, at, "vital-signs")
    at = now - timedelta(days=3)
    yield _observation(person, "weight", "29463-7", person.weight_kg, "kg", at, "vital-signs")
    yield _observation(person, "height", "8302-2", person.height_cm, "cm", at, "vital-signs")


def _pressure(person: Invented, at: datetime, key: str, days: int) -> Resource:
    shift = person.dice(key).randint(-4, 4)
    parts = [
        {
            "code": _coded(_SYSTEMS["loinc"], code),
            "valueQuantity": _quantity(person.vitals[name] + shift, "mm[Hg]"),
        }
        for code, name in _PRESSURE_PARTS
    ]
    base = _observation(person, key, "85354-9", None, "", at, "vital-signs")
    return base | {"component": parts}


def _laboratory(person: Invented, now: datetime) -> Iterator[Resource]:
    at = now - timedelta(days=12)
    for test in stock()["laboratory"]:
        value = between(person.dice(test["loinc"]), test["from"])
        yield _observation(person, test["loinc"], test["loinc"], value, test["unit"], at, "laboratory")


def _scores(person: Invented, now: datetime) -> Iterator[Resource]:
    at = now - timedelta(days=3)
    known = stock()["scores"]
    for code, name in _SCORES:
        own = {"phq9": person.phq9, "gad7": person.gad7}
        value = own[name] if name in own else between(person.dice(name), known[name])
        yield _observation(person, name, code, value, "{score}", at, "survey")


def _observation(
    person: Invented, key: str, code: str, value: float | None, unit: str, at: datetime, category: str
) -> Resource:
    held = {} if value is None else {"valueQuantity": _quantity(value, unit)}
    return (
        _about(person, "Observation", key)
        | {
            "status": "final",
            "category": [_coded(f"{_TERMS}/observation-category", category)],
            "code": _coded(_SYSTEMS["loinc"], code),
            "effectiveDateTime": at.isoformat(timespec="seconds"),
        }
        | held
    )


def _quantity(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def _coded(system: str, code: str, text: str = "") -> Resource:
    coding = {"system": system, "code": code} | ({"display": text} if text else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def _about(person: Invented, kind: str, key: str) -> Resource:
    return {
        "resourceType": kind,
        "id": _id(person, key),
        "subject": {"reference": f"Patient/{_id(person, 'patient')}"},
    }


def _id(person: Invented, key: str) -> str:
    return f"demo-{person.number}-{key.replace('_', '-')}"
