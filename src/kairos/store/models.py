"""Re-exports the records, so that Django finds them. Nothing else may import this module."""

from kairos.store.records.accounts import Membership, User
from kairos.store.records.audit import AuditBlock, AuditEvent, AuditLink
from kairos.store.records.cds import CardFeedback, CdsClient, GivenCard
from kairos.store.records.complaints import Complaint, ComplaintAnswer, ComplaintContact, ComplaintReader
from kairos.store.records.consents import ConsentDocument, ConsentSignature, ConsentWithdrawal
from kairos.store.records.content import (
    ContentRelease,
    ContentReview,
    ContentSignature,
    OwnProtocol,
    ProgrammeValue,
)
from kairos.store.records.courses import (
    Course,
    DoseOrder,
    DoseOrderInvalidation,
    DoseOrderVerification,
    PlannedSession,
)
from kairos.store.records.days import AppointmentDuty, ArrivalNote, ClinicDayEntry, ReadinessStatement
from kairos.store.records.devices import Device, DeviceReading, DeviceReadingEnd
from kairos.store.records.eligibility import EligibilityDecision, Screening
from kairos.store.records.forms import FormSending, MonitoringForm
from kairos.store.records.home import HomeStatement, HomeSwitch, PhoneContact
from kairos.store.records.integration import CoachingHour, IntegrationPlan, IntegrationStatement
from kairos.store.records.journal import JournalCopy, JournalEntry, JournalKey, JournalShare
from kairos.store.records.kernel import Command, SharedValue, StoredFile
from kairos.store.records.medicines import DrugCodeConfirmation, MedicinePlan
from kairos.store.records.messages import CheckInAnswer, MessageReading, PatientMessage
from kairos.store.records.on_call import OnCallDuty, OnCallWithdrawal
from kairos.store.records.organisations import Organisation, Place, Programme, Site
from kairos.store.records.originals import (
    Fact,
    ImportRun,
    JoinProposal,
    OriginalRecord,
    RecordEntry,
    SupersededEntry,
)
from kairos.store.records.people import Enrolment, Person, PersonIdentity, PersonKey
from kairos.store.records.preparation import (
    Goal,
    GoalRating,
    Intention,
    IntentionSharing,
    PreparationStatement,
)
from kairos.store.records.published import Credential, FeeWaiver, KeptSheet, Publication
from kairos.store.records.questionnaires import (
    KnownQuestionnaire,
    OneTapLink,
    QuestionnaireDraft,
    QuestionnaireResponse,
    Score,
)
from kairos.store.records.reaching import ContactWay, Delivery
from kairos.store.records.rems import RemsEnrolment, SiteCertification
from kairos.store.records.safety import (
    AdverseEvent,
    AdverseEventReview,
    Incident,
    IncidentReview,
    StandingOrder,
    StandingOrderEnd,
)
from kairos.store.records.stock import (
    PharmacyReference,
    StockCount,
    StockDiscrepancy,
    StockDiscrepancyReview,
    StockEntry,
    StockInventory,
    StockKeeping,
    StockLot,
)
from kairos.store.records.streams import SessionSummary, Stream, StreamEvent
from kairos.store.records.therapy import (
    TherapyAnswer,
    TherapyMeeting,
    TherapyNote,
    TouchStatement,
    TraumaCare,
)
from kairos.store.records.work import Alarm, Deadline, OutboxMessage, Task

__all__ = [
    "AdverseEvent",
    "AdverseEventReview",
    "Alarm",
    "AppointmentDuty",
    "ArrivalNote",
    "AuditBlock",
    "AuditEvent",
    "AuditLink",
    "CardFeedback",
    "CdsClient",
    "CheckInAnswer",
    "ClinicDayEntry",
    "CoachingHour",
    "Command",
    "Complaint",
    "ComplaintAnswer",
    "ComplaintContact",
    "ComplaintReader",
    "ConsentDocument",
    "ConsentSignature",
    "ConsentWithdrawal",
    "ContactWay",
    "ContentRelease",
    "ContentReview",
    "ContentSignature",
    "Course",
    "Credential",
    "Deadline",
    "Delivery",
    "Device",
    "DeviceReading",
    "DeviceReadingEnd",
    "DoseOrder",
    "DoseOrderInvalidation",
    "DoseOrderVerification",
    "DrugCodeConfirmation",
    "EligibilityDecision",
    "Enrolment",
    "Fact",
    "FeeWaiver",
    "FormSending",
    "GivenCard",
    "Goal",
    "GoalRating",
    "HomeStatement",
    "HomeSwitch",
    "ImportRun",
    "Incident",
    "IncidentReview",
    "IntegrationPlan",
    "IntegrationStatement",
    "Intention",
    "IntentionSharing",
    "JoinProposal",
    "JournalCopy",
    "JournalEntry",
    "JournalKey",
    "JournalShare",
    "KeptSheet",
    "KnownQuestionnaire",
    "MedicinePlan",
    "Membership",
    "MessageReading",
    "MonitoringForm",
    "OnCallDuty",
    "OnCallWithdrawal",
    "OneTapLink",
    "Organisation",
    "OriginalRecord",
    "OutboxMessage",
    "OwnProtocol",
    "PatientMessage",
    "Person",
    "PersonIdentity",
    "PersonKey",
    "PharmacyReference",
    "PhoneContact",
    "Place",
    "PlannedSession",
    "PreparationStatement",
    "Programme",
    "ProgrammeValue",
    "Publication",
    "QuestionnaireDraft",
    "QuestionnaireResponse",
    "ReadinessStatement",
    "RecordEntry",
    "RemsEnrolment",
    "Score",
    "Screening",
    "SessionSummary",
    "SharedValue",
    "Site",
    "SiteCertification",
    "StandingOrder",
    "StandingOrderEnd",
    "StockCount",
    "StockDiscrepancy",
    "StockDiscrepancyReview",
    "StockEntry",
    "StockInventory",
    "StockKeeping",
    "StockLot",
    "StoredFile",
    "Stream",
    "StreamEvent",
    "SupersededEntry",
    "Task",
    "TherapyAnswer",
    "TherapyMeeting",
    "TherapyNote",
    "TouchStatement",
    "TraumaCare",
    "User",
]
