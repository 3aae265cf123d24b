"""Messages between a patient and the team; what was written is closed under the person's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.messages import MessageReading as ReadingRecord
from kairos.store.records.messages import PatientMessage as MessageRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.repositories.rows import to_values
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class PatientMessage:
    """One message of a thread. ``due_at`` is by when a patient's message is answered."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    thread: UUID
    kind: str
    is_urgent: bool
    is_from_patient: bool
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageReading:
    """That somebody opened a message of the other side."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    message_id: UUID
    by: UUID
    true_at: datetime


def add_message(scope: Scope, message: PatientMessage) -> None:
    """Keep a message."""
    add(MessageRecord, scope, message)


def add_reading(scope: Scope, reading: MessageReading) -> None:
    """Keep that somebody opened a message."""
    add(ReadingRecord, scope, reading)


def thread_of(scope: Scope, thread: UUID) -> tuple[PatientMessage, ...]:
    """Return the messages of a thread in their order; none where it is not there or not within the scope."""
    rows = within(MessageRecord.objects.filter(thread=thread), scope)
    return values_of(PatientMessage, rows.order_by("recorded_at", "id"))


def thread_with(scope: Scope, message_id: UUID) -> tuple[PatientMessage, ...]:
    """Return the thread that a message belongs to, in its order; none where it is not there."""
    row = within(MessageRecord.objects.filter(id=message_id), scope).first()
    return thread_of(scope, row.thread) if row else ()


def messages_of(scope: Scope, person_id: UUID) -> tuple[PatientMessage, ...]:
    """Return all messages of a person and the team, in their order."""
    rows = within(MessageRecord.objects.filter(person_id=person_id), scope)
    return values_of(PatientMessage, rows.order_by("recorded_at", "id"))


def readings_of(scope: Scope, thread: UUID) -> tuple[MessageReading, ...]:
    """Return who opened which message of a thread, in the order of it."""
    rows = within(ReadingRecord.objects.filter(message__thread=thread), scope)
    return to_values(MessageReading, rows.order_by("recorded_at", "id"))


def count_unread(scope: Scope, person_id: UUID) -> int:
    """Return how many messages of the team a patient has not opened yet."""
    rows = MessageRecord.objects.filter(person_id=person_id, is_from_patient=False)
    return within(rows.filter(readings__isnull=True), scope).count()
