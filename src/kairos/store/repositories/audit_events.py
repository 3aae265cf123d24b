"""Audit events, to read. They are written by ``kairos.store.audit`` alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

from kairos.store.records.audit import AuditEvent as EventRecord
from kairos.store.repositories.rows import to_values
from kairos.store.scope import whole_audit
from kairos.vocab.people import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

Value = TypeVar("Value")


def newest(kind: type[Value], scope: Scope, *, person_id: UUID | None, limit: int) -> tuple[Value, ...]:
    """Return the newest events of the scope as values of the kind given."""
    rows = _within(scope)
    rows = rows if person_id is None else rows.filter(person_id=person_id)
    return to_values(kind, rows.order_by("-recorded_at", "-id")[:limit])


def _within(scope: Scope) -> "QuerySet[EventRecord]":
    """Return the events of the scope's programmes, and those of its organisation alone."""
    own = Q(programme_id__in=scope.programme_ids)
    return EventRecord.objects.filter(own | Q(programme_id__isnull=True, organisation=scope.organisation_id))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events to read: all that is empty is not asked for. ``before`` is where a page goes on."""

    person_id: UUID | None = None
    action: str = ""
    start: datetime | None = None
    end: datetime | None = None
    before: tuple[datetime, UUID] | None = None


def page(kind: type[Value], scope: Scope, wanted: Wanted, *, limit: int) -> tuple[Value, ...]:
    """Return one page of the scope's events, newest first, from where the page before ended."""
    given = {
        "person_id": wanted.person_id,
        "action": wanted.action,
        "recorded_at__gte": wanted.start,
        "recorded_at__lt": wanted.end,
    }
    rows = _within(scope).filter(**{name: value for name, value in given.items() if value})
    if wanted.before:
        at, last = wanted.before
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__lt=last))
    return to_values(kind, rows.order_by("-recorded_at", "-id")[:limit])


def chain() -> tuple[int, int, datetime | None]:
    """Return how many blocks there are, how many events wait to be sealed, and when the last block was.

    Only events after the last block are looked at for waiting ones: counts, of the whole audit.
    """
    with whole_audit(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(max(b.seq), 0), max(b.sealed_at),
                (SELECT count(*) FROM store_auditevent e
                 WHERE e.recorded_at > coalesce((SELECT max(sealed_at) FROM store_auditblock), '-infinity')
                       - interval '1 hour'
                   AND NOT EXISTS (SELECT FROM store_auditlink l WHERE l.event = e.id))
            FROM store_auditblock b
            """
        )
        blocks, sealed_at, waiting = cursor.fetchone()
    return blocks, waiting, sealed_at
