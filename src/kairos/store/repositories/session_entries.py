"""Dosing sessions in their streams: entries out of stored events, and stored events out of entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Max

from kairos.domain.sessions.events import Event, SessionEntry, VitalsRecorded
from kairos.domain.sessions.payloads import from_payload, to_payload
from kairos.domain.sessions.told import EntryDevice
from kairos.store import streams
from kairos.store.records.streams import StreamEvent as EventRecord
from kairos.store.scope import the_only, within
from kairos.store.streams import NewEvent
from kairos.vocab.people import Scope

SESSION = "session"
"""The kind of stream, and the topic that screens listen to."""
_MADE_ON = "made_on"
"""Beside the fields of an event: the device it was entered on. No event has a field of this name."""


@dataclass(frozen=True, slots=True)
class OfferedReading:
    """What a monitor showed and laid in the tray."""

    id: UUID
    true_at: datetime
    reading: VitalsRecorded


def entries_of(scope: Scope, session_id: UUID) -> tuple[SessionEntry, ...]:
    """Return the entries of a session in their order, without their words."""
    return entries_of_many(scope, [session_id]).get(session_id, ())


def entries_of_many(scope: Scope, session_ids: Iterable[UUID]) -> dict[UUID, tuple[SessionEntry, ...]]:
    """Return the entries of these sessions by session, in one query and without their words."""
    rows = within(EventRecord.objects.filter(stream_id__in=list(session_ids)), scope)
    columns = ("stream_id", "seq", "type", "version", "payload", "true_at", "recorded_at", "by")
    found: dict[UUID, list[SessionEntry]] = {}
    for stream, *of_entry in rows.order_by("stream_id", "seq").values_list(*columns):
        entry = _entry(*of_entry)
        found.setdefault(stream, []).append(entry)
    return {stream: tuple(entries) for stream, entries in found.items()}


def entries_with_words(
    scope: Scope, session_id: UUID
) -> tuple[tuple[SessionEntry, ...], dict[int, Mapping[str, str]]]:
    """Return the entries of a session, and what people wrote, by the place of the entry."""
    stored = streams.read(scope, session_id)
    entries = tuple(
        _entry(e.seq, e.type, e.version, e.payload, e.true_at, e.recorded_at, e.by) for e in stored
    )
    return entries, {event.seq: event.words for event in stored if event.words}


def as_new_event(
    event: Event,
    true_at: datetime,
    words: Mapping[str, str],
    event_id: UUID,
    made_on: EntryDevice | None = None,
) -> NewEvent:
    """Return an event as it is appended; what the device said stands beside the event's own fields."""
    payload = to_payload(event)
    if made_on is not None:
        payload[_MADE_ON] = msgspec.to_builtins(made_on)
    error = made_on.ahead_s if made_on is not None else None
    return NewEvent(event.type, event.version, payload, true_at, words, error, event_id)


def _entry(
    seq: int,
    kind: str,
    version: int,
    payload: Mapping[str, Any],
    true_at: datetime,
    recorded_at: datetime,
    by: UUID,
) -> SessionEntry:
    event = from_payload(kind, version, payload)
    return SessionEntry(seq, event, true_at, recorded_at, by, _made_on(payload))


def _made_on(payload: Mapping[str, Any]) -> EntryDevice | None:
    told = payload.get(_MADE_ON)
    return None if told is None else msgspec.convert(told, EntryDevice)


def newest_offer(scope: Scope, tray_id: UUID) -> OfferedReading | None:
    """Return the newest reading a monitor has laid in the tray, if there is one."""
    row = within(EventRecord.objects.filter(stream_id=tray_id), scope).order_by("-seq").first()
    return None if row is None else _offered(row)


def find_offer(scope: Scope, tray_id: UUID, offered_id: UUID) -> OfferedReading:
    """Return one reading of a tray.

    Raises
    ------
    Missing
    """
    rows = within(EventRecord.objects.filter(stream_id=tray_id, id=offered_id), scope)
    return _offered(the_only(rows, "this reading"))


def length_of(scope: Scope, stream_id: UUID) -> int:
    """Return the place of the last event of a stream; nought where there is none."""
    rows = within(EventRecord.objects.filter(stream_id=stream_id), scope)
    return rows.aggregate(last=Max("seq"))["last"] or 0


def hold_openings(programme_id: UUID) -> None:
    """Let one session at a time open in a programme, until the transaction ends."""
    with connection.cursor() as cursor:
        key = f"open_session/{programme_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _offered(row: EventRecord) -> OfferedReading:
    event = from_payload(VitalsRecorded.type, row.version, row.payload)
    return OfferedReading(row.id, row.true_at, cast(VitalsRecorded, event))
