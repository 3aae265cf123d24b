"""Everything that is kept of one person: one walk over the tables that have a person.

A table with a person stands in ``EXPORTED`` or, with its reason, in ``LEFT_OUT``; ``tests/house`` fails where
one stands in neither, so that nothing new is forgotten when somebody takes their record away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import models

from kairos.store.records.audit import Xid8
from kairos.store.repositories.patient_rows import purpose_of
from kairos.store.scope import within
from kairos.store.vault import PersonKey, key_of
from kairos.vocab.people import Scope

EXPORTED = (
    *("PersonIdentity", "PersonIdentityEvent", "Enrolment", "EnrolmentEvent", "Membership"),
    *("MembershipEvent", "Fact", "OriginalRecord", "RecordEntry", "SupersededEntry"),
    *("Screening", "EligibilityDecision", "MedicinePlan", "ConsentSignature", "ConsentWithdrawal"),
    *("Course", "CourseEvent", "PlannedSession", "PlannedSessionEvent", "ArrivalNote"),
    *("AppointmentDuty", "DoseOrder", "DoseOrderVerification", "DoseOrderInvalidation"),
    *("PharmacyReference", "Stream", "StreamEvent", "Alarm", "MonitoringForm", "FormSending"),
    *("RemsEnrolment", "HomeStatement", "PhoneContact", "QuestionnaireDraft"),
    *("QuestionnaireResponse", "Score", "OneTapLink", "TherapyMeeting", "TherapyNote"),
    *("TherapyAnswer", "TraumaCare", "TouchStatement", "AdverseEvent", "AdverseEventReview"),
    *("Task", "Complaint", "ComplaintReader", "ComplaintAnswer", "ContactWay", "Delivery"),
    *("OutboxMessage", "StoredFile", "AuditEvent"),
    *("Intention", "IntentionSharing", "PreparationStatement", "Goal", "GoalRating"),
    *("IntegrationPlan", "IntegrationStatement", "JournalShare", "JournalCopy", "FeeWaiver", "KeptSheet"),
    *("PatientMessage", "MessageReading", "CheckInAnswer"),
)
"""The tables of a whole record, by the names of their records, in reading order."""
LEFT_OUT: Mapping[str, str] = {
    "PersonKey": "the key under which the record is kept; the export is what it opens",
    "JoinProposal": "names another person who may be the same one",
    "Deadline": "when Kairos looks again; what it looks at is a task, an alarm or a message, all exported",
    "JournalKey": "opens the journal, which the patient takes away on its own page",
    "JournalEntry": "closed with a key that only the patient has; taken away on its own page",
    "SessionSummary": "counted from the entries of the session, which are exported",
}
"""Tables about a person that are not exported, each with its reason."""
CLOSED: Mapping[str, str] = {
    "digest": "a digest, which tells nothing by itself",
    "resource_key": "a digest, which tells nothing by itself",
    "source_key": "a digest, which tells nothing by itself",
    "token_digest": "the digest of a link's token",
    "sealed": "given as a file",
    "sealed_file_name": "given as a file",
    "name": "given as a file",
    "content": "given as a file",
}
"""Columns of bytes that are not in the tables, each with its reason; ``words`` are opened."""
_SAME = frozenset({"person_id", "programme_id", "pgh_obj_id", "pgh_context_id"})
_PURPOSES: Mapping[str, str] = {"StreamEvent": "event", "ContactWay": "contact"}
_NO_TEXT = (models.BinaryField, Xid8)
_FILES: Mapping[str, tuple[str, str, Callable[[Any], str]]] = {
    "OriginalRecord": ("sealed_file_name", "sealed", lambda row: purpose_of(type(row), row.id)),
    "StoredFile": ("name", "content", lambda row: f"file/{row.id}"),
}


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One table of a record: its name, its columns, its rows in the order they were kept."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of a record, as it came."""

    id: UUID
    name: str
    media_type: str
    content: bytes


def tables_with_a_person() -> dict[str, type[models.Model]]:
    """Return every table of the store that has a person, by the name of its record."""
    found = apps.get_app_config("store").get_models(include_auto_created=True)
    return {one.__name__: one for one in found if _has_person(one)}


def _has_person(record: type[models.Model]) -> bool:
    return any(getattr(field, "attname", "") == "person_id" for field in record._meta.concrete_fields)


def tables_of(scope: Scope, person_id: UUID) -> tuple[RecordTable, ...]:
    """Return every exported table of a person with what is in it; empty ones too."""
    known, key = tables_with_a_person(), key_of(person_id)
    return tuple(_table(known[name], scope, person_id, key) for name in EXPORTED)


def files_of(scope: Scope, person_id: UUID) -> tuple[RecordFile, ...]:
    """Return the originals and the files of a person, opened."""
    known, key = tables_with_a_person(), key_of(person_id)
    return tuple(
        _file(row, key, *columns)
        for name, columns in _FILES.items()
        for row in _rows(known[name], scope, person_id)
    )


def _file(row: Any, key: PersonKey, name: str, content: str, purpose: Callable[[Any], str]) -> RecordFile:
    said = key.open(getattr(row, name), f"file-name/{row.id}").decode()
    return RecordFile(row.id, said, row.media_type, key.open(getattr(row, content), purpose(row)))


def _rows(record: type[models.Model], scope: Scope, person_id: UUID) -> "models.QuerySet[Any]":
    names = {field.attname for field in record._meta.concrete_fields}
    rows = record._default_manager.filter(person_id=person_id)
    rows = within(rows, scope) if "programme_id" in names else rows
    order = next((name for name in ("pgh_created_at", "recorded_at") if name in names), "pk")
    return rows.order_by(order, "pk")


def _table(record: type[models.Model], scope: Scope, person_id: UUID, key: PersonKey) -> RecordTable:
    fields = record._meta.concrete_fields
    plain = [one.attname for one in fields if one.attname not in _SAME and not isinstance(one, _NO_TEXT)]
    rows = [(row, _words(row, key)) for row in _rows(record, scope, person_id)]
    said = list(dict.fromkeys(name for _, words in rows for name in words))
    told = tuple(
        (*(_flat(getattr(row, name)) for name in plain), *(_flat(words.get(name)) for name in said))
        for row, words in rows
    )
    return RecordTable(record.__name__, (*plain, *(f"words.{name}" for name in said)), told)


def _words(row: Any, key: PersonKey) -> dict[str, Any]:
    closed = getattr(row, "words", None)
    if not closed:
        return {}
    kind = _PURPOSES.get(type(row).__name__)
    return key.open_words(closed, f"{kind}/{row.id}" if kind else purpose_of(type(row), row.id))


def _flat(value: object) -> object:
    return msgspec.json.encode(value).decode() if isinstance(value, dict | list) else value
