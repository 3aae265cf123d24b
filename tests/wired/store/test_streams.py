"""Streams: in order, one writer a place, words under the person's key."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from kairos.store import streams
from kairos.store.ids import new_id
from kairos.store.scope import scoped
from kairos.store.streams import NewEvent, Stream, StreamConflict
from kairos.vocab.errors import Missing
from tests.support.clinic import NOW, make_clinic, make_person

pytestmark = pytest.mark.django_db
BY = new_id()


def _event(kind: str = "started", **words: str) -> NewEvent:
    return NewEvent(kind, 1, {"rate": 2.5}, NOW, words, device_clock_error_s=-1.5)


@pytest.fixture
def opened():
    clinic = make_clinic()
    stream = Stream(new_id(), "dosing_session", clinic.programme_id, make_person(clinic))
    with scoped(clinic.scope):
        streams.open_stream(clinic.scope, stream)
        yield clinic.scope, stream


def test_events_come_back_in_order(opened) -> None:
    scope, stream = opened
    assert streams.append(scope, stream, 0, [_event(), _event("paused", note="felt dizzy")], by=BY) == 2
    first, second = streams.read(scope, stream.id)
    assert (first.seq, first.type, first.payload, first.words) == (1, "started", {"rate": 2.5}, {})
    assert (second.seq, second.words, second.true_at, second.by) == (2, {"note": "felt dizzy"}, NOW, BY)
    assert second.device_clock_error_s == -1.5
    assert streams.read(scope, stream.id, after=1) == (second,)
    assert streams.find_stream(scope, stream.id) == stream


def test_the_second_writer_is_told_to_reload(opened) -> None:
    scope, stream = opened
    streams.append(scope, stream, 0, [_event()], by=BY)
    for stale in (0, 5):
        with pytest.raises(StreamConflict, match="read it again"):
            streams.append(scope, stream, stale, [_event()], by=BY)
    assert len(streams.read(scope, stream.id)) == 1


def test_retrying_reads_again_until_it_fits(opened) -> None:
    scope, stream = opened
    known = [0, 0, 1]
    streams.append(scope, stream, 0, [_event()], by=BY)
    assert streams.retrying(lambda: streams.append(scope, stream, known.pop(0), [_event()], by=BY)) == 2


def test_retrying_gives_up_at_last(opened) -> None:
    scope, stream = opened
    with pytest.raises(StreamConflict):
        streams.retrying(lambda: streams.append(scope, stream, 9, [_event()], by=BY))


def test_words_are_closed_in_the_table(opened) -> None:
    scope, stream = opened
    streams.append(scope, stream, 0, [_event(note="felt dizzy")], by=BY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text || encode(words, 'escape') FROM store_streamevent")
        assert "dizzy" not in cursor.fetchone()[0]


def test_a_stream_elsewhere_is_not_found(opened) -> None:
    _, stream = opened
    other = make_clinic()
    with scoped(other.scope), pytest.raises(Missing):
        streams.find_stream(other.scope, stream.id)


def test_an_event_is_never_changed(opened) -> None:
    scope, stream = opened
    streams.append(scope, stream, 0, [_event()], by=BY)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE store_streamevent SET seq = 9")
