"""Finish somebody's follow-up: the programme's work with this person is done."""

from datetime import datetime
from uuid import UUID

from kairos.actions.enrolments import move_on
from kairos.domain.protocols.course_end import FollowUpEnd
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.notify import changed
from kairos.store.repositories import people, tasks
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage


@command("finish_follow_up", Permission.END_COURSE)
def finish_follow_up(
    *, person_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Note that follow-up ends, and why. The record stays, and a new decision opens the way again.

    Raises
    ------
    Missing         no such person within the scope
    NotAllowed      the person is not in follow-up, or a task about them is open
    InvalidInput    no reason of the list
    """
    enrolment = people.find_person(by.scope, person_id).enrolments[0]
    if enrolment.stage != Stage.FOLLOW_UP:
        raise NotAllowed("this person is not in follow-up; end the course first")
    waiting = sum(task.done_at is None for task in tasks.tasks_of(by.scope, person_id))
    if waiting:
        raise NotAllowed(f"open tasks about this person: {waiting}; finish them before follow-up ends")
    if reason not in set(FollowUpEnd):
        raise InvalidInput(Problem("reason", "choose why follow-up ends"))
    move_on(person_id, Stage.FINISHED, scope=by.scope)
    changed(programme_id=enrolment.programme_id, topic="course", subject=person_id)
    return person_id, AuditNote(f"person:{person_id}", enrolment.programme_id, person_id, why=reason)
