"""Write a newer version of an adverse event: what is known by now. The earlier one stays."""

from datetime import datetime
from uuid import UUID

from kairos.actions.adverse_events import keep_version
from kairos.domain.safety.adverse_events import AdverseEvent, check_may_replace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import adverse_events
from kairos.vocab.people import Actor, Permission


@command("revise_adverse_event", Permission.RUN_SESSION)
def revise_adverse_event(
    *, event_id: UUID, event: AdverseEvent, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what is known of an event by now, and return the version's id; a serious one is reviewed again.

    Raises
    ------
    InvalidInput    no reason, or it cannot be
    Missing         no such event in the actor's programmes
    """
    before = adverse_events.find_event(by.scope, event_id)
    check_may_replace(before.event, reason=reason)
    kept = keep_version(
        event,
        programme_id=before.programme_id,
        person_id=before.person_id,
        session_id=before.session_id,
        before=before,
        reason=reason,
        by=by,
        now=now,
    )
    note = AuditNote(f"adverse_event:{event_id}", before.programme_id, before.person_id, "revised")
    return kept.id, note
