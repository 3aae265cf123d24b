"""What monitors send, for tests: FHIR Observations, and HL7 v2 messages."""

from typing import Any

AT = "2026-03-02T10:05:00+01:00"


def part(code: str, value: float, unit: str) -> dict[str, Any]:
    """Return one value with its LOINC code and UCUM unit."""
    quantity = {"value": value, "unit": unit, "code": unit, "system": "http://unitsofmeasure.org"}
    return {"code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "valueQuantity": quantity}


def observation(code: str, **more: Any) -> dict[str, Any]:
    """Return an Observation of vital signs."""
    category = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [category]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": AT,
        **more,
    }


def pressure(systolic: float, diastolic: float, *, panel: str = "85354-9", **more: Any) -> dict[str, Any]:
    """Return a blood pressure panel."""
    parts = [part("8480-6", systolic, "mm[Hg]"), part("8462-4", diastolic, "mm[Hg]")]
    return observation(panel, component=parts, **more)


def heart_rate(value: float, **more: Any) -> dict[str, Any]:
    """Return a heart rate."""
    measured = {"valueQuantity": part("8867-4", value, "/min")["valueQuantity"]}
    return observation("8867-4", **{**measured, **more})
