"""Amend an earlier entry: it stands as it was, and is read as said here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.written_words import reason_words
from kairos.domain.protocols.readings import check_reading
from kairos.domain.sessions.events import Corrected, Event, VitalsRecorded
from kairos.domain.sessions.payloads import from_payload, to_payload
from kairos.domain.sessions.state import as_reading, check_correction
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("correct_event", Permission.RUN_SESSION)
def correct_event(
    *,
    session_id: UUID,
    amends: int,
    reason: str,
    replacement: Mapping[str, Any] | None = None,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Amend an earlier entry: it stands as it was, and is read as said here.

    Parameters
    ----------
    amends : int            the place of the entry
    replacement : fields    those that change, as the entry's payload names them; None leaves them
    true_at : datetime      when it was true, where that was wrong

    With neither an observation is withdrawn; a step of the session cannot be.
    """
    words = reason_words(reason)

    def say(sitting: Sitting) -> list[Saying]:
        entry = new_id()
        event = Corrected(
            amends=amends,
            replacement=_amended(sitting, amends, replacement),
            true_at=true_at,
            reason_id=entry,
        )
        check_correction(sitting.entries, event)
        _check_values(sitting, event, now)
        return [Saying(event, words=words, id=entry)]

    return add_entries(session_id, say, by=by, now=now)


def _amended(sitting: Sitting, amends: int, changes: Mapping[str, Any] | None) -> Event | None:
    """Return the entry's event with some fields changed."""
    target = next((entry.event for entry in sitting.entries if entry.seq == amends), None)
    if changes is None or target is None:
        return None
    try:
        return from_payload(target.type, target.version, {**to_payload(target), **changes})
    except ValueError as error:
        raise InvalidInput(Problem("replacement", "holds a value that does not fit the entry")) from error


def _check_values(sitting: Sitting, event: Corrected, now: datetime) -> None:
    """Refuse an impossible reading in a correction too, and a moment that lies ahead."""
    target = next(entry for entry in sitting.entries if entry.seq == event.amends)
    read = event.replacement or target.event
    if isinstance(read, VitalsRecorded):
        reading = as_reading(read, event.true_at or target.true_at, target.ref)
        check_reading(reading, now=now, limits=sitting.picture.limits)
    elif event.true_at is not None and event.true_at > now:
        raise InvalidInput(Problem("true_at", "lies ahead of now; check date and time"))
