"""Who acts: roles, permissions, the scope a person works in. Deny by default."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import NotAllowed


class Role(StrEnum):
    """The parts people play in a programme."""

    PATIENT = "patient"
    SUPPORT_PERSON = "support_person"
    CLINICIAN = "clinician"
    NURSE = "nurse"
    THERAPIST = "therapist"
    COACH = "coach"
    COORDINATOR = "coordinator"
    PHARMACIST = "pharmacist"
    MEDICAL_DIRECTOR = "medical_director"
    PROGRAMME_LEAD = "programme_lead"
    CONTENT_EDITOR = "content_editor"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What may be done. Every route and every action names exactly one."""

    SEE_BOARD = "see_board"
    SEE_PEOPLE = "see_people"
    SEE_CHART = "see_chart"
    SEE_ORIGINAL = "see_original"
    SEE_INBOX = "see_inbox"
    SEE_AUDIT = "see_audit"
    SEE_PROGRAMME = "see_programme"
    SEE_CONTENT = "see_content"
    SEE_OWN_RECORD = "see_own_record"
    MANAGE_ACCOUNTS = "manage_accounts"
    USE_SCREEN = "use_screen"
    IMPORT_RECORD = "import_record"
    JOIN_RECORDS = "join_records"
    ANSWER_SCREENING = "answer_screening"
    SIGN_ELIGIBILITY = "sign_eligibility"
    TAKE_CONSENT = "take_consent"
    GIVE_CONSENT = "give_consent"
    SIGN_OWN_CONSENT = "sign_own_consent"
    PLAN_COURSE = "plan_course"
    END_COURSE = "end_course"
    PLACE_ORDER = "place_order"
    VERIFY_ORDER = "verify_order"
    RUN_SESSION = "run_session"
    CONTROL_INFUSION = "control_infusion"
    RELEASE_PATIENT = "release_patient"
    OVERRIDE_RELEASE = "override_release"
    TAKE_ALARM = "take_alarm"
    TAKE_TASK = "take_task"
    SEND_QUESTIONNAIRE = "send_questionnaire"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    KEEP_MEDICINES = "keep_medicines"
    PLAN_MEDICINES = "plan_medicines"
    CONFIRM_CODES = "confirm_codes"
    ERASE_PERSON = "erase_person"
    SIGN_CONTENT = "sign_content"
    OBJECT_TO_FINDING = "object_to_finding"
    NOTE_ARRIVAL = "note_arrival"
    SEE_STOCK = "see_stock"
    KEEP_STOCK = "keep_stock"
    REVIEW_STOCK = "review_stock"
    SIGN_MONITORING_FORM = "sign_monitoring_form"
    KEEP_REMS = "keep_rems"
    KEEP_READINESS = "keep_readiness"
    HOLD_THERAPY = "hold_therapy"
    NARROW_TOUCH = "narrow_touch"
    COMPLAIN = "complain"
    ANSWER_COMPLAINT = "answer_complaint"
    REPORT_INCIDENT = "report_incident"
    REVIEW_INCIDENT = "review_incident"
    REVIEW_ADVERSE_EVENT = "review_adverse_event"
    SWITCH_HOME = "switch_home"
    PREPARE_HOME = "prepare_home"
    CHECK_IN = "check_in"
    KEEP_ON_CALL = "keep_on_call"
    INTEGRATE = "integrate"
    HOLD_CHECK_IN = "hold_check_in"
    WRITE_TO_TEAM = "write_to_team"
    PREPARE_SESSION = "prepare_session"
    KEEP_JOURNAL = "keep_journal"


_CARE_TEAM = frozenset({Role.CLINICIAN, Role.NURSE, Role.MEDICAL_DIRECTOR})
_SEES_PATIENTS = _CARE_TEAM | {Role.THERAPIST, Role.COACH}
_PRESCRIBES = frozenset({Role.CLINICIAN, Role.MEDICAL_DIRECTOR})

GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.SEE_BOARD: _SEES_PATIENTS | {Role.COORDINATOR, Role.PROGRAMME_LEAD},
    Permission.SEE_PEOPLE: _SEES_PATIENTS | {Role.COORDINATOR, Role.PHARMACIST, Role.PROGRAMME_LEAD},
    Permission.SEE_CHART: _SEES_PATIENTS | {Role.PHARMACIST},
    Permission.SEE_ORIGINAL: _CARE_TEAM,
    Permission.SEE_INBOX: _SEES_PATIENTS | {Role.COORDINATOR, Role.PHARMACIST, Role.PROGRAMME_LEAD},
    Permission.SEE_AUDIT: frozenset({Role.AUDITOR, Role.PROGRAMME_LEAD}),
    Permission.SEE_PROGRAMME: frozenset({Role.PROGRAMME_LEAD, Role.MEDICAL_DIRECTOR, Role.AUDITOR}),
    Permission.SEE_CONTENT: frozenset(Role) - {Role.PATIENT, Role.SUPPORT_PERSON},
    Permission.SEE_OWN_RECORD: frozenset({Role.PATIENT}),
    Permission.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Permission.USE_SCREEN: frozenset(Role),
    Permission.IMPORT_RECORD: _CARE_TEAM | {Role.COORDINATOR},
    Permission.JOIN_RECORDS: _CARE_TEAM | {Role.COORDINATOR},
    Permission.ANSWER_SCREENING: _CARE_TEAM,
    Permission.SIGN_ELIGIBILITY: _PRESCRIBES,
    Permission.TAKE_CONSENT: _CARE_TEAM,
    Permission.GIVE_CONSENT: _CARE_TEAM | {Role.PATIENT},
    Permission.SIGN_OWN_CONSENT: frozenset({Role.PATIENT}),
    Permission.PLAN_COURSE: _PRESCRIBES | {Role.COORDINATOR},
    Permission.END_COURSE: _PRESCRIBES,
    Permission.PLACE_ORDER: _PRESCRIBES,
    Permission.VERIFY_ORDER: _CARE_TEAM | {Role.PHARMACIST},
    Permission.RUN_SESSION: _CARE_TEAM,
    Permission.CONTROL_INFUSION: _CARE_TEAM,
    Permission.RELEASE_PATIENT: _CARE_TEAM,
    Permission.OVERRIDE_RELEASE: _PRESCRIBES,
    Permission.TAKE_ALARM: _CARE_TEAM,
    Permission.TAKE_TASK: _SEES_PATIENTS | {Role.COORDINATOR, Role.PHARMACIST},
    Permission.SEND_QUESTIONNAIRE: _SEES_PATIENTS | {Role.COORDINATOR},
    Permission.ANSWER_QUESTIONNAIRE: frozenset({Role.PATIENT}),
    Permission.KEEP_MEDICINES: _CARE_TEAM | {Role.PHARMACIST},
    Permission.PLAN_MEDICINES: _PRESCRIBES,
    Permission.CONFIRM_CODES: _PRESCRIBES | {Role.PHARMACIST},
    Permission.ERASE_PERSON: frozenset({Role.MEDICAL_DIRECTOR, Role.PROGRAMME_LEAD}),
    Permission.SIGN_CONTENT: frozenset({Role.MEDICAL_DIRECTOR}),
    Permission.OBJECT_TO_FINDING: frozenset({Role.PATIENT}),
    Permission.NOTE_ARRIVAL: _CARE_TEAM | {Role.COORDINATOR},
    Permission.SEE_STOCK: _CARE_TEAM | {Role.PHARMACIST, Role.PROGRAMME_LEAD, Role.AUDITOR},
    Permission.KEEP_STOCK: _CARE_TEAM | {Role.PHARMACIST},
    Permission.REVIEW_STOCK: frozenset({Role.PHARMACIST, Role.MEDICAL_DIRECTOR, Role.PROGRAMME_LEAD}),
    Permission.SIGN_MONITORING_FORM: _CARE_TEAM,
    Permission.KEEP_REMS: _CARE_TEAM | {Role.PROGRAMME_LEAD},
    Permission.KEEP_READINESS: frozenset({Role.PROGRAMME_LEAD, Role.MEDICAL_DIRECTOR}),
    Permission.HOLD_THERAPY: _PRESCRIBES | {Role.THERAPIST, Role.COACH},
    Permission.NARROW_TOUCH: _CARE_TEAM | {Role.THERAPIST, Role.PATIENT},
    Permission.COMPLAIN: frozenset({Role.PATIENT}),
    Permission.ANSWER_COMPLAINT: frozenset({Role.PROGRAMME_LEAD, Role.AUDITOR}),
    Permission.REPORT_INCIDENT: frozenset(Role) - {Role.PATIENT, Role.SUPPORT_PERSON},
    Permission.REVIEW_INCIDENT: frozenset({Role.PROGRAMME_LEAD, Role.MEDICAL_DIRECTOR}),
    Permission.REVIEW_ADVERSE_EVENT: _PRESCRIBES,
    Permission.SWITCH_HOME: frozenset({Role.MEDICAL_DIRECTOR}),
    Permission.PREPARE_HOME: _CARE_TEAM | {Role.COORDINATOR, Role.PATIENT},
    Permission.CHECK_IN: _CARE_TEAM | {Role.PATIENT, Role.SUPPORT_PERSON},
    Permission.WRITE_TO_TEAM: frozenset({Role.PATIENT}),
    Permission.KEEP_ON_CALL: frozenset({Role.COORDINATOR, Role.MEDICAL_DIRECTOR, Role.PROGRAMME_LEAD}),
    Permission.INTEGRATE: frozenset({Role.PATIENT}),
    Permission.HOLD_CHECK_IN: _PRESCRIBES,
    Permission.PREPARE_SESSION: frozenset({Role.PATIENT}),
    Permission.KEEP_JOURNAL: frozenset({Role.PATIENT}),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be touched: one organisation and the programmes within it, never more.

    ``patient_id`` is set where a patient, or a link of theirs, acts: then only that patient's rows.
    """

    organisation_id: UUID
    programme_ids: frozenset[UUID] = field(default_factory=frozenset)
    patient_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or one of our own processes, who acts. ``id`` is a user's, a link's or a process's."""

    id: UUID
    roles: frozenset[Role]
    scope: Scope
    name: str = ""
    is_system: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles grants the permission. Our own processes may do what jobs must."""
        return self.is_system or not self.roles.isdisjoint(GRANTS[permission])

    def check_may(self, permission: Permission) -> None:
        """Refuse, naming the permission and who has it.

        Raises
        ------
        NotAllowed
        """
        if not self.may(permission):
            holders = ", ".join(sorted(role.replace("_", " ") for role in GRANTS[permission]))
            raise NotAllowed(f"{permission.replace('_', ' ')} is done by: {holders}; ask one of them")
