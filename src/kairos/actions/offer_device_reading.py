"""Lay what a monitor shows into the tray of a session; a person takes it over, or does not."""

from datetime import datetime
from uuid import UUID

from kairos.actions.device_trays import lay_in_tray
from kairos.actions.vital_signs import VitalSigns
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor


@command("offer_device_reading", None)
def offer_device_reading(
    *,
    session_id: UUID,
    values: VitalSigns,
    true_at: datetime,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a monitor's reading for a person to take over, and return its id. It is no entry yet.

    Raises
    ------
    Missing    no such session within the scope
    """
    event = lay_in_tray(session_id, values.as_event(), true_at, new_id(), by=by)
    session = streams.find_stream(by.scope, session_id)
    note = AuditNote(f"session:{session_id}", session.programme_id, session.person_id, why="reading_offered")
    return event.id, note
