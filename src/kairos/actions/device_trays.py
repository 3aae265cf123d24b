"""What the ways of a device's reading share: which session is at its place, and the session's tray."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.session_planning import tray_of
from kairos.domain.protocols.device_readings import Occupancy, joined
from kairos.domain.sessions.events import Source, VitalsRecorded
from kairos.domain.sessions.state import as_reading, replay
from kairos.store import streams
from kairos.store.repositories import alarms, session_entries
from kairos.store.repositories.devices import Device, KeptReading
from kairos.store.streams import NewEvent
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Scope


def sessions_at(scope: Scope, place_id: UUID | None) -> tuple[Occupancy, ...]:
    """Return the sessions on the board at a place, each with when it was opened and when it ended."""
    found = []
    for summary in alarms.summaries(scope):
        if place_id is not None and summary.place_id == place_id:
            entries = session_entries.entries_of(scope, summary.id)
            found.append(Occupancy(summary.id, entries[0].true_at, replay(entries).ended_at))
    return tuple(found)


def lay_reading(session_id: UUID, kept: KeptReading, device: Device, *, by: Actor) -> None:
    """Lay a reading into the tray of a session, together with what the device sent of that moment before."""
    event = VitalsRecorded(source=Source.DEVICE, device=device.name, **dict(kept.values))
    lay_in_tray(session_id, event, kept.true_at, kept.id, by=by, ahead_s=kept.ahead_s)


def lay_in_tray(
    session_id: UUID,
    event: VitalsRecorded,
    true_at: datetime,
    offered_id: UUID,
    *,
    by: Actor,
    ahead_s: float | None = None,
) -> NewEvent:
    """Append a reading to the tray of a session; of one device and moment the newest holds all values.

    Raises
    ------
    Missing    no such session within the scope
    """
    tray = streams.find_stream(by.scope, tray_of(session_id))
    whole = _with_what_came_before(by.scope, tray.id, event, true_at)
    said = session_entries.as_new_event(whole, true_at, {}, offered_id)
    said = replace(said, device_clock_error_s=ahead_s)
    streams.retrying(
        lambda: streams.append(by.scope, tray, session_entries.length_of(by.scope, tray.id), [said], by=by.id)
    )
    return said


def check_waits(end: object) -> None:
    """Refuse a reading that somebody has dealt with.

    Raises
    ------
    InvalidInput
    """
    if end is not None:
        said = "went to a session or was set aside already; load the page again"
        raise InvalidInput(Problem("reading", said))


def check_runs(scope: Scope, session_id: UUID) -> None:
    """Refuse a session that is over.

    Raises
    ------
    Missing    no such session within the scope, or it is over
    """
    if replay(session_entries.entries_of(scope, session_id)).is_over:
        raise Missing("this session is over; set the reading aside, or write it into the record by hand")


def _with_what_came_before(
    scope: Scope, tray_id: UUID, event: VitalsRecorded, true_at: datetime
) -> VitalsRecorded:
    before = session_entries.newest_offer(scope, tray_id)
    if before is None or before.reading.device != event.device:
        return event
    both = joined(as_reading(before.reading, before.true_at, ""), as_reading(event, true_at, ""))
    if both is None:
        return event
    names = ("systolic", "diastolic", "heart_rate", "oxygen", "breathing")
    return replace(event, **{name: getattr(both, name) for name in names})
