"""Streams of events: append with the place expected, read in order, retry after a conflict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection, transaction

from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.records.streams import Stream as StreamRecord
from kairos.store.records.streams import StreamEvent as EventRecord
from kairos.store.scope import check_within, the_only, within
from kairos.store.vault import PersonKey, key_of
from kairos.vocab.errors import KairosError
from kairos.vocab.people import Scope

R = TypeVar("R")
RETRIES = 5


class StreamConflict(KairosError):
    """Somebody else wrote to this stream first; read it again, decide again, and append anew."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a stream is about."""

    id: UUID
    kind: str
    programme_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append. ``payload`` holds ids, codes and numbers; ``words`` what people wrote."""

    type: str
    version: int
    payload: Mapping[str, Any]
    true_at: datetime
    words: Mapping[str, str] = field(default_factory=dict)
    device_clock_error_s: float | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it was appended: its place, who wrote it, and when by the database's clock."""

    id: UUID
    seq: int
    type: str
    version: int
    payload: Mapping[str, Any]
    words: Mapping[str, str]
    true_at: datetime
    device_clock_error_s: float | None
    recorded_at: datetime
    by: UUID


def open_stream(scope: Scope, stream: Stream) -> None:
    """Begin a stream; its events start at seq 1."""
    check_within(scope, stream.programme_id, stream.person_id)
    StreamRecord.objects.create(
        id=stream.id, kind=stream.kind, programme_id=stream.programme_id, person_id=stream.person_id
    )


def ensure_stream(scope: Scope, stream: Stream) -> None:
    """Begin a stream, unless somebody has begun it already."""
    check_within(scope, stream.programme_id, stream.person_id)
    names = {"kind": stream.kind, "programme_id": stream.programme_id, "person_id": stream.person_id}
    StreamRecord.objects.get_or_create(id=stream.id, defaults=names)


def find_stream(scope: Scope, stream_id: UUID) -> Stream:
    """Return what the stream is about.

    Raises
    ------
    Missing
    """
    row = the_only(within(StreamRecord.objects.filter(id=stream_id), scope), "the stream")
    return Stream(row.id, row.kind, row.programme_id, row.person_id)


_APPEND = """
    INSERT INTO store_streamevent (id, stream_id, programme_id, person_id, seq, type, version, payload, words,
        true_at, device_clock_error_s, recorded_at, by)
    SELECT e.id, %(stream)s, %(programme)s, %(person)s, %(expected)s + e.place, e.type, e.version, e.payload,
        decode(e.words, 'hex'), e.true_at, e.error, clock_timestamp(), %(by)s
    FROM json_to_recordset(%(events)s) AS e(id uuid, place int, type text, version int, payload jsonb,
        words text, true_at timestamptz, error float8)
    WHERE %(expected)s = (SELECT coalesce(max(seq), 0) FROM store_streamevent WHERE stream_id = %(stream)s)
"""


def append(scope: Scope, stream: Stream, expected_seq: int, events: Sequence[NewEvent], *, by: UUID) -> int:
    """Add events after the last one that was read, and return the new last seq.

    Parameters
    ----------
    expected_seq : int    seq of the last event the caller knows; 0 for a stream without any

    Raises
    ------
    StreamConflict        the stream has moved on; nothing was written
    """
    check_within(scope, stream.programme_id, stream.person_id)
    key = key_of(stream.person_id) if any(event.words for event in events) else None
    rows = [_row(event, place, key) for place, event in enumerate(events, start=1)]
    values: dict[str, Any] = {
        "stream": stream.id,
        "programme": stream.programme_id,
        "person": stream.person_id,
        "expected": expected_seq,
        "events": msgspec.json.encode(rows).decode(),
        "by": by,
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_APPEND, values)
            written = cursor.rowcount
    except IntegrityError as error:
        if "one_event_in_each_place" in str(error):
            raise StreamConflict from error
        raise
    if written != len(rows):
        raise StreamConflict
    changed(programme_id=stream.programme_id, topic=stream.kind, subject=stream.id)
    return expected_seq + written


def read(scope: Scope, stream_id: UUID, *, after: int = 0) -> tuple[StoredEvent, ...]:
    """Return the events of a stream in order, from the one after ``after``."""
    rows = within(EventRecord.objects.filter(stream_id=stream_id, seq__gt=after), scope).order_by("seq")
    found = list(rows)
    key = key_of(found[0].person_id) if any(row.words is not None for row in found) else None
    return tuple(_value(row, key) for row in found)


def retrying(attempt: Callable[[], R]) -> R:
    """Run an attempt (read, decide, append) again while others write first; five times at most."""
    for _ in range(RETRIES - 1):
        try:
            with transaction.atomic():
                return attempt()
        except StreamConflict:
            continue
    return attempt()


def _row(event: NewEvent, place: int, key: PersonKey | None) -> dict[str, Any]:
    closed = key.seal_words(event.words, f"event/{event.id}") if key and event.words else None
    return {
        "id": event.id,
        "place": place,
        "type": event.type,
        "version": event.version,
        "payload": event.payload,
        "words": closed.hex() if closed else None,
        "true_at": event.true_at,
        "error": event.device_clock_error_s,
    }


def _value(row: EventRecord, key: PersonKey | None) -> StoredEvent:
    words: Any = key.open_words(bytes(row.words), f"event/{row.id}") if key and row.words is not None else {}
    return StoredEvent(
        id=row.id,
        seq=row.seq,
        type=row.type,
        version=row.version,
        payload=row.payload,
        words=words,
        true_at=row.true_at,
        device_clock_error_s=row.device_clock_error_s,
        recorded_at=row.recorded_at,
        by=row.by,
    )
