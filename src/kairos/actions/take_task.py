"""Take a task on: from now on it has a name."""

from datetime import datetime
from uuid import UUID

from kairos.actions.safety_tasks import INBOX, UNTAKEN, check_may_own
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import deadlines, tasks
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("take_task", Permission.TAKE_TASK)
def take_task(*, task_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Become the owner of an open task of one's role.

    Raises
    ------
    NotAllowed    the task is for another role, somebody has it already, or it is done
    Missing       there is no such task in the actor's programmes
    """
    task = tasks.find_task(by.scope, task_id)
    check_may_own(task, by)
    if not tasks.take_task(by.scope, task_id, by=by.id):
        raise NotAllowed("somebody has taken this task already, or it is done; load the inbox again")
    deadlines.drop_deadline(by.scope, UNTAKEN, task_id, outcome="taken")
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task_id)
    return task_id, AuditNote(f"task:{task_id}", task.programme_id, task.person_id, task.kind)
