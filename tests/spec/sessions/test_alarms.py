"""Alarms.

One alarm a rule and episode. It wants somebody at the chair within a time; where nobody promises to come
it goes to the next person, once. It ends when the record says that it is over, never by silence.
"""

import pytest

from kairos.domain.sessions.alarms import alarms_to_raise, call_again, close, escalate, take
from kairos.domain.sessions.events import AlarmClosed, AlarmEnd
from kairos.vocab.errors import NotAllowed
from tests.support.dosing_sessions import WELL, at, ids, infusing, limits, observing, protocol

ESCALATION_SITUATIONS = (
    ("minutes after a stop was raised", "taken", "goes to"),
    (4, False, "nobody else"),
    (5, False, "medical_director"),
    (5, True, "nobody else"),
)


def raise_alarms(stream, minute):
    """Append the alarms that fire at a minute and return how many were raised or closed."""
    picture = stream.look(minute)
    events = alarms_to_raise(
        picture.state,
        picture.firing,
        protocol(),
        now=at(minute),
        limits=limits(),
        new_ids=ids(len(stream.entries)),
    )
    for event in events:
        stream.add(event, minute)
    return events


@pytest.mark.parametrize(("minutes", "is_taken", "to"), ESCALATION_SITUATIONS[1:])
def test_an_alarm_nobody_takes_goes_to_the_next(minutes, is_taken, to):
    """A confirmed high pressure wants a clinician within 5 minutes, then calls the medical director."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    (raised,) = raise_alarms(stream, 10)
    if is_taken:
        stream.add(take(stream.state, raised.alarm_id), 11)
    alarm = stream.state.alarms[raised.alarm_id]
    event = escalate(alarm, protocol(), now=at(10 + minutes), limits=limits())
    assert (event.to if event else "nobody else") == to


def test_an_alarm_escalates_once_a_step():
    """After the last person was called, nothing more is sent; the alarm stands until it is taken."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    (raised,) = raise_alarms(stream, 10)
    event = escalate(stream.state.alarms[raised.alarm_id], protocol(), now=at(15), limits=limits())
    stream.add(event, 15)
    assert escalate(stream.state.alarms[raised.alarm_id], protocol(), now=at(60), limits=limits()) is None
    assert stream.look(61).alarms[0].then is None


def test_repeated_readings_do_not_raise_it_again():
    """A third high reading updates the alarm that stands."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    assert len(raise_alarms(stream, 10)) == 1
    stream.pressure(15, 186, 113)
    assert raise_alarms(stream, 15) == ()
    assert stream.look(15).alarms[0].finding.values["systolic"].value == 186


def test_a_graver_alarm_takes_the_place_of_the_lesser():
    """A caution that becomes a stop is closed as outranked."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112)
    assert [event.type for event in raise_alarms(stream, 5)] == ["alarm_raised"]
    stream.pressure(10, 184, 112)
    events = raise_alarms(stream, 10)
    assert [event.type for event in events] == ["alarm_raised", "alarm_closed"]
    assert [a.rule for a in stream.look(10).alarms] == ["monitoring.blood_pressure_stop"]


def test_an_alarm_ends_when_a_reading_says_so():
    """Not taken, still high, or high again after too long a time: it stands. Below the limits: it may end."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    (raised,) = raise_alarms(stream, 10)
    with pytest.raises(NotAllowed, match="taken by nobody"):
        close(stream.state, raised.alarm_id, stream.look(11).findings)
    stream.add(take(stream.state, raised.alarm_id), 11)
    for minute in (15, 30):
        stream.pressure(minute, 184, 112)
        with pytest.raises(NotAllowed, match="still holds or is not known"):
            close(stream.state, raised.alarm_id, stream.look(minute).findings)
    stream.pressure(35, 150, 90)
    ended = close(stream.state, raised.alarm_id, stream.look(35).findings)
    assert ended == AlarmClosed(alarm_id=raised.alarm_id, end=AlarmEnd.SETTLED)


def test_a_reading_nobody_takes_is_an_alarm():
    """Readings are due every 10 minutes in the infusion, every 15 after; 5 minutes past, others are told."""
    stream = infusing()
    assert [f.rule for f in stream.look(14).firing] == []
    assert [f.rule for f in stream.look(15).firing] == ["monitoring.reading_overdue"]
    after = observing().pressure(40, 120, 80).sedation(40, 5).detachment(41, 1)
    assert [f.rule for f in after.look(59).firing] == []
    assert [f.rule for f in after.look(60).firing] == ["monitoring.reading_overdue"]


def promised(minute):
    """A reading was missing at 15 minutes; somebody promised to come at this one."""
    stream = infusing()
    (raised,) = raise_alarms(stream, 15)
    stream.add(take(stream.state, raised.alarm_id), minute)
    return stream, raised


def called_again(stream, alarm_id, minute):
    """Return who is called again at a minute, if anybody."""
    picture = stream.look(minute)
    alarm = picture.state.alarms[alarm_id]
    return call_again(alarm, protocol(), overdue=picture.overdue, now=at(minute), limits=limits())


@pytest.mark.parametrize(
    ("minute", "is_recorded", "called"),
    [(20, False, None), (21, False, "clinician"), (21, True, None), (40, False, "clinician")],
)
def test_a_promise_without_a_reading_lapses(minute, is_recorded, called):
    """Taken at 16 minutes: 5 minutes later the next person is called, unless all is recorded by then."""
    stream, raised = promised(16)
    if is_recorded:
        stream.vitals(18, **WELL).sedation(18, 5)
    event = called_again(stream, raised.alarm_id, minute)
    assert (event.to if event else None) == called


def test_an_alarm_that_came_back_waits_again_and_keeps_coming_back():
    """Nobody's promise ends it: nurse, clinician, medical director, and then the medical director again."""
    stream, raised = promised(16)
    called = []
    for minute in (21, 26, 31, 36):
        assert stream.look(minute).alarms[0].comes_back_at == at(minute)
        event = called_again(stream, raised.alarm_id, minute)
        stream.add(event, minute)
        shown = stream.look(minute).alarms[0]
        assert (shown.taken_by, shown.comes_back_at) == (None, None)
        called.append((event.step, shown.called.value))
        stream.add(take(stream.state, raised.alarm_id), minute)
    assert called == [
        (1, "clinician"),
        (2, "medical_director"),
        (3, "medical_director"),
        (4, "medical_director"),
    ]


def test_other_alarms_stay_with_who_took_them():
    """A promise about a high pressure holds; the reading that must follow is watched on its own."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    (raised,) = raise_alarms(stream, 10)
    stream.add(take(stream.state, raised.alarm_id), 11)
    assert called_again(stream, raised.alarm_id, 60) is None
    assert "monitoring.reading_overdue" in [each.rule for each in stream.look(60).firing]
