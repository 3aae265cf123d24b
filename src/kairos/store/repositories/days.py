"""The clinic's day: opened, closed, and who came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.clinic_day import DayState
from kairos.store.records.days import AppointmentDuty as DutyRecord
from kairos.store.records.days import ArrivalNote as ArrivalRecord
from kairos.store.records.days import ClinicDayEntry as EntryRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class DayEntry:
    """That a site's day was opened or closed; ``details`` are codes and ids."""

    id: UUID
    programme_id: UUID
    site_id: UUID
    on: date
    state: str
    by: UUID
    true_at: datetime
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ArrivalNote:
    """Who came to which appointment, as a code."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    planned_session_id: UUID
    arrival: str
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class AppointmentDuty:
    """Who is to do what at an appointment; nobody, where somebody was taken off it."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    planned_session_id: UUID
    duty: str
    who: UUID | None
    by: UUID
    true_at: datetime


def add_entry(scope: Scope, entry: DayEntry) -> None:
    """Keep that a day was opened or closed."""
    check_within(scope, entry.programme_id, scope.patient_id)
    EntryRecord.objects.create(**to_columns(entry) | {"details": dict(entry.details)})


def newest_entry(scope: Scope, site_id: UUID, on: date) -> DayEntry | None:
    """Return what holds of a site's day; None where it was never opened."""
    rows = within(EntryRecord.objects.filter(site_id=site_id, on=on), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return to_value(DayEntry, row) if row else None


def state_of(scope: Scope, site_id: UUID, on: date) -> DayState:
    """Return where a site's day stands."""
    entry = newest_entry(scope, site_id, on)
    return DayState(entry.state) if entry else DayState.NOT_OPENED


def note_arrival(scope: Scope, note: ArrivalNote) -> None:
    """Keep who came."""
    check_within(scope, note.programme_id, note.person_id)
    ArrivalRecord.objects.create(**to_columns(note))


def arrivals_of(scope: Scope, planned_session_ids: Iterable[UUID]) -> dict[UUID, ArrivalNote]:
    """Return the newest note of each appointment that has one."""
    rows = within(ArrivalRecord.objects.filter(planned_session_id__in=set(planned_session_ids)), scope)
    notes = to_values(ArrivalNote, rows.order_by("recorded_at", "id"))
    return {each.planned_session_id: each for each in notes}


def add_duty(scope: Scope, duty: AppointmentDuty) -> None:
    """Keep who is to do what at an appointment."""
    check_within(scope, duty.programme_id, duty.person_id)
    DutyRecord.objects.create(**to_columns(duty))


def duties_of(scope: Scope, planned_session_ids: Iterable[UUID]) -> dict[UUID, dict[str, UUID]]:
    """Return for each appointment who holds which duty now."""
    rows = within(DutyRecord.objects.filter(planned_session_id__in=set(planned_session_ids)), scope)
    found: dict[UUID, dict[str, UUID]] = {}
    for each in to_values(AppointmentDuty, rows.order_by("recorded_at", "id")):
        held = found.setdefault(each.planned_session_id, {})
        held.pop(each.duty, None)
        if each.who is not None:
            held[each.duty] = each.who
    return found


def newest_check(scope: Scope, site_id: UUID) -> DayEntry | None:
    """Return the entry by which a site's day was opened last; None where none ever was."""
    rows = within(EntryRecord.objects.filter(site_id=site_id, state=DayState.OPEN.value), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return to_value(DayEntry, row) if row else None
