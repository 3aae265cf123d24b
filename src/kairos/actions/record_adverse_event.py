"""Record an adverse event, from a session's symptoms or freely."""

from datetime import datetime
from uuid import UUID

from kairos.actions.adverse_events import keep_version
from kairos.actions.screening import enrolment_of
from kairos.domain.safety.adverse_events import AdverseEvent
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import alarms
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("record_adverse_event", Permission.RUN_SESSION)
def record_adverse_event(
    *,
    person_id: UUID,
    event: AdverseEvent,
    session_id: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep what happened to somebody, and return the event's id; a serious one opens its review.

    Raises
    ------
    InvalidInput    it cannot be, contradicts itself, or the session is of somebody else
    Missing         no such person or session in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    if session_id is not None and alarms.find_summary(by.scope, session_id).person_id != person_id:
        raise InvalidInput(Problem("session_id", "is a session of somebody else"))
    kept = keep_version(
        event,
        programme_id=enrolment.programme_id,
        person_id=person_id,
        session_id=session_id,
        before=None,
        reason="",
        by=by,
        now=now,
    )
    why = "serious" if event.is_serious else "not_serious"
    note = AuditNote(f"adverse_event:{kept.event_id}", enrolment.programme_id, person_id, why)
    return kept.event_id, note
