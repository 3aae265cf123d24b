"""What the context of each published hook holds."""

import re

from kairos.interop.cds_hooks.resources import bundle_of, resource
from kairos.interop.cds_hooks.shapes import (
    Shape,
    array_of,
    fhir_id,
    optional,
    reference,
    required,
    shaped,
    written_as,
)

_user = written_as(
    re.compile(r"(Practitioner|PractitionerRole|Patient|RelatedPerson|Organization)/[A-Za-z0-9\-.]{1,64}"),
    "a user like Practitioner/1, PractitionerRole/1, Patient/1 or RelatedPerson/1",
)
_ORDERS = (
    "CommunicationRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder", "RequestGroup",
    "ServiceRequest", "SupplyRequest", "Task", "VisionPrescription",
)  # fmt: skip
_WHO: Shape = {
    "userId": required(_user),
    "patientId": required(fhir_id),
    "encounterId": optional(fhir_id),
}
_AT_ENCOUNTER: Shape = {**_WHO, "encounterId": required(fhir_id)}
_DRAFTS = required(bundle_of(*_ORDERS))
_SELECTIONS = required(array_of(reference, may_be_empty=True), is_readable=True)

CONTEXTS: dict[str, Shape] = {
    "patient-view": _WHO,
    "order-select": {**_WHO, "selections": _SELECTIONS, "draftOrders": _DRAFTS},
    "order-sign": {**_WHO, "draftOrders": _DRAFTS},
    "appointment-book": {**_WHO, "appointments": required(bundle_of("Appointment"))},
    "encounter-start": _AT_ENCOUNTER,
    "encounter-discharge": _AT_ENCOUNTER,
    "order-dispatch": {
        "patientId": required(fhir_id),
        "userId": optional(_user),
        "order": optional(reference),
        "dispatchedOrders": optional(array_of(reference)),
        "performer": required(reference),
        "task": optional(resource),
        "fulfillmentTasks": optional(array_of(resource)),
    },
    "allergyintolerance-create": {**_WHO, "allergyIntolerance": required(resource)},
    "problem-list-item-create": {**_WHO, "conditions": required(bundle_of("Condition"))},
    "medication-refill": {
        **_WHO,
        "userId": optional(_user),
        "medications": required(bundle_of("MedicationRequest")),
    },
}

context_of = {hook: shaped(shape) for hook, shape in CONTEXTS.items()}
