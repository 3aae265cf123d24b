"""Ask the team to go through a list of medicines again: the last time is too long ago."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicine_list_age import LIST_OLD, LIST_TASK, open_list_tasks
from kairos.actions.medicines import list_of
from kairos.actions.safety_tasks import INBOX
from kairos.actions.work_deadlines import WORK
from kairos.domain.protocols.medicine_list import ListState
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import people, tasks
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role
from kairos.vocab.stages import Stage

IN_CARE = (Stage.ELIGIBLE, Stage.IN_COURSE)


@command("ask_for_medicine_list", None)
def ask_for_medicine_list(
    *, person_id: UUID, programme_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Open a task for a nurse where the list is still too old and a course is ahead; return what was done."""
    note = AuditNote(f"list:{person_id}", programme_id, person_id, why=LIST_OLD)
    stages = {e.stage for e in people.enrolments_of(by.scope, person_id) if e.programme_id == programme_id}
    listed = list_of(by.scope, programme_id, person_id, now)
    is_wanted = listed.state is ListState.TOO_OLD and not stages.isdisjoint(IN_CARE)
    if not is_wanted or open_list_tasks(by.scope, person_id):
        return "needs_nothing", note
    task = Task(new_id(), programme_id, person_id, LIST_TASK, person_id, owner_role=Role.NURSE)
    tasks.add_task(by.scope, task)
    notify.changed(programme_id=programme_id, topic=INBOX, subject=task.id)
    return "asked", note


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    if deadline.person_id is None:
        return "about_nobody"
    ids = {"person_id": deadline.person_id, "programme_id": deadline.programme_id}
    return ask_for_medicine_list(command_id=deadline.id, by=by, now=now, **ids)


WORK[LIST_OLD] = _work
