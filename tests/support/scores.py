"""Courses that were held and scores that were answered, for tests of the progress pages."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.domain.protocols.course import PlannedStatus
from kairos.store.ids import new_id
from kairos.store.repositories import courses, questionnaires
from kairos.store.scope import scoped
from tests.support.asking import real_now
from tests.support.clinic import Clinic
from tests.support.instruments import answers_adding_up_to, the_instrument


def add_course(clinic: Clinic, person_id: UUID, *days_ago: int) -> list[courses.PlannedSession]:
    """Keep a course of sessions that were held so many days ago."""
    course = courses.Course(new_id(), clinic.programme_id, person_id, "iv", "1", "running", new_id())
    sessions = []
    for number, days in enumerate(days_ago, start=1):
        starts_at = real_now() - timedelta(days=days)
        sessions.append(
            courses.PlannedSession(
                id=new_id(),
                programme_id=clinic.programme_id,
                person_id=person_id,
                course_id=course.id,
                number=number,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                status=PlannedStatus.DONE,
            )
        )
    with scoped(clinic.scope):
        courses.add_course(clinic.scope, course, sessions)
    return sessions


def add_score(
    clinic: Clinic,
    person_id: UUID,
    instrument: str,
    total: int | None,
    *,
    days_ago: int = 0,
    at: datetime | None = None,
) -> None:
    """Keep a response with its score, answered so many days ago, or at a moment."""
    asked = the_instrument(instrument)
    answers = answers_adding_up_to(total, instrument=asked) if total is not None else {f"{instrument}.1": 1}
    answered_at = at or real_now() - timedelta(days=days_ago)
    about = {"programme_id": clinic.programme_id, "person_id": person_id, "answered_at": answered_at}
    response = questionnaires.QuestionnaireResponse(
        id=new_id(),
        instrument=instrument,
        version=asked.version,
        language="en",
        answers=answers,
        by=new_id(),
        **about,
    )
    missing = () if total is not None else (f"{instrument}.2",)
    score = questionnaires.Score(
        id=new_id(),
        response_id=response.id,
        instrument=instrument,
        scale=instrument,
        value=total,
        scoring_version="sum-1",
        missing=missing,
        **about,
    )
    with scoped(clinic.scope):
        questionnaires.add_response(clinic.scope, response, [score])
