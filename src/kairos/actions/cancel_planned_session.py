"""Cancel a planned session; the course goes on with the others."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.courses import check_planned
from kairos.actions.measures import drop_measure_before
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission

_REASONS = ("patient_asked", "not_well", "no_escort", "staff", "course_stopped", "other")


@command("cancel_planned_session", Permission.PLAN_COURSE)
def cancel_planned_session(
    *, planned_session_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Cancel one session, and say why by a code.

    Raises
    ------
    NotAllowed      the session is not planned any more
    InvalidInput    no reason of the list was given
    """
    if reason not in _REASONS:
        raise InvalidInput(Problem("reason", "choose why the session is cancelled"))
    session = courses.lock_planned_session(by.scope, planned_session_id)
    check_planned(session)
    courses.change_planned_session(by.scope, replace(session, status=PlannedStatus.CANCELLED))
    drop_measure_before(by.scope, session.id)
    subject = f"planned_session:{session.id}"
    return session.id, AuditNote(subject, session.programme_id, session.person_id, why=reason)
