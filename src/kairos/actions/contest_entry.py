"""Say that an entry of one's own record is not right."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.screening import enrolment_of
from kairos.domain.eligibility.contested import (
    ANSWER_WITHIN,
    TASK,
    Contested,
    check_contested,
    contested,
    fact_of_contested,
    identity_field,
)
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import facts, tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission, Role, Scope
from kairos.vocab.quantities import HOUR


@command("contest_entry", Permission.OBJECT_TO_FINDING)
def contest_entry(
    *, about: str, was: str, words: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what the person says, under their own key, and open the task that answers it by its time.

    Parameters
    ----------
    about : str    the id of a fact, or ``identity.<field>``
    was : str      how the entry read, so that it stands beside the answer however it changes
    words : str    what is right instead, in the person's own words

    Raises
    ------
    InvalidInput   nothing was written, or more than can be kept
    NotAllowed     somebody looks at this entry already
    Missing        there is no such entry, or no record of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    said, enrolment = check_contested(words), enrolment_of(by.scope, person_id)
    _check_there(by.scope, person_id, about)
    book = content_of(by.scope, enrolment.programme_id).parameters
    hours = book.quantity(ANSWER_WITHIN, on=now.date()).value_in(HOUR)
    ref = f"contested/{command_id}"
    task = Task(
        *(new_id(), enrolment.programme_id, person_id, TASK, person_id, Role.CLINICIAN.value),
        due_at=now + timedelta(hours=hours),
        details={"said": ref},
    )
    kept = fact_of_contested(Contested(about, was, said, str(task.id), now), ref=ref, by=str(by.id))
    facts.add_facts(by.scope, enrolment.programme_id, person_id, (kept,))
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    notify.changed(programme_id=enrolment.programme_id, topic=INBOX, subject=person_id)
    return task.id, AuditNote(f"task:{task.id}", enrolment.programme_id, person_id)


def _check_there(scope: Scope, person_id: UUID, about: str) -> None:
    if not identity_field(about) and not facts.find_facts(scope, person_id, [about]):
        raise Missing("this entry is not there; open the page again")
    open_ones = {
        str(task.id) for task in tasks.tasks_of(scope, person_id) if task.kind == TASK and not task.done_at
    }
    said = contested(facts.facts_of(scope, person_id)) if open_ones else ()
    if any(each.about == about and each.task in open_ones for each in said):
        raise NotAllowed("your team has this already and is looking at it; nothing more is needed from you")
