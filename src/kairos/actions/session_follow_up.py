"""What a session that is over leads to: measures to ask for, tasks for the team."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.check_ins_after import plan_check_ins
from kairos.actions.content_in_force import content_of
from kairos.actions.integration import open_plan
from kairos.actions.measures import plan_measures
from kairos.actions.monitoring_forms import open_form_task
from kairos.actions.next_morning import plan_morning
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.session_planning import planned_session_of
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.outcomes.schedule import after_session
from kairos.domain.protocols.course import PlannedStatus
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import courses, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import HOUR, MINUTE

LEFT_EARLY = "left_against_advice"
AFTERCARE = "session_aftercare"
REVIEW = "course_review"


def follow_up(session_id: UUID, *, by: Actor, now: datetime, left_early: bool = False) -> None:
    """Ask how it goes in the days after, and give the team its tasks.

    Somebody who left early is called by a clinician at once, and the medical director hears of it where
    nobody takes that task, or nobody finishes it; anybody else is called by a nurse the day after, and the
    medical director hears of it where that was not done in time.
    """
    planned = planned_session_of(session_id, by=by)
    plan_measures(by.scope, planned, ended_at=now)
    plan_morning(planned, by=by, ended_at=now)
    plan_check_ins(planned, by=by, ended_at=now)
    book = content_of(by.scope, planned.programme_id).parameters
    task = Task(
        id=new_id(),
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        kind=LEFT_EARLY if left_early else AFTERCARE,
        subject=session_id,
        owner_role=Role.CLINICIAN if left_early else Role.NURSE,
        due_at=now + (_within("left_early.call", book, now) if left_early else _called_within(book, now)),
    )
    tasks.add_task(by.scope, task)
    next_day = after_session(now, book=book)[0].due_at
    call_for_task(task, role=Role(task.owner_role), at=now if left_early else next_day, by=by)
    open_form_task(session_id, by=by, now=now)
    open_plan(planned, by=by, now=now)
    _review_course(planned, by=by, now=now)
    watch_task(by.scope, task, take_by=now + _within("left_early.take", book, now) if left_early else None)
    if left_early:
        notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id, urgent=True)


def _review_course(planned: PlannedSession, *, by: Actor, now: datetime) -> None:
    """Ask a clinician to look at the course where its protocol has a review after so many infusions."""
    course = courses.find_course(by.scope, planned.course_id)
    content = content_of(by.scope, planned.programme_id)
    held = [s for s in courses.sessions_of_course(by.scope, course.id) if s.status == PlannedStatus.DONE]
    if len(held) not in content.release.protocols[course.protocol].course.reviews_after:
        return
    within = content.parameters.quantity("tasks.course_review.done_within", on=now.date())
    task = Task(
        id=new_id(),
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        kind=REVIEW,
        subject=planned.id,
        owner_role=Role.CLINICIAN,
        due_at=now + timedelta(hours=within.value_in(HOUR)),
        details={"infusions": len(held)},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)


def _called_within(book: ParameterBook, now: datetime) -> timedelta:
    return timedelta(hours=book.quantity("tasks.aftercare.done_within", on=now.date()).value_in(HOUR))


def _within(step: str, book: ParameterBook, now: datetime) -> timedelta:
    limit = book.quantity(f"tasks.{step}_within", on=now.date())
    return timedelta(minutes=limit.value_in(MINUTE))
