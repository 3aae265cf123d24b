"""A list of medicines grows old: when it was confirmed, when somebody must go through it again."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from kairos.actions.medicines import limits_of
from kairos.actions.safety_tasks import settle_task
from kairos.domain.instruments.task_outcomes import DONE
from kairos.domain.protocols.medicine_list import LIST_MAX_AGE
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, tasks
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.people import Enrolment
from kairos.vocab.people import Actor, Scope

LIST_OLD = "medicine_list_old"
LIST_TASK = "medicine_list"
_A_DAY = timedelta(days=1)


def note_list_confirmed(enrolment: Enrolment, *, by: Actor, now: datetime) -> None:
    """Have the list asked for again once it is too old, and end the task that asked for it now."""
    scope = by.scope
    subject = uuid5(enrolment.person_id, f"{enrolment.programme_id}/{LIST_OLD}")
    due_at = now + limits_of(scope, enrolment.programme_id, now).span(LIST_MAX_AGE) + _A_DAY
    is_set = deadlines.move_deadline(scope, LIST_OLD, subject, due_at)
    if not is_set and not deadlines.reopen_deadline(scope, LIST_OLD, subject, due_at):
        ids = (new_id(), enrolment.programme_id, LIST_OLD, subject, due_at)
        deadlines.set_deadline(scope, Deadline(*ids, person_id=enrolment.person_id))
    for task_id in open_list_tasks(scope, enrolment.person_id):
        settle_task(scope, task_id, by=by.id, outcome=DONE)


def open_list_tasks(scope: Scope, person_id: UUID) -> tuple[UUID, ...]:
    """Return the open tasks that ask for a person's list."""
    held = tasks.tasks_of(scope, person_id)
    return tuple(task.id for task in held if task.kind == LIST_TASK and task.done_at is None)
