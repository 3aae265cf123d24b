"""Counts over a whole programme: one statement each, however long its history is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from kairos.store.records.courses import PlannedSession
from kairos.store.records.people import Enrolment
from kairos.store.records.streams import SessionSummary
from kairos.store.records.work import Alarm, Task
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Askings:
    """Questionnaires that fell due: answered, still open to answer, missed."""

    due: int
    answered: int
    open: int

    @property
    def missing(self) -> int:
        """How many can no longer be answered, and were not."""
        return self.due - self.answered - self.open


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things that stand open, and how many of them wait for somebody too long."""

    open: int
    late: int


def people_by_stage(scope: Scope) -> Mapping[str, int]:
    """Return how many people stand at each stage."""
    rows = within(Enrolment.objects.all(), scope)
    return dict(rows.values_list("stage").annotate(Count("id")))


def sessions_by_status(scope: Scope, start: datetime, end: datetime) -> Mapping[str, int]:
    """Return how many planned sessions that start in ``[start, end)`` have each status."""
    rows = within(PlannedSession.objects.filter(starts_at__gte=start, starts_at__lt=end), scope)
    return dict(rows.values_list("status").annotate(Count("id")))


def sessions_running(scope: Scope) -> int:
    """Return how many sessions are open at this moment."""
    return within(SessionSummary.objects.filter(is_open=True), scope).count()


def alarms_waiting(scope: Scope) -> Waiting:
    """Return how many alarms are not closed, and how many of them nobody has taken."""
    rows = within(Alarm.objects.filter(closed_at__isnull=True), scope)
    counted = rows.aggregate(open=Count("id"), late=Count("id", filter=Q(taken_at__isnull=True)))
    return Waiting(**counted)


def tasks_waiting(scope: Scope, *, now: datetime) -> Waiting:
    """Return how many tasks are not done, and how many of them are past their time."""
    rows = within(Task.objects.filter(done_at__isnull=True), scope)
    counted = rows.aggregate(open=Count("id"), late=Count("id", filter=Q(due_at__lt=now)))
    return Waiting(**counted)


_ASKINGS = """
    SELECT count(*), count(*) FILTER (WHERE is_answered),
        count(*) FILTER (WHERE NOT is_answered AND closes_at > %s)
    FROM (
        SELECT (d.details->>'closes_at')::timestamptz AS closes_at, EXISTS (
            SELECT FROM store_questionnaireresponse r
            WHERE r.person_id = d.person_id AND r.instrument = asked.instrument
              AND r.subject = d.subject AND 'measure.' || r.timepoint = d.kind) AS is_answered
        FROM store_deadline d,
            LATERAL jsonb_array_elements_text(d.details->'instruments') AS asked(instrument)
        WHERE d.programme_id = ANY (%s) AND d.kind LIKE 'measure.%%' AND d.outcome <> 'cancelled'
          AND d.due_at > %s AND d.due_at <= %s
    ) AS askings
"""


def askings(scope: Scope, *, now: datetime, within_last: timedelta) -> Askings:
    """Return what became of the questionnaires that fell due lately; each questionnaire counts once."""
    given: list[Any] = [now, list(scope.programme_ids), now - within_last, now]
    with connection.cursor() as cursor:
        cursor.execute(_ASKINGS, given)
        due, answered, still_open = cursor.fetchone()
    return Askings(due, answered, still_open)
