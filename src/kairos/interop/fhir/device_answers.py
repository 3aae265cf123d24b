"""What a device gets back: the Observation that was kept, or an OperationOutcome that says what is wrong."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.device_readings import READ_AS
from kairos.vocab.errors import Problem

_LOINC, _UCUM = "http://loinc.org", "http://unitsofmeasure.org"
_CODES = {
    "systolic": ("8480-6", "mm[Hg]"),
    "diastolic": ("8462-4", "mm[Hg]"),
    "heart_rate": ("8867-4", "/min"),
    "oxygen": ("59408-5", "%"),
    "breathing": ("9279-1", "/min"),
}
_PANEL = "85353-1"


def kept_observation(
    reading_id: UUID, values: Mapping[str, float], *, device: str, device_at: datetime, identifier: str
) -> dict[str, Any]:
    """Return a reading as it was kept, as a vital signs panel."""
    category = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}
    resource: dict[str, Any] = {
        "resourceType": "Observation",
        "id": str(reading_id),
        "status": "final",
        "category": [{"coding": [category]}],
        "code": {"coding": [{"system": _LOINC, "code": _PANEL}]},
        "effectiveDateTime": device_at.isoformat(),
        "device": {"display": device},
        "component": [_part(name, values[name]) for name in READ_AS.values() if name in values],
    }
    if identifier:
        system, _, value = identifier.partition("|")
        resource["identifier"] = [{"system": system, "value": value} if system else {"value": value}]
    return resource


def outcome(code: str, told: Iterable[Problem]) -> dict[str, Any]:
    """Return an OperationOutcome: one issue for each fault, with the place, the value and the limit."""
    return {"resourceType": "OperationOutcome", "issue": [_issue(code, problem) for problem in told]}


def with_value(problem: Problem, values: Mapping[str, float]) -> Problem:
    """Return a fault that names the value beside the limit."""
    unit = _CODES.get(problem.field, ("", ""))[1]
    if values.get(problem.field) is None:
        return problem
    return Problem(problem.field, f"{values[problem.field]:g} {unit} was sent; it {problem.message}")


def _issue(code: str, problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {"severity": "error", "code": code, "diagnostics": str(problem).strip(": ")}
    if problem.field:
        issue["expression"] = [problem.field if "." in problem.field else f"Observation.{problem.field}"]
    return issue


def _part(name: str, value: float) -> dict[str, Any]:
    code, unit = _CODES[name]
    quantity = {"value": value, "unit": unit, "system": _UCUM, "code": unit}
    return {"code": {"coding": [{"system": _LOINC, "code": code}]}, "valueQuantity": quantity}
