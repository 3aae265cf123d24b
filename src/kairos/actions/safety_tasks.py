"""The safety pathway as rows: tasks with an owner and an end, watched by deadlines, told to every inbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.instruments.safety import SafetyResponse
from kairos.domain.instruments.safety_plan import SafetyLevel, SafetyTask
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, tasks
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from kairos.vocab.quantities import MINUTE

INBOX = "inbox"
UNTAKEN = "task_untaken"
OVERDUE = "task_overdue"
REMINDER = "task_reminder"


def open_safety_tasks(
    scope: Scope,
    response: SafetyResponse,
    *,
    programme_id: UUID,
    person_id: UUID,
    subject: UUID,
    now: datetime,
    details: Mapping[str, Any],
) -> int:
    """Open the tasks that an answer starts, and return how many were not open for it already.

    Each is watched twice: nobody took it in time, nobody finished it in time.
    """
    held = {task.kind for task in tasks.tasks_of(scope, person_id) if task.subject == subject}
    started = 0
    for planned in response.tasks:
        if planned.kind in held:
            continue
        _open(scope, planned, response, programme_id, person_id, subject, now, details)
        started += 1
    if started:
        is_urgent = response.level.weight >= SafetyLevel.URGENT.weight
        notify.changed(programme_id=programme_id, topic=INBOX, subject=person_id, urgent=is_urgent)
    return started


def _open(
    scope: Scope,
    planned: SafetyTask,
    response: SafetyResponse,
    programme_id: UUID,
    person_id: UUID,
    subject: UUID,
    now: datetime,
    details: Mapping[str, Any],
) -> None:
    finding, content = response.finding, content_of(scope, programme_id)
    told = {
        "level": planned.level,
        "rule": finding.rule,
        "ref": finding.ref,
        "message": finding.message,
        "sources": list(finding.sources),
        "content": content.version,
        "overlay": content.overlay_version,
    }
    due_at = planned.due_at(now=now, zone=zone_for(scope, person_id))
    task = Task(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        kind=planned.kind,
        subject=subject,
        owner_role=planned.owner,
        due_at=due_at,
        details=told | dict(details),
    )
    tasks.add_task(scope, task)
    watch_task(scope, task, take_by=now + _patience(planned.level, content.parameters, now))


def watch_task(
    scope: Scope, task: Task, *, take_by: datetime | None = None, remind_at: datetime | None = None
) -> None:
    """Have a task escalated when nobody takes it in time, and when nobody finished it in time.

    ``remind_at`` is a moment before its end at which it goes further up if it is not done, taken or not.
    """
    watched = {UNTAKEN: take_by, REMINDER: remind_at, OVERDUE: task.due_at}
    for kind, at in watched.items():
        if at is not None:
            deadline = Deadline(new_id(), task.programme_id, kind, task.id, at, {}, task.person_id)
            deadlines.set_deadline(scope, deadline)


def settle_task(scope: Scope, task_id: UUID, *, by: UUID, outcome: str) -> bool:
    """Note the end of a task and stop watching it; false where it has ended already."""
    if not tasks.finish_task(scope, task_id, by=by, outcome=outcome):
        return False
    for kind in (UNTAKEN, REMINDER, OVERDUE):
        deadlines.drop_deadline(scope, kind, task_id, outcome="done")
    return True


def check_may_own(task: Task, by: Actor) -> None:
    """Refuse whoever's role a task is not for; a medical director may do a clinician's.

    Raises
    ------
    NotAllowed
    """
    wanted = {task.owner_role, task.details.get("escalated_to", "")}
    stands_in = task.owner_role == Role.CLINICIAN and Role.MEDICAL_DIRECTOR in by.roles
    if not (wanted & {role.value for role in by.roles} or stands_in or task.owner == by.id):
        role = task.owner_role.replace("_", " ")
        raise NotAllowed(f"this task is for a {role}; ask one to take it")


def _patience(level: SafetyLevel, book: ParameterBook, now: datetime) -> timedelta:
    within = book.quantity(f"tasks.{level}.take_within", on=now.date())
    return timedelta(minutes=within.value_in(MINUTE))
