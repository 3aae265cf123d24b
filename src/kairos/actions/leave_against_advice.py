"""Record that the person left before they could be released. Never a release."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.session_follow_up import follow_up
from kairos.actions.session_planning import end_planned_session
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.written_words import reason_words
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.release import leave_against_advice as decided
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor, Permission


@command("leave_against_advice", Permission.RELEASE_PATIENT)
def leave_against_advice(
    *, session_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record that the person left before they could be released. Never a release."""
    words = reason_words(reason)

    def say(sitting: Sitting) -> list[Saying]:
        entry = new_id()
        left = decided(sitting.picture.state, sitting.picture.readiness)
        return [Saying(replace(left, reason_id=entry), words=words, id=entry)]

    entered, note = add_entries(session_id, say, by=by, now=now)
    end_planned_session(session_id, PlannedStatus.DONE, by=by)
    follow_up(session_id, by=by, now=now, left_early=True)
    return entered, note
