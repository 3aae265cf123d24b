"""Lay what a monitor shows into the tray of a session; a person takes it over, or does not."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_planning import tray_of
from kairos.actions.vital_signs import VitalSigns
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import session_entries
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
    tray = streams.find_stream(by.scope, tray_of(session_id))
    event = session_entries.as_new_event(values.as_event(), true_at, {}, new_id())
    streams.retrying(lambda: streams.append(by.scope, tray, _length(tray.id, by), [event], by=by.id))
    note = AuditNote(f"session:{session_id}", tray.programme_id, tray.person_id, why="reading_offered")
    return event.id, note


def _length(tray_id: UUID, by: Actor) -> int:
    return session_entries.length_of(by.scope, tray_id)
