"""Rate one's goals: how near each is, and the step of goal attainment it has reached."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.domain.integration.goals import Rated, check_ratings
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import goals, people
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("rate_goals", Permission.PREPARE_SESSION)
def rate_goals(
    *,
    ratings: Sequence[Rated],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Keep a rating of each goal that was rated, and return how many; what is left out stays left out.

    Raises
    ------
    NotAllowed      nobody's own log-in
    InvalidInput    nothing rated, no goal that stands, or off its scale
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise NotAllowed("goals are rated by the patient; log in as the patient")
    given = check_ratings(ratings, goals.goals_of(by.scope, person_id))
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    for each in given:
        details = {"near": each.near, "level": each.level}
        about = (new_id(), programme_id, person_id, each.goal)
        goals.rate_goal(by.scope, goals.GoalRated(*about, details=details, by=by.id, true_at=now))
    notify.changed(programme_id=programme_id, topic="preparation", subject=person_id)
    return len(given), AuditNote(
        f"person:{person_id}", programme_id, person_id, details={"goals": len(given)}
    )
