"""Builders of FHIR resources and files: the smallest that say what a test needs."""

import gzip
from typing import Any

import orjson

from kairos.interop.fhir.reading import ReadSet, read_contents
from kairos.vocab.facts import Fact

PERSON = {"reference": "Patient/p"}
SCT, LOINC = "http://snomed.info/sct", "http://loinc.org"


def patient(**more: Any) -> dict[str, Any]:
    """Return a Patient."""
    return {"resourceType": "Patient", "id": "p", "birthDate": "1980-05-01", "gender": "female", **more}


def coded(system: str, code: str, **more: Any) -> dict[str, Any]:
    """Return a CodeableConcept of one coding."""
    return {"coding": [{"system": system, "code": code}], **more}


def entry(kind: str, identifier: str = "x", **more: Any) -> dict[str, Any]:
    """Return a resource of the person."""
    return {"resourceType": kind, "id": identifier, "subject": PERSON, **more}


def observed(code: str, value: float | None = None, unit: str = "", **more: Any) -> dict[str, Any]:
    """Return a vital sign or laboratory value."""
    quantity = {} if value is None else {"valueQuantity": {"value": value, "unit": unit}}
    base = {"status": "final", "code": coded(LOINC, code), "effectiveDateTime": "2024-02-03T10:00:00Z"}
    kept = {"category": [coded("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")]}
    return entry("Observation", **{**base, **kept, **quantity, **more})


def bundle(*resources: dict[str, Any], kind: str = "collection") -> bytes:
    """Return a Bundle as bytes."""
    entries = [{"fullUrl": f"urn:uuid:{one.get('id', '')}", "resource": one} for one in resources]
    return orjson.dumps({"resourceType": "Bundle", "type": kind, "entry": entries})


def ndjson(*resources: dict[str, Any]) -> bytes:
    """Return lines of JSON."""
    return b"\n".join(orjson.dumps(one) for one in resources)


def gzipped(data: bytes) -> bytes:
    """Return bytes in gzip."""
    return gzip.compress(data, mtime=0)


def read(*resources: dict[str, Any]) -> ReadSet:
    """Read one Bundle of a person and these resources."""
    return read_contents([("file.json", bundle(patient(), *resources))])


def facts_from(*resources: dict[str, Any]) -> tuple[Fact, ...]:
    """Return the facts of these resources, without those of the Patient."""
    (record,) = read(*resources).patients
    return tuple(fact for fact in record.facts if not fact.origin.ref.startswith("Patient/"))


def refusal(*files: bytes) -> str:
    """Return the messages of a set that must be refused."""
    result = read_contents([(f"file{number}", data) for number, data in enumerate(files)])
    assert result.report.is_refused and result.patients == ()
    return " ".join(file.message for file in result.report.files)
