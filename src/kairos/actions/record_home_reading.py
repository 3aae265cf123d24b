"""Record what a cuff or an oximeter at home shows, read off by the patient or the support person."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.readings import check_reading
from kairos.domain.sessions.state import as_reading
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("record_home_reading", Permission.CHECK_IN)
def record_home_reading(
    *,
    session_id: UUID,
    values: VitalSigns,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record vital signs from the home. An impossible value is refused, an alarming one never."""
    event = values.as_event()

    def say(sitting: Sitting) -> list[Saying]:
        check_reading(as_reading(event, true_at or now, ""), now=now, limits=sitting.picture.limits)
        return [Saying(event, true_at)]

    return add_entries(session_id, say, by=by, now=now)
