"""Records made for measuring: seeded, so that every run measures the same bytes. Nobody lives in them."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2016, 1, 4, 9, tzinfo=UTC)
CONDITIONS = (
    ("370143000", "Major depressive disorder"),
    ("38341003", "Hypertensive disorder"),
    ("444814009", "Sinusitis"),
)
DRUGS = (("312938", "sertraline 100 MG Oral Tablet"), ("314076", "lisinopril 10 MG Oral Tablet"))
LABS = (
    ("2160-0", "Creatinine", "mg/dL", 0.6, 1.4),
    ("1742-6", "ALT", "U/L", 8, 50),
    ("4548-4", "HbA1c", "%", 4.8, 6.4),
)
SCORES = (("44261-6", "PHQ-9 total", 0, 27), ("70274-6", "GAD-7 total", 0, 21))

Resource = dict[str, Any]


def transaction_bundle(megabytes: float, *, seed: int = 7) -> bytes:
    """Return a FHIR R4 transaction Bundle of one person, as large as asked."""
    entries: list[str] = []
    size = 0
    for resource in _life(random.Random(seed)):
        text = json.dumps(_entry(resource))
        entries.append(text)
        size += len(text) + 1
        if size >= megabytes * 1_000_000:
            break
    return f'{{"resourceType":"Bundle","type":"transaction","entry":[{",".join(entries)}]}}'.encode()


def _life(chance: random.Random) -> Iterator[Resource]:
    yield {
        "resourceType": "Patient",
        "id": "bench-1",
        "gender": "female",
        "birthDate": "1980-04-01",
        "name": [{"family": "Bench", "given": ["Mark"]}],
    }
    visit = 0
    while True:
        visit += 1
        at = (START + timedelta(days=visit, minutes=chance.randrange(300))).isoformat()
        yield _about("Encounter", f"e{visit}", status="finished", period={"start": at, "end": at}) | {
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
        }
        yield _condition(visit, at, chance)
        yield _prescription(visit, at, chance)
        yield _pressure(visit, at, chance)
        for number, lab in enumerate(LABS):
            yield _measurement(f"l{visit}-{number}", at, "laboratory", lab, chance)
        for number, (code, display, low, high) in enumerate(SCORES):
            yield _measurement(
                f"s{visit}-{number}", at, "survey", (code, display, "{score}", low, high), chance
            )


def _entry(resource: Resource) -> Resource:
    identifier = f"urn:uuid:{resource['id']}"
    return {
        "fullUrl": identifier,
        "resource": resource,
        "request": {"method": "POST", "url": resource["resourceType"]},
    }


def _about(kind: str, identifier: str, **elements: Any) -> Resource:
    return {"resourceType": kind, "id": identifier, "subject": {"reference": "urn:uuid:bench-1"}, **elements}


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def _condition(visit: int, at: str, chance: random.Random) -> Resource:
    status = _coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active")
    sure = _coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed", "Confirmed")
    code = _coded("http://snomed.info/sct", *chance.choice(CONDITIONS))
    return _about(
        "Condition", f"c{visit}", clinicalStatus=status, verificationStatus=sure, code=code, onsetDateTime=at
    )


def _prescription(visit: int, at: str, chance: random.Random) -> Resource:
    code = _coded("http://www.nlm.nih.gov/research/umls/rxnorm", *chance.choice(DRUGS))
    stated = {"status": "completed", "intent": "order", "authoredOn": at, "medicationCodeableConcept": code}
    return _about("MedicationRequest", f"m{visit}", **stated)


def _pressure(visit: int, at: str, chance: random.Random) -> Resource:
    parts = [
        ("8480-6", "Systolic", chance.randrange(105, 150)),
        ("8462-4", "Diastolic", chance.randrange(60, 95)),
    ]
    components = [
        {"code": _coded("http://loinc.org", code, name), "valueQuantity": _quantity(value, "mm[Hg]")}
        for code, name, value in parts
    ]
    panel = _coded("http://loinc.org", "85354-9", "Blood pressure panel")
    return _observation(f"b{visit}", at, "vital-signs", code=panel, component=components)


def _measurement(
    identifier: str, at: str, category: str, what: tuple[str, str, str, float, float], chance: random.Random
) -> Resource:
    code, display, unit, low, high = what
    value = _quantity(round(chance.uniform(low, high), 0 if unit == "{score}" else 1), unit)
    return _observation(
        identifier, at, category, code=_coded("http://loinc.org", code, display), valueQuantity=value
    )


def _observation(identifier: str, at: str, category: str, **elements: Any) -> Resource:
    kind = _coded("http://terminology.hl7.org/CodeSystem/observation-category", category, category)
    return _about(
        "Observation", identifier, status="final", category=[kind], effectiveDateTime=at, **elements
    )


def _quantity(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
