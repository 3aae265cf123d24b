"""What the actions about messages share: the hours declared, and the task that an unanswered message is."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, settle_task, watch_task
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.messages import MessageKind, owner_of
from kairos.domain.protocols.reading_hours import reading_hours
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.messages import PatientMessage
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Scope

WAITING, URGENT = "patient_message", "urgent_message"
ANSWERED = "answered"
MESSAGES = "messages"
"""The topic that screens listen to."""


def due_at(scope: Scope, programme_id: UUID, person_id: UUID, *, is_urgent: bool, now: datetime) -> datetime:
    """Return by when a message of now is answered: what the page says before it is written."""
    limits = LimitsInForce(content_of(scope, programme_id).parameters, now.date())
    if is_urgent:
        return now + limits.span("messages.urgent.answer_within")
    return reading_hours(limits, zone_for(scope, person_id)).answer_due(now)


def await_answer(message: PatientMessage, *, by: Actor, now: datetime) -> None:
    """Open the task of answering, once a thread, once more where it becomes urgent: then on-call is told."""
    kind = URGENT if message.is_urgent else WAITING
    if kind in {task.kind for task in waiting_tasks(by.scope, message.person_id, message.thread)}:
        return
    owner = owner_of(MessageKind(message.kind), is_urgent=message.is_urgent)
    task = Task(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=message.person_id,
        kind=kind,
        subject=message.thread,
        owner_role=owner,
        due_at=message.due_at,
        details={"about": message.kind} | ({"level": SafetyLevel.URGENT} if message.is_urgent else {}),
    )
    tasks.add_task(by.scope, task)
    take_by = now + _patience(task, by.scope, now) if message.is_urgent else None
    watch_task(by.scope, task, take_by=take_by)
    notify.changed(
        programme_id=task.programme_id, topic=INBOX, subject=task.person_id, urgent=message.is_urgent
    )
    if message.is_urgent:
        call_for_task(task, role=owner, at=now, by=by)


def _patience(task: Task, scope: Scope, now: datetime) -> timedelta:
    limits = LimitsInForce(content_of(scope, task.programme_id).parameters, now.date())
    return limits.span("messages.urgent.take_within")


def waiting_tasks(scope: Scope, person_id: UUID, thread: UUID) -> tuple[Task, ...]:
    """Return the open tasks of answering a thread."""
    known = tasks.tasks_of(scope, person_id)
    return tuple(t for t in known if t.subject == thread and t.kind in (WAITING, URGENT) and not t.done_at)


def settle_answered(scope: Scope, person_id: UUID, thread: UUID, *, by: UUID) -> int:
    """End every task of answering a thread, and return how many there were."""
    return sum(
        settle_task(scope, task.id, by=by, outcome=ANSWERED)
        for task in waiting_tasks(scope, person_id, thread)
    )
