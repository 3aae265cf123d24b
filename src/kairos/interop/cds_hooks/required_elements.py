"""What FHIR R4 does not let be missing in the resources that CDS Hooks documents carry; words of codes.

``a|b`` means one of the two.
"""

_MEDICATION = "medicationCodeableConcept|medicationReference"

REQUIRED: dict[str, tuple[str, ...]] = {
    "AllergyIntolerance": ("patient",),
    "Appointment": ("status", "participant"),
    "CarePlan": ("status", "intent", "subject"),
    "CommunicationRequest": ("status",),
    "Condition": ("subject",),
    "Coverage": ("status", "beneficiary", "payor"),
    "DeviceRequest": ("intent", "codeReference|codeCodeableConcept", "subject"),
    "DiagnosticReport": ("status", "code"),
    "Encounter": ("status", "class"),
    "Immunization": ("status", "vaccineCode", "patient", "occurrenceDateTime|occurrenceString"),
    "MedicationAdministration": ("status", _MEDICATION, "subject", "effectiveDateTime|effectivePeriod"),
    "MedicationDispense": ("status", _MEDICATION),
    "MedicationRequest": ("status", "intent", _MEDICATION, "subject"),
    "MedicationStatement": ("status", _MEDICATION, "subject"),
    "NutritionOrder": ("status", "intent", "patient", "dateTime"),
    "Observation": ("status", "code"),
    "OperationOutcome": ("issue",),
    "Procedure": ("status", "subject"),
    "QuestionnaireResponse": ("status",),
    "RiskAssessment": ("status", "subject"),
    "ServiceRequest": ("status", "intent", "subject"),
    "SupplyRequest": ("itemCodeableConcept|itemReference", "quantity"),
    "Task": ("status", "intent"),
    "VisionPrescription": ("status", "created", "patient", "dateWritten", "prescriber", "lensSpecification"),
}

_REQUEST_STATUS = ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown")
_REQUEST_INTENT = (
    "proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order",
    "instance-order", "option",
)  # fmt: skip
_MEDICATION_INTENT = tuple(word for word in _REQUEST_INTENT if word != "directive")
_GENDERS = ("male", "female", "other", "unknown")

CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "Patient": {"gender": _GENDERS},
    "MedicationRequest": {
        "status": (
            "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown",
        ),
        "intent": _MEDICATION_INTENT,
    },
    "ServiceRequest": {"status": _REQUEST_STATUS, "intent": _REQUEST_INTENT},
    "DeviceRequest": {"status": _REQUEST_STATUS, "intent": _REQUEST_INTENT},
    "NutritionOrder": {"status": _REQUEST_STATUS, "intent": _REQUEST_INTENT},
    "VisionPrescription": {"status": ("active", "cancelled", "draft", "entered-in-error")},
    "Observation": {
        "status": (
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error",
            "unknown",
        ),
    },
}  # fmt: skip
