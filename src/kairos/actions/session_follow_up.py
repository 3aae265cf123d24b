"""What a session that is over leads to: measures to ask for, tasks for the team."""

from datetime import datetime
from uuid import UUID

from kairos.store.ids import new_id
from kairos.store.repositories import alarms, tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role

LEFT_EARLY = "left_against_advice"
AFTERCARE = "session_aftercare"


def follow_up(session_id: UUID, *, by: Actor, now: datetime, left_early: bool = False) -> None:
    """Give the team its tasks after a session: a call to somebody who left early comes first."""
    session = alarms.find_summary(by.scope, session_id)
    task = Task(
        id=new_id(),
        programme_id=session.programme_id,
        person_id=session.person_id,
        kind=LEFT_EARLY if left_early else AFTERCARE,
        subject=session_id,
        owner_role=Role.CLINICIAN if left_early else Role.NURSE,
        due_at=now,
    )
    tasks.add_task(by.scope, task)
