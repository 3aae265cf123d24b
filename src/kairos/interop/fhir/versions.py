"""Which FHIR version a resource is written in: R4 is read, every other one is refused by name.

A resource seldom says its version. The signs are, in this order: ``meta`` profiles and
``fhirVersion``, types that only another version has, and elements whose shape changed.
"""

from typing import Any

from kairos.vocab.errors import InvalidInput, Problem

_R4_TYPES = frozenset(
    """
    Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse
    AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan
    CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression
    CodeSystem Communication CommunicationRequest CompartmentDefinition Composition ConceptMap Condition
    Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue
    Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport
    DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
    EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario
    ExplanationOfBenefit FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse
    HealthcareService ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation
    ImplementationGuide InsurancePlan Invoice Library Linkage List Location Measure MeasureReport Media
    Medication MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest
    MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
    MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
    MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
    MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem
    NutritionOrder Observation ObservationDefinition OperationDefinition OperationOutcome Organization
    OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition
    Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson
    RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject
    RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen
    SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid
    SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
    SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport
    TestScript ValueSet VerificationResult VisionPrescription
    """.split()
)
_OTHER_TYPES = {
    "DSTU2": "MedicationOrder DiagnosticOrder DeviceUseRequest Conformance",
    "STU3": "ProcedureRequest ReferralRequest EligibilityRequest EligibilityResponse Sequence BodySite"
    " DataElement DeviceComponent ProcessRequest ProcessResponse ServiceDefinition ExpansionProfile"
    " ImagingManifest",
    "R5": "ActorDefinition ArtifactAssessment BiologicallyDerivedProductDispense ConditionDefinition"
    " DeviceAssociation DeviceDispense DeviceUsage EncounterHistory FormularyItem GenomicStudy"
    " ImagingSelection InventoryItem InventoryReport MedicationUsage NutritionIntake Permission"
    " RequestOrchestration Requirements"
    " TestPlan Transport",
}
_VERSION_OF_TYPE = {name: version for version, names in _OTHER_TYPES.items() for name in names.split()}
_PROFILE_SIGNS = (
    ("/DSTU2/", "DSTU2"),
    ("/STU3/", "STU3"),
    ("/stu3/", "STU3"),
    ("/fhir/3.0", "STU3"),
    ("/fhir/1.0", "DSTU2"),
    ("/fhir/5.0", "R5"),
    ("/R5/", "R5"),
    ("/fhir/6.", "R6"),
)
_NUMBERS = {"0": "DSTU1", "1": "DSTU2", "3": "STU3", "5": "R5", "6": "R6"}
_Sign = tuple[str, str, tuple[type, ...]]
_SHAPES: dict[str, tuple[_Sign, ...]] = {
    "Condition": (
        ("clinicalStatus", "STU3", (str,)),
        ("verificationStatus", "STU3", (str,)),
        ("patient", "DSTU2", (dict,)),
        ("dateRecorded", "DSTU2", (str,)),
        ("abatementBoolean", "STU3", (bool,)),
    ),
    "AllergyIntolerance": (
        ("clinicalStatus", "STU3", (str,)),
        ("substance", "DSTU2", (dict,)),
        ("participant", "R5", (list,)),
    ),
    "MedicationRequest": (
        ("medication", "R5", (dict,)),
        ("context", "STU3", (dict,)),
        ("definition", "STU3", (list,)),
    ),
    "MedicationStatement": (
        ("medication", "R5", (dict,)),
        ("taken", "STU3", (str,)),
        ("wasNotTaken", "DSTU2", (bool,)),
    ),
    "MedicationAdministration": (
        ("medication", "R5", (dict,)),
        ("occurenceDateTime", "R5", (str,)),
        ("occurrenceDateTime", "R5", (str,)),
        ("notGiven", "STU3", (bool,)),
    ),
    "MedicationDispense": (("medication", "R5", (dict,)), ("notDone", "STU3", (bool,))),
    "Procedure": (
        ("occurrenceDateTime", "R5", (str,)),
        ("occurrencePeriod", "R5", (dict,)),
        ("notDone", "STU3", (bool,)),
        ("context", "STU3", (dict,)),
        ("notPerformed", "DSTU2", (bool,)),
    ),
    "Encounter": (("class", "R5", (list,)), ("actualPeriod", "R5", (dict,)), ("class", "DSTU2", (str,))),
    "Observation": (
        ("context", "STU3", (dict,)),
        ("comments", "DSTU2", (str,)),
        ("related", "STU3", (list,)),
    ),
    "Patient": (("animal", "STU3", (dict,)), ("careProvider", "DSTU2", (list,))),
    "Immunization": (
        ("date", "STU3", (str,)),
        ("notGiven", "STU3", (bool,)),
        ("wasNotGiven", "DSTU2", (bool,)),
    ),
    "QuestionnaireResponse": (
        ("questionnaire", "STU3", (dict,)),
        ("context", "STU3", (dict,)),
        ("parent", "STU3", (list,)),
        ("group", "DSTU2", (dict,)),
    ),
    "Questionnaire": (
        ("group", "DSTU2", (dict,)),
        ("versionAlgorithmString", "R5", (str,)),
        ("versionAlgorithmCoding", "R5", (dict,)),
        ("copyrightLabel", "R5", (str,)),
    ),
    "DocumentReference": (("indexed", "STU3", (str,)), ("class", "STU3", (dict,))),
    "DiagnosticReport": (("context", "STU3", (dict,)), ("image", "STU3", (list,))),
}
_STU3_ITEM_KEYS = ("option", "options", "subject")
_R5_ITEM_KEYS = ("answerConstraint", "disabledDisplay")
_CONVERTED = {
    "Questionnaire": ("Questionnaire.item.option",),
    "QuestionnaireResponse": tuple(
        f"QuestionnaireResponse.{key}" for key in ("questionnaire", "context", "parent")
    ),
}
_DEEPEST_ITEM = 50
_STATED = ("the profile ", "fhirVersion ")


def is_known_type(name: str) -> bool:
    """Whether FHIR R4 has a resource of this type."""
    return name in _R4_TYPES


def check_version(file: str, place: str, resource: dict[str, Any]) -> None:
    """Refuse a resource that shows a sign of another FHIR version.

    Questionnaires and responses of STU3 pass where all that is of STU3 in them can be converted
    (``questionnaires/stu3.py``).

    Raises
    ------
    InvalidInput    names file, place, version and the sign
    """
    for version, sign in _signs(resource):
        if version == "STU3" and _is_converted(str(resource.get("resourceType")), sign):
            continue
        raise InvalidInput(
            Problem(
                file,
                f"{place}: this is FHIR {version}, seen by {sign}; only R4 is read: convert it first",
            )
        )


def _is_converted(kind: str, sign: str) -> bool:
    return kind in _CONVERTED and (sign in _CONVERTED[kind] or sign.startswith(_STATED))


def _signs(resource: dict[str, Any]) -> list[tuple[str, str]]:
    kind = str(resource.get("resourceType"))
    signs = _stated(resource)
    if kind in _VERSION_OF_TYPE:
        signs.append((_VERSION_OF_TYPE[kind], f"the resource type {kind}"))
    signs += [
        (version, f"{kind}.{key}")
        for key, version, types in _SHAPES.get(kind, ())
        if isinstance(resource.get(key), types)
    ]
    if kind == "Questionnaire" and _has_item(resource.get("item"), _R5_ITEM_KEYS, "coding"):
        signs.append(("R5", "Questionnaire.item"))
    if kind == "Questionnaire" and _has_item(resource.get("item"), _STU3_ITEM_KEYS):
        signs.append(("STU3", "Questionnaire.item.option"))
    if kind == "QuestionnaireResponse" and _has_item(resource.get("item"), _STU3_ITEM_KEYS):
        signs.append(("STU3", "QuestionnaireResponse.item.subject"))
    return signs


def _stated(resource: dict[str, Any]) -> list[tuple[str, str]]:
    meta = resource.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    number = str(meta.get("fhirVersion") or resource.get("fhirVersion") or "")
    signs = [(_NUMBERS[number[0]], "fhirVersion " + number[:10])] if number[:1] in _NUMBERS else []
    profiles = meta.get("profile")
    for profile in profiles if isinstance(profiles, list) else []:
        signs += [
            (v, f"the profile {str(profile)[:120]}") for mark, v in _PROFILE_SIGNS if mark in str(profile)
        ]
    return signs


def _has_item(items: object, keys: tuple[str, ...], kind: str = "", depth: int = 0) -> bool:
    """Whether an item, at any depth that is read, has one of these elements or is of this type."""
    if not isinstance(items, list) or depth > _DEEPEST_ITEM:
        return False
    return any(
        isinstance(item, dict)
        and (
            any(key in item for key in keys)
            or bool(kind and item.get("type") == kind)
            or _has_item(item.get("item"), keys, kind, depth + 1)
        )
        for item in items
    )
