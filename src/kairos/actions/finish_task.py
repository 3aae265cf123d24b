"""Finish a task, with what came of it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.safety_tasks import INBOX, check_may_own, settle_task
from kairos.domain.instruments.task_outcomes import check_outcome
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import tasks
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("finish_task", Permission.TAKE_TASK)
def finish_task(
    *, task_id: UUID, outcome: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Note that a task is done and how it ended; the outcome is one that its kind offers.

    Raises
    ------
    NotAllowed      the task is for another role, or finished already
    InvalidInput    not an outcome of this kind of task
    Missing         there is no such task in the actor's programmes
    """
    task = tasks.find_task(by.scope, task_id)
    check_may_own(task, by)
    check_outcome(task.kind, outcome)
    if not settle_task(by.scope, task_id, by=by.id, outcome=outcome):
        raise NotAllowed("this task is finished already; load the inbox again")
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task_id)
    note = AuditNote(f"task:{task_id}", task.programme_id, task.person_id, outcome, {"kind": task.kind})
    return task_id, note
