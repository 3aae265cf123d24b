"""Ask to be forgotten: a task with a time, for somebody by name who may do it."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.screening import enrolment_of
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission, Role
from kairos.vocab.quantities import DAY

TASK = "erasure_asked"
ANSWER_WITHIN = "tasks.erasure.answer_within"


@command("ask_to_be_forgotten", Permission.SEE_OWN_RECORD)
def ask_to_be_forgotten(*, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep the wish and open the task that answers it; nothing is deleted by it alone.

    Raises
    ------
    NotAllowed    somebody has this wish already
    Missing       no record of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    enrolment = enrolment_of(by.scope, person_id)
    if any(each.kind == TASK and each.done_at is None for each in tasks.tasks_of(by.scope, person_id)):
        raise NotAllowed("somebody has your wish already; nothing more is needed from you")
    book = content_of(by.scope, enrolment.programme_id).parameters
    days = book.quantity(ANSWER_WITHIN, on=now.date()).value_in(DAY)
    about = (new_id(), enrolment.programme_id, person_id, TASK, person_id, Role.MEDICAL_DIRECTOR.value)
    task = Task(*about, due_at=now + timedelta(days=days))
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=person_id)
    return task.id, AuditNote(f"task:{task.id}", task.programme_id, person_id)
