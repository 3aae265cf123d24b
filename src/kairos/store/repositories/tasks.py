"""Tasks of the team: each has an owner (a role or a person) and an end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from kairos.store.records.work import Task as TaskRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.scope import the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person of the team must do. ``kind`` names its text in the content."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    kind: str
    subject: UUID
    owner_role: str = ""
    owner: UUID | None = None
    due_at: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    done_by: UUID | None = None
    done_at: datetime | None = None
    recorded_at: datetime | None = None


def add_task(scope: Scope, task: Task) -> None:
    """Keep a task."""
    add(TaskRecord, scope, task, details=dict(task.details))


def find_task(scope: Scope, task_id: UUID) -> Task:
    """Return a task.

    Raises
    ------
    Missing
    """
    return value_of(Task, the_only(within(TaskRecord.objects.filter(id=task_id), scope), "the task"))


def open_tasks(scope: Scope, *, roles: Iterable[str] = (), owner: UUID | None = None) -> tuple[Task, ...]:
    """Return open tasks of the scope, the most pressing first; of these roles or this owner, if named."""
    rows = within(TaskRecord.objects.filter(done_at__isnull=True), scope)
    wanted = list(roles)
    if wanted or owner is not None:
        rows = rows.filter(Q(owner_role__in=wanted) | Q(owner__isnull=False, owner=owner))
    return values_of(Task, rows.order_by("due_at", "recorded_at", "id"))


def tasks_of(scope: Scope, person_id: UUID) -> tuple[Task, ...]:
    """Return all tasks about a person, newest first."""
    rows = within(TaskRecord.objects.filter(person_id=person_id), scope)
    return values_of(Task, rows.order_by("-recorded_at", "-id"))


def take_task(scope: Scope, task_id: UUID, *, by: UUID) -> bool:
    """Make somebody the owner of an open task nobody owns in person; false where it has one."""
    rows = TaskRecord.objects.filter(id=task_id, owner__isnull=True, done_at__isnull=True)
    return within(rows, scope).update(owner=by) == 1


def finish_task(scope: Scope, task_id: UUID, *, by: UUID, outcome: str = "") -> bool:
    """Note who finished a task, by the database's clock, and how; false where it is finished already."""
    rows = within(TaskRecord.objects.filter(id=task_id, done_at__isnull=True), scope)
    if outcome and not _note(rows, "outcome", outcome):
        return False
    return rows.update(done_by=by, done_at=Now()) == 1


def escalate_task(scope: Scope, task_id: UUID, *, to: str, why: str) -> bool:
    """Note to which role an open task went further, and why; false where it is done or went there already."""
    rows = within(TaskRecord.objects.filter(id=task_id, done_at__isnull=True), scope)
    return _note(rows, "escalated_to", to, escalated_why=why)


def _note(rows: "QuerySet[TaskRecord]", name: str, value: str, **more: str) -> bool:
    """Add codes to the details of a task; false where there is none to add to."""
    row = rows.select_for_update().first()
    if row is None or row.details.get(name) == value:
        return False
    row.details = {**row.details, name: value, **more}
    row.save(update_fields=["details"])
    return True
