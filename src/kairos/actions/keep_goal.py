"""Keep a goal with why and its sign of progress; change its words, or set it aside."""

from datetime import datetime
from uuid import UUID

from kairos.domain.integration.goals import check_goal, check_one_more
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import goals, people
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission


@command("keep_goal", Permission.PREPARE_SESSION)
def keep_goal(
    *,
    goal_id: UUID | None,
    what: str,
    why: str,
    sign: str,
    is_on: bool = True,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a goal under the person's key, and return its id.

    Raises
    ------
    NotAllowed      nobody's own log-in
    InvalidInput    no name, no sign of progress, too long, or too many goals
    Missing         no such goal of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise NotAllowed("a goal is the patient's own; log in as the patient")
    known = goals.goals_of(by.scope, person_id)
    words = check_goal(what, why, sign)
    if goal_id is None:
        check_one_more(known)
    elif goal_id not in {each.id for each in known}:
        raise Missing("this goal is not there; load the page again")
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    goal, said_on = goal_id or new_id(), is_on
    about = (new_id(), programme_id, person_id, goal, said_on)
    goals.say_of_goal(by.scope, goals.GoalSaid(*about, details={}, words=words, by=by.id, true_at=now))
    why_kept = "kept" if is_on else "set_aside"
    return goal, AuditNote(f"goal:{goal}", programme_id, person_id, why=why_kept)
