"""Somebody treated for years: courses behind them, each with its sessions and a verified order."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.ids import new_id
from kairos.store.repositories import courses
from kairos.store.scope import scoped
from tests.support.clinic import Clinic
from tests.support.running_session import place_verified_order, sign_eligible

IN_A_COURSE = 25


def add_history(clinic: Clinic, person_id: UUID, *, sessions: int, before: datetime, by: UUID) -> None:
    """Add so many sessions that were held, in courses that have ended; one order, one decision a course."""
    with scoped(clinic.scope):
        for first in range(0, sessions, IN_A_COURSE):
            days = range(first, min(first + IN_A_COURSE, sessions))
            starts = [before - timedelta(days=3 * (sessions - day)) for day in days]
            held = _add_ended(clinic, person_id, starts)
            place_verified_order(clinic, held[0], by, new_id(), starts[0])
            sign_eligible(clinic, person_id, by, starts[0])


def _add_ended(clinic: Clinic, person_id: UUID, starts: list[datetime]) -> list[courses.PlannedSession]:
    course_id, version = new_id(), load_release().version
    held = [
        courses.PlannedSession(
            id=new_id(),
            programme_id=clinic.programme_id,
            person_id=person_id,
            course_id=course_id,
            number=number,
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            status=PlannedStatus.DONE,
            site_id=clinic.site_id,
        )
        for number, at in enumerate(starts, start=1)
    ]
    ids = (course_id, clinic.programme_id, person_id)
    course = courses.Course(*ids, "iv_racemic_clinic", version, "ended", person_id)
    courses.add_course(clinic.scope, course, held)
    return held
