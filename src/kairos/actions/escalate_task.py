"""Take a task further up: nobody took it in time, or nobody finished it in time."""

from datetime import datetime
from uuid import UUID

from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, OVERDUE, REMINDER, UNTAKEN
from kairos.actions.work_deadlines import WORK
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import tasks
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Actor, Role

CALLS = {UNTAKEN: 1, REMINDER: 2, OVERDUE: 3}
"""Which call about a task it is; each is made once."""


@command("escalate_task", None)
def escalate_task(
    *, task_id: UUID, why: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Make a task the medical director's too, and tell every open screen at once; return what was done.

    A task that was taken meanwhile goes no further for want of an owner; one that is done never does.

    Raises
    ------
    Missing    there is no such task
    """
    task = tasks.find_task(by.scope, task_id)
    note = AuditNote(f"task:{task_id}", task.programme_id, task.person_id, why)
    if why == UNTAKEN and task.owner is not None:
        return "taken", note
    if not tasks.escalate_task(by.scope, task_id, to=Role.MEDICAL_DIRECTOR, why=why):
        return "needs_nothing", note
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task_id, urgent=True)
    call_for_task(task, role=Role.MEDICAL_DIRECTOR, at=now, by=by, step=CALLS[why])
    return "escalated", note


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    return escalate_task(task_id=deadline.subject, why=deadline.kind, command_id=deadline.id, by=by, now=now)


WORK[UNTAKEN] = _work
WORK[REMINDER] = _work
WORK[OVERDUE] = _work
