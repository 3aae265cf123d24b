"""Complaints. The database shows one to the patient who made it and to its readers alone: ask as somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.complaints import Complaint as ComplaintRecord
from kairos.store.records.complaints import ComplaintAnswer as AnswerRecord
from kairos.store.records.complaints import ComplaintContact as ContactRecord
from kairos.store.records.complaints import ComplaintReader as ReaderRecord
from kairos.store.records.streams import StreamEvent as EventRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint; ``words`` hold what was written. Without an addressee nobody outside was found yet."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    words: Mapping[str, Any]
    addressee: UUID | None
    due_at: datetime
    made_by: UUID
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read one complaint."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    complaint_id: UUID
    user_id: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    complaint_id: UUID
    words: Mapping[str, Any]
    answered_by: UUID
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the programme named; without a user: that nobody outside was found."""

    id: UUID
    programme_id: UUID
    user_id: UUID | None
    by: UUID | None
    true_at: datetime


def add_complaint(scope: Scope, complaint: Complaint) -> None:
    """Keep a complaint."""
    add(ComplaintRecord, scope, complaint)


def add_reader(scope: Scope, reader: Reader) -> None:
    """Let somebody read a complaint."""
    add(ReaderRecord, scope, reader)


def readers_of(scope: Scope, complaint_id: UUID) -> tuple[Reader, ...]:
    """Return who may read a complaint, as far as whoever asks may see it."""
    rows = within(ReaderRecord.objects.filter(complaint_id=complaint_id), scope)
    return values_of(Reader, rows.order_by("recorded_at", "id"))


def find_complaint(scope: Scope, complaint_id: UUID) -> Complaint:
    """Return a complaint.

    Raises
    ------
    Missing    not there, or not for whoever asks
    """
    rows = within(ComplaintRecord.objects.filter(id=complaint_id), scope)
    return value_of(Complaint, the_only(rows, "this complaint"))


def complaints_for(scope: Scope) -> tuple[Complaint, ...]:
    """Return every complaint that whoever asks may see, the newest first."""
    return values_of(Complaint, within(ComplaintRecord.objects.all(), scope).order_by("-recorded_at", "-id"))


def count_waiting(scope: Scope) -> int:
    """Return how many complaints that whoever asks may see have no answer."""
    return within(ComplaintRecord.objects.filter(answer__isnull=True), scope).count()


def add_answer(scope: Scope, answer: Answer) -> None:
    """Keep an answer."""
    add(AnswerRecord, scope, answer)


def answers_to(scope: Scope, complaint_ids: set[UUID]) -> dict[UUID, Answer]:
    """Return the answers, by complaint."""
    rows = within(AnswerRecord.objects.filter(complaint_id__in=complaint_ids), scope)
    return {each.complaint_id: each for each in values_of(Answer, rows)}


def name_contact(scope: Scope, contact: Contact) -> None:
    """Keep whom a programme names, or that nobody outside was found."""
    check_within(scope, contact.programme_id, scope.patient_id)
    ContactRecord.objects.create(**to_columns(contact))


def contacts_of(scope: Scope, programme_id: UUID) -> tuple[Contact, ...]:
    """Return what was said of the contact, in its order."""
    check_within(scope, programme_id, scope.patient_id)
    rows = ContactRecord.objects.filter(programme_id=programme_id).order_by("recorded_at", "id")
    return to_values(Contact, rows)


def wrote_in_sessions_of(scope: Scope, person_id: UUID) -> set[UUID]:
    """Return everybody who wrote an entry in a session of this person."""
    rows = within(EventRecord.objects.filter(person_id=person_id), scope)
    return set(rows.values_list("by", flat=True).distinct())
