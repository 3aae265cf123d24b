"""Audit events, to read. They are written by ``kairos.store.audit`` alone."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from kairos.store.records.audit import AuditEvent as EventRecord
from kairos.store.repositories.rows import to_values
from kairos.vocab.people import Scope

Value = TypeVar("Value")


def newest(kind: type[Value], scope: Scope, *, person_id: UUID | None, limit: int) -> tuple[Value, ...]:
    """Return the newest events of the scope as values of the kind given."""
    own = Q(programme_id__in=scope.programme_ids)
    without = Q(programme_id__isnull=True, organisation=scope.organisation_id)
    rows = EventRecord.objects.filter(own | without)
    rows = rows if person_id is None else rows.filter(person_id=person_id)
    return to_values(kind, rows.order_by("-recorded_at", "-id")[:limit])
