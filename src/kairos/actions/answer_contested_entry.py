"""Answer a person who says that an entry of their record is not right."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.safety_tasks import INBOX, check_may_own, settle_task
from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.domain.eligibility.answers import fact_of_entry_set_aside
from kairos.domain.eligibility.contested import (
    TASK,
    Answered,
    Contested,
    check_answer,
    contested,
    fact_of_answer,
    identity_field,
)
from kairos.domain.instruments.task_outcomes import RECORD_CORRECTED
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import facts, people, tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission, Scope

_WRITABLE = frozenset({"given_names", "family_name", "preferred_name", "born_on"})


@command("answer_contested_entry", Permission.SIGN_ELIGIBILITY)
def answer_contested_entry(
    *,
    task_id: UUID,
    outcome: str,
    words: str,
    corrected: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the answer under the person's key, correct the record where it is wrong, and end the task.

    A fact that is wrong is set aside and counts no more; it stays as it was written, beside what was said
    of it. A name or a birth date is changed; the version before is kept.

    Parameters
    ----------
    corrected : str    what a name or birth date reads from now on

    Raises
    ------
    InvalidInput       no outcome, no words, or no value that can stand there
    NotAllowed         the task is for another role, or ended already
    Missing            there is no such task in the actor's programmes
    """
    task = tasks.find_task(by.scope, task_id)
    check_may_own(task, by)
    told, said = check_answer(outcome, words), _said(by.scope, task)
    enrolment = enrolment_of(by.scope, task.person_id)
    if not settle_task(by.scope, task_id, by=by.id, outcome=outcome):
        raise NotAllowed("this is answered already; load the inbox again")
    ref = f"contested-answer/{command_id}"
    answer = fact_of_answer(Answered(str(task_id), outcome, told, str(by.id), now), ref=ref)
    stated = [answer]
    if outcome == RECORD_CORRECTED and identity_field(said.about):
        _correct_identity(by.scope, task.person_id, identity_field(said.about), corrected.strip())
    elif outcome == RECORD_CORRECTED:
        (wrong,) = facts.find_facts(by.scope, task.person_id, [said.about])
        stated.append(fact_of_entry_set_aside(wrong, told, ref=f"aside/{command_id}", by=str(by.id), at=now))
    keep_facts_and_screen(enrolment, tuple(stated), by=by, now=now)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task_id)
    return task_id, AuditNote(f"task:{task_id}", task.programme_id, task.person_id, outcome, {"kind": TASK})


def _said(scope: Scope, task: Task) -> Contested:
    found = facts.find_facts(scope, task.person_id, [str(task.details.get("said", ""))])
    said = next(iter(contested(found)), None)
    if task.kind != TASK or said is None:
        raise Missing("no entry was contested here")
    return said


def _correct_identity(scope: Scope, person_id: UUID, field: str, corrected: str) -> None:
    """Write a name or a birth date anew; other ways to reach somebody are kept on their own pages."""
    if field not in _WRITABLE:
        return
    try:
        value = PartialDate.parse(corrected) if field == "born_on" else corrected
    except ValueError as error:
        raise InvalidInput(Problem("corrected", f"{corrected} is no date; write it as 1980-02-03")) from error
    if not corrected:
        raise InvalidInput(Problem("corrected", "nothing was written; write what stands there from now on"))
    held = people.identities(scope, [person_id])[person_id]
    people.change_identity(scope, person_id, replace(held, **{field: value}))  # type: ignore[arg-type]
