"""What a session that is over leads to: measures to ask for, tasks for the team."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.measures import plan_measures
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.session_planning import planned_session_of
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.outcomes.schedule import after_session
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import MINUTE

LEFT_EARLY = "left_against_advice"
AFTERCARE = "session_aftercare"


def follow_up(session_id: UUID, *, by: Actor, now: datetime, left_early: bool = False) -> None:
    """Ask how it goes in the days after, and give the team its task.

    Somebody who left early is called by a clinician at once, and the medical director hears of it where
    nobody takes that task, or nobody finishes it; anybody else is called by a nurse the day after.
    """
    planned = planned_session_of(session_id, by=by)
    plan_measures(by.scope, planned, ended_at=now)
    book = content_of(by.scope, planned.programme_id).parameters
    first_asking = after_session(now, book=book)[0]
    task = Task(
        id=new_id(),
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        kind=LEFT_EARLY if left_early else AFTERCARE,
        subject=session_id,
        owner_role=Role.CLINICIAN if left_early else Role.NURSE,
        due_at=now + _within("call", book, now) if left_early else first_asking.due_at,
    )
    tasks.add_task(by.scope, task)
    if left_early:
        watch_task(by.scope, task, take_by=now + _within("take", book, now))
        notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id, urgent=True)


def _within(step: str, book: ParameterBook, now: datetime) -> timedelta:
    limit = book.quantity(f"tasks.left_early.{step}_within", on=now.date())
    return timedelta(minutes=limit.value_in(MINUTE))
