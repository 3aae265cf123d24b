"""Alarms of streams, and the summary of a session that the board shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from kairos.store.records.streams import SessionSummary as SummaryRecord
from kairos.store.records.work import Alarm as AlarmRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.repositories.rows import to_columns
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm: raised once, taken by somebody or escalated, closed."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    stream: UUID
    rule: str
    level: str
    raised_at: datetime
    answer_by: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    taken_by: UUID | None = None
    taken_at: datetime | None = None
    escalated_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What the board shows of a session. ``id`` is the stream's; ``details`` codes and numbers."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    state: str
    is_open: bool
    seq: int
    details: Mapping[str, Any] = field(default_factory=dict)
    site_id: UUID | None = None
    place_id: UUID | None = None


def raise_alarm(scope: Scope, alarm: Alarm) -> None:
    """Keep a new alarm."""
    add(AlarmRecord, scope, alarm, details=dict(alarm.details))


def find_alarm(scope: Scope, alarm_id: UUID) -> Alarm:
    """Return an alarm and lock its row until the transaction ends.

    Raises
    ------
    Missing
    """
    rows = AlarmRecord.objects.select_for_update().filter(id=alarm_id)
    return value_of(Alarm, the_only(within(rows, scope), "the alarm"))


def take_alarm(scope: Scope, alarm_id: UUID, *, by: UUID) -> bool:
    """Note who takes an alarm, by the database's clock; false where somebody has it already."""
    rows = within(AlarmRecord.objects.filter(id=alarm_id, taken_by__isnull=True), scope)
    return rows.update(taken_by=by, taken_at=Now()) == 1


def escalate_alarm(scope: Scope, alarm_id: UUID) -> bool:
    """Note that an untaken, open alarm went further up; false where it need not, or did already."""
    rows = AlarmRecord.objects.filter(id=alarm_id, taken_by__isnull=True, escalated_at__isnull=True)
    return within(rows.filter(closed_at__isnull=True), scope).update(escalated_at=Now()) == 1


def let_promise_lapse(scope: Scope, alarm_id: UUID) -> bool:
    """Note that whoever took an open alarm did not do what it asks: it waits again, further up."""
    rows = AlarmRecord.objects.filter(id=alarm_id, taken_by__isnull=False, closed_at__isnull=True)
    return within(rows, scope).update(taken_by=None, taken_at=None, escalated_at=Now()) == 1


def close_alarm(scope: Scope, alarm_id: UUID) -> bool:
    """Close an alarm; false where it is closed already."""
    rows = within(AlarmRecord.objects.filter(id=alarm_id, closed_at__isnull=True), scope)
    return rows.update(closed_at=Now()) == 1


def note_alarm(scope: Scope, alarm_id: UUID, **told: str | bool) -> None:
    """Add codes to what an alarm's row says besides its columns."""
    alarm = find_alarm(scope, alarm_id)
    rows = within(AlarmRecord.objects.filter(id=alarm_id), scope)
    rows.update(details={**alarm.details, **told})


def alarms_of_stream(scope: Scope, stream: UUID) -> tuple[Alarm, ...]:
    """Return the alarms of a stream in the order they were raised."""
    return values_of(
        Alarm, within(AlarmRecord.objects.filter(stream=stream), scope).order_by("raised_at", "id")
    )


def open_alarms(scope: Scope) -> tuple[Alarm, ...]:
    """Return the open alarms of the scope, oldest first."""
    rows = within(AlarmRecord.objects.filter(closed_at__isnull=True), scope)
    return values_of(Alarm, rows.order_by("raised_at", "id"))


def keep_summary(scope: Scope, summary: SessionSummary) -> None:
    """Keep what the board shows of a session, replacing what it showed before."""
    check_within(scope, summary.programme_id, summary.person_id)
    columns = to_columns(summary, "id") | {"details": dict(summary.details)}
    SummaryRecord.objects.update_or_create(id=summary.id, defaults=columns)


def watched_by(scope: Scope, watcher: UUID) -> tuple[SessionSummary, ...]:
    """Return the open sessions that somebody watches, oldest first."""
    rows = SummaryRecord.objects.filter(is_open=True, details__watcher=str(watcher))
    return values_of(SessionSummary, within(rows, scope).order_by("recorded_at", "id"))


def find_summary(scope: Scope, stream_id: UUID) -> SessionSummary:
    """Return the summary of one session.

    Raises
    ------
    Missing
    """
    rows = within(SummaryRecord.objects.filter(id=stream_id), scope)
    return value_of(SessionSummary, the_only(rows, "the session"))


def summaries(
    scope: Scope, *, is_open: bool | None = True, sites: Iterable[UUID] = ()
) -> tuple[SessionSummary, ...]:
    """Return the summaries of sessions (open ones; ``None``: all), of these sites if any are named."""
    rows = within(SummaryRecord.objects.order_by("recorded_at", "id"), scope)
    rows = rows if is_open is None else rows.filter(is_open=is_open)
    wanted = list(sites)
    return values_of(SessionSummary, rows.filter(site_id__in=wanted) if wanted else rows)
