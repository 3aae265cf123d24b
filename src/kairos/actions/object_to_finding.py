"""Say that a finding about oneself is not right, or ask that another clinician looks at the decision."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.danger_words import look_for_danger
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.screening import enrolment_of
from kairos.domain.eligibility.objections import Objection, ObjectionKind, fact_of_objection, own_words
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import facts, tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.quantities import HOUR


@command("object_to_finding", Permission.OBJECT_TO_FINDING)
def object_to_finding(
    *, kind: ObjectionKind, rule: str = "", words: str = "", command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what the person says, under their own key, and open the task that answers it.

    Parameters
    ----------
    rule : str     whose finding is not right; empty where the whole decision is meant
    words : str    in the person's own words; nothing need be written

    Raises
    ------
    InvalidInput   more words than can be kept
    NotAllowed     the team has the same task already and has not finished it
    Missing        there is no such rule, or no record of one's own
    """
    person_id = _own_person(by)
    enrolment = enrolment_of(by.scope, person_id)
    content = content_of(by.scope, enrolment.programme_id)
    if rule and rule not in content.release.rules:
        raise Missing(f"there is no rule {rule} in force; open the page again")
    _check_not_asked_yet(by.scope, person_id, kind, rule)
    hours = content.parameters.quantity(kind.answer_within, on=now.date()).value_in(HOUR)
    task = Task(
        *(new_id(), enrolment.programme_id, person_id, kind.value, person_id, kind.owner),
        due_at=now + timedelta(hours=hours),
        details={"rule": rule, "said": f"objection/{command_id}"},
    )
    said = Objection(kind, rule, own_words(words), str(task.id), now)
    fact = fact_of_objection(said, ref=f"objection/{command_id}", by=str(by.id))
    facts.add_facts(by.scope, enrolment.programme_id, person_id, (fact,))
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    _look(said, task, by=by, now=now)
    notify.changed(programme_id=enrolment.programme_id, topic=INBOX, subject=person_id)
    told = {"kind": kind.value, "rule": rule}
    return task.id, AuditNote(f"task:{task.id}", enrolment.programme_id, person_id, details=told)


def _look(said: Objection, task: Task, *, by: Actor, now: datetime) -> None:
    """Have a clinician read words of danger at once, and not only by when objections are answered."""
    about = {"subject": task.id, "programme_id": task.programme_id, "person_id": task.person_id}
    look_for_danger(said.words, place=DangerPlace.ANSWER, **about, by=by, now=now)


def _own_person(by: Actor) -> UUID:
    if by.scope.patient_id is None:
        raise Missing("you have no record of your own here")
    return by.scope.patient_id


def _check_not_asked_yet(scope: Scope, person_id: UUID, kind: ObjectionKind, rule: str) -> None:
    open_ones = (t for t in tasks.tasks_of(scope, person_id) if t.done_at is None and t.kind == kind)
    if any(task.details.get("rule") == rule for task in open_ones):
        raise NotAllowed("your team has this already and is looking at it; nothing more is needed from you")
