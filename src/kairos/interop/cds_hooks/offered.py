"""The services that Kairos offers to other systems: one for each hook, with what it wants to be sent."""

from typing import Any

HOOKS = ("patient-view", "order-select", "order-sign")

_OF_PATIENT = "patient={{context.patientId}}"
PREFETCH: dict[str, str] = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_OF_PATIENT}",
    "medications": f"MedicationRequest?{_OF_PATIENT}",
    "allergies": f"AllergyIntolerance?{_OF_PATIENT}",
    "vitals": f"Observation?{_OF_PATIENT}&category=vital-signs&_sort=-date&_count=100",
    "laboratory": f"Observation?{_OF_PATIENT}&category=laboratory&_sort=-date&_count=200",
    "surveys": f"Observation?{_OF_PATIENT}&category=survey&_sort=-date&_count=100",
    "procedures": f"Procedure?{_OF_PATIENT}",
}
STATED_BY: dict[str, frozenset[str]] = {
    "patient": frozenset({"Patient"}),
    "conditions": frozenset({"Condition"}),
    "medications": frozenset(
        {"MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"}
    ),
    "allergies": frozenset({"AllergyIntolerance"}),
    "vitals": frozenset({"Observation"}),
    "laboratory": frozenset({"Observation"}),
    "surveys": frozenset({"Observation"}),
    "procedures": frozenset({"Procedure"}),
}

_TITLES = {
    "patient-view": "Ketamine: a person who already has it",
    "order-select": "Ketamine: an order being chosen",
    "order-sign": "Ketamine: an order about to be signed",
}
_SAYS = "Says what speaks against {about}, and what is not known"
_ABOUT = {
    "patient-view": "ketamine or esketamine among the current medicines",
    "order-select": "a drafted order of ketamine or esketamine",
    "order-sign": "an order of ketamine or esketamine before it is signed",
}
_NEEDS = (
    "Every request carries a signed token of a registered client. Nothing is fetched: "
    "what is not sent beforehand stays unknown, and the card names it."
)


def services_document() -> dict[str, Any]:
    """Return what the discovery endpoint answers."""
    return {"services": [_service(hook) for hook in HOOKS]}


def _service(hook: str) -> dict[str, Any]:
    return {
        "hook": hook,
        "id": hook,
        "title": _TITLES[hook],
        "description": _SAYS.format(about=_ABOUT[hook]),
        "usageRequirements": _NEEDS,
        "prefetch": dict(PREFETCH),
    }
