"""Deadlines by the database's clock: each is claimed by one worker and done once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from kairos.store.records.work import Deadline as DeadlineRecord
from kairos.store.repositories.rows import to_columns, to_value
from kairos.store.scope import check_within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: its kind says which action, its subject on what. One of a kind for a subject."""

    id: UUID
    programme_id: UUID
    kind: str
    subject: UUID
    due_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    person_id: UUID | None = None
    attempts: int = 0
    done_at: datetime | None = None


def set_deadline(scope: Scope, deadline: Deadline) -> None:
    """Set a deadline; the same kind and subject keeps the first one."""
    check_within(scope, deadline.programme_id, deadline.person_id)
    columns = to_columns(deadline, "kind", "subject") | {"details": dict(deadline.details)}
    DeadlineRecord.objects.get_or_create(kind=deadline.kind, subject=deadline.subject, defaults=columns)


def move_deadline(scope: Scope, kind: str, subject: UUID, due_at: datetime) -> bool:
    """Move a deadline that is not done; false where there is none."""
    rows = DeadlineRecord.objects.filter(kind=kind, subject=subject, done_at__isnull=True)
    return rows.filter(programme_id__in=scope.programme_ids).update(due_at=due_at) == 1


def lock_deadline(scope: Scope, kind: str, subject: UUID) -> Deadline | None:
    """Return a deadline, worked or not, and lock its row until the transaction ends."""
    rows = DeadlineRecord.objects.filter(kind=kind, subject=subject, programme_id__in=scope.programme_ids)
    row = rows.select_for_update().first()
    return to_value(Deadline, row) if row else None


def renew_deadline(scope: Scope, deadline: Deadline) -> None:
    """Have a deadline fall due at another moment with other details, whether it was worked before or not."""
    rows = DeadlineRecord.objects.filter(kind=deadline.kind, subject=deadline.subject)
    rows = rows.filter(programme_id__in=scope.programme_ids)
    rows.update(due_at=deadline.due_at, details=dict(deadline.details), done_at=None, outcome="")


def reopen_deadline(scope: Scope, kind: str, subject: UUID, due_at: datetime) -> bool:
    """Have a deadline that was worked become due once more; false where there is none."""
    rows = DeadlineRecord.objects.filter(kind=kind, subject=subject, done_at__isnull=False)
    rows = rows.filter(programme_id__in=scope.programme_ids)
    return rows.update(due_at=due_at, done_at=None, outcome="") == 1


def drop_deadline(scope: Scope, kind: str, subject: UUID, *, outcome: str = "dropped") -> bool:
    """Note that a deadline need not be worked any more; false where there is none open."""
    rows = DeadlineRecord.objects.filter(kind=kind, subject=subject, done_at__isnull=True)
    return rows.filter(programme_id__in=scope.programme_ids).update(done_at=Now(), outcome=outcome) == 1


def claim_one(scope: Scope, kinds: list[str]) -> Deadline | None:
    """Take the most overdue open deadline of these kinds; it stays taken until the transaction ends."""
    rows = DeadlineRecord.objects.filter(
        programme_id__in=scope.programme_ids, kind__in=kinds, done_at__isnull=True, due_at__lte=Now()
    )
    row = rows.order_by("due_at", "id").select_for_update(skip_locked=True).first()
    return to_value(Deadline, row) if row else None


def mark_done(scope: Scope, deadline: Deadline, outcome: str) -> None:
    """Note that a deadline was worked, and what came of it."""
    rows = DeadlineRecord.objects.filter(id=deadline.id, programme_id__in=scope.programme_ids)
    rows.update(done_at=Now(), outcome=outcome, attempts=F("attempts") + 1)


def put_off(scope: Scope, deadline: Deadline, *, retry_after: timedelta) -> None:
    """Note that working a deadline failed; it is due again after a while."""
    rows = DeadlineRecord.objects.filter(id=deadline.id, programme_id__in=scope.programme_ids)
    rows.update(due_at=Now() + retry_after, attempts=F("attempts") + 1)


def deadlines_of(scope: Scope, subject: UUID) -> tuple[Deadline, ...]:
    """Return the deadlines of a subject, done ones among them."""
    rows = DeadlineRecord.objects.filter(subject=subject, programme_id__in=scope.programme_ids)
    return tuple(to_value(Deadline, row) for row in rows.order_by("due_at", "id"))


def deadlines_of_person(scope: Scope, person_id: UUID, kinds: Iterable[str]) -> tuple[Deadline, ...]:
    """Return the deadlines about a person of these kinds, done ones among them, in order of time."""
    rows = DeadlineRecord.objects.filter(person_id=person_id, kind__in=list(kinds))
    rows = rows.filter(programme_id__in=scope.programme_ids)
    return tuple(to_value(Deadline, row) for row in rows.order_by("due_at", "id"))
