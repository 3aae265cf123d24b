"""What the actions of check-in visits share: how a course stands with them, and the gate of the next dose."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import VISIT, limits_of
from kairos.actions.therapy import dosed_at
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.visits import VisitStanding, check_visit_in_time, visit_standing
from kairos.store.repositories import courses, integration
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.people import Scope


def visit_standing_of(scope: Scope, planned: PlannedSession, *, now: datetime) -> VisitStanding:
    """Return how the course of an appointment stands with its check-in visits."""
    held = [
        each
        for each in courses.sessions_of_course(scope, planned.course_id)
        if each.status == PlannedStatus.DONE
    ]
    return visit_standing(
        first_dose_at=(dosed_at(scope, held[0]) or held[0].starts_at) if held else None,
        last_visit_at=_last_visit(scope, planned.person_id),
        limits=limits_of(scope, planned.programme_id, now),
        now=now,
    )


def check_visit_held(scope: Scope, planned: PlannedSession, *, now: datetime) -> None:
    """Refuse to open a dosing session while a check-in visit is overdue. Raises NotAllowed."""
    check_visit_in_time(visit_standing_of(scope, planned, now=now))


def _last_visit(scope: Scope, person_id: UUID) -> datetime | None:
    visits = integration.all_of_person(scope, person_id, VISIT)
    return max((visit.true_at for visit in visits), default=None)
