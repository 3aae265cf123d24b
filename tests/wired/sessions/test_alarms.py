"""Alarms: raised with the reading, taken by a promise, passed on once, closed when it is over."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kairos.actions.call_emergency import call_emergency
from kairos.actions.close_alarm import close_alarm
from kairos.actions.note_symptom import note_symptom
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_vitals import record_vitals
from kairos.actions.session_alarms import LOOK, UNANSWERED, answer_deadline, promise_deadline
from kairos.actions.take_alarm import take_alarm
from kairos.actions.vital_signs import VitalSigns
from kairos.actions.watch_session import watch_session
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.domain.sessions.events import AlarmEnd, AlarmEscalated, SymptomState
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.jobs.wiring import load_actions
from kairos.store.repositories import alarms, deadlines, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import NotAllowed
from tests.support.clinic import jobs
from tests.support.running_session import WELL, Floor, infusing, make_floor, observing, opened
from tests.support.workers import at_once

pytestmark = pytest.mark.django_db
ALERT = VitalSigns(systolic=170, diastolic=95, heart_rate=80, oxygen=97, breathing=14)
LOW_OXYGEN = VitalSigns(systolic=120, diastolic=80, heart_rate=80, oxygen=80, breathing=14)
SESSION_KINDS = {UNANSWERED, LOOK}


def state_of(floor: Floor, session_id: Any) -> DosingSessionState:
    with scoped(floor.clinic.scope):
        return replay(session_entries.entries_of(floor.clinic.scope, session_id))


def work(floor: Floor, minute: float) -> int:
    """Work what is due as the jobs process would, the database's clock being the floor's."""
    load_actions()
    known = {kind: done for kind, done in WORK.items() if kind in SESSION_KINDS}
    return work_deadlines(by=jobs(floor.clinic), now=floor.at(minute), work=known)


def a_floor_long_ago() -> Floor:
    """Return a floor whose every deadline of the first hour is due by the database's clock."""
    return make_floor(datetime.now(UTC) - timedelta(hours=2))


def test_an_alarm_is_raised_with_the_reading_and_told_at_once() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    with connection.cursor() as cursor:
        cursor.execute("LISTEN kairos_changed")
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=LOW_OXYGEN).raised
    with scoped(floor.clinic.scope):
        (kept,) = alarms.open_alarms(floor.clinic.scope)
        (deadline,) = deadlines.deadlines_of(floor.clinic.scope, answer_deadline(alarm_id, 0))
    assert (kept.id, kept.rule, kept.level) == (alarm_id, "monitoring.oxygen_emergency", "emergency")
    assert deadline.due_at == kept.answer_by


@pytest.mark.django_db(transaction=True)
def test_the_screens_hear_of_an_alarm_as_urgent() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN kairos_changed")
    floor.do(record_vitals, 5, session_id=session_id, values=LOW_OXYGEN)
    told = [json.loads(n.payload) for n in connection.connection.notifies(timeout=5, stop_after=2)]
    assert {"topic": "alarm", "id": str(session_id), "urgent": True} in [
        {key: each[key] for key in ("topic", "id", "urgent")} for each in told
    ]


def test_the_next_reading_of_one_episode_raises_no_second_alarm() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    assert len(floor.do(record_vitals, 5, session_id=session_id, values=ALERT).raised) == 1
    assert floor.do(record_vitals, 8, session_id=session_id, values=ALERT).raised == ()


def test_taken_once_and_closed_only_when_it_is_over() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=ALERT).raised
    here = {"session_id": session_id, "alarm_id": alarm_id}
    with pytest.raises(NotAllowed, match="taken by nobody"):
        floor.do(close_alarm, 6, **here)
    floor.do(take_alarm, 6, **here)
    with pytest.raises(NotAllowed, match="taken already"):
        floor.do(take_alarm, 6, by=floor.prescriber, **here)
    with pytest.raises(NotAllowed, match="still holds"):
        floor.do(close_alarm, 7, **here)
    floor.do(record_vitals, 10, session_id=session_id, values=WELL)
    floor.do(close_alarm, 11, **here)
    assert state_of(floor, session_id).alarms[alarm_id].end is AlarmEnd.SETTLED
    with scoped(floor.clinic.scope):
        assert alarms.open_alarms(floor.clinic.scope) == ()
        assert all(
            d.done_at for d in deadlines.deadlines_of(floor.clinic.scope, answer_deadline(alarm_id, 0))
        )


def test_an_unanswered_alarm_goes_to_the_next_person_step_by_step_and_then_stands() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=LOW_OXYGEN).raised
    assert work(floor, 60) >= 2
    steps = [
        (e.event.step, e.event.to)
        for e in _entries(floor, session_id)
        if isinstance(e.event, AlarmEscalated) and e.event.alarm_id == alarm_id
    ]
    assert steps == [(1, "clinician"), (2, "medical_director")]
    assert work(floor, 61) == 0
    assert state_of(floor, session_id).alarms[alarm_id].is_open


def test_a_taken_alarm_is_not_passed_on() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=LOW_OXYGEN).raised
    floor.do(take_alarm, 5.5, session_id=session_id, alarm_id=alarm_id)
    work(floor, 60)
    assert state_of(floor, session_id).alarms[alarm_id].step == 0


@pytest.mark.django_db(transaction=True)
def test_two_job_processes_escalate_once() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    (alarm_id,) = floor.do(record_vitals, 5, session_id=session_id, values=LOW_OXYGEN).raised
    at_once(2, lambda: work(floor, 60))
    steps = [e.event.step for e in _entries(floor, session_id) if isinstance(e.event, AlarmEscalated)]
    mine = [
        e.event.step
        for e in _entries(floor, session_id)
        if isinstance(e.event, AlarmEscalated) and e.event.alarm_id == alarm_id
    ]
    assert mine == [1, 2]
    assert steps


def test_nobody_looking_becomes_an_alarm_of_its_own() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    work(floor, 60)
    rules = {alarm.raised.rule for alarm in state_of(floor, session_id).open_alarms}
    assert "monitoring.reading_overdue" in rules


def test_a_reading_in_time_means_that_the_look_finds_nothing() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    _full_look(floor, session_id, 9)
    entered = watch_session(
        session_id=session_id, command_id=UUID(int=5), by=jobs(floor.clinic), now=floor.at(15)
    )
    assert entered.raised == ()
    with pytest.raises(NotAllowed, match="own processes"):
        floor.do(watch_session, 16, session_id=session_id)


def test_the_reading_that_was_missing_settles_its_alarm() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alarm_id,) = watch_session(
        session_id=session_id, command_id=UUID(int=5), by=jobs(floor.clinic), now=floor.at(16)
    ).raised
    _full_look(floor, session_id, 17)
    settled = state_of(floor, session_id).alarms[alarm_id]
    assert (settled.taken_by, settled.end) == (floor.nurse.id, AlarmEnd.SETTLED)


def test_somebody_already_on_the_way_stays_named_when_the_reading_comes() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alarm_id,) = watch_session(
        session_id=session_id, command_id=UUID(int=5), by=jobs(floor.clinic), now=floor.at(16)
    ).raised
    floor.do(take_alarm, 16.5, by=floor.prescriber, session_id=session_id, alarm_id=alarm_id)
    _full_look(floor, session_id, 17)
    assert state_of(floor, session_id).alarms[alarm_id].taken_by == floor.prescriber.id


def test_before_a_dose_a_caution_belongs_to_the_check_and_raises_no_alarm() -> None:
    floor = make_floor()
    session_id = opened(floor)
    assert floor.do(record_vitals, -15, session_id=session_id, values=ALERT).raised == ()
    assert floor.do(record_vitals, -14, session_id=session_id, values=LOW_OXYGEN).raised != ()


def test_an_entry_that_arrives_late_raises_what_it_would_have_raised() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    floor.do(record_vitals, 12, session_id=session_id, values=WELL)
    raised = floor.do(record_vitals, 13, session_id=session_id, values=LOW_OXYGEN, true_at=floor.at(6)).raised
    assert len(raised) == 1
    late = floor.do(rate_sedation, 14, session_id=session_id, score=5, true_at=floor.at(7))
    assert late.raised == ()


def test_a_graver_alarm_closes_what_it_outranks() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alert,) = floor.do(record_vitals, 5, session_id=session_id, values=ALERT).raised
    high = VitalSigns(systolic=190, diastolic=112, heart_rate=90, oxygen=97, breathing=14)
    floor.do(record_vitals, 6, session_id=session_id, values=high)
    floor.do(record_vitals, 11, session_id=session_id, values=high)
    assert state_of(floor, session_id).alarms[alert].end is AlarmEnd.OUTRANKED


def test_an_emergency_call_is_over_when_somebody_says_so() -> None:
    floor = make_floor()
    session_id = observing(floor)
    (alarm_id,) = floor.do(call_emergency, 41, session_id=session_id).raised
    here = {"session_id": session_id, "alarm_id": alarm_id}
    floor.do(take_alarm, 42, **here)
    gone = {"codes": ("emergency_called",), "state": SymptomState.RESOLVED}
    floor.do(note_symptom, 43, session_id=session_id, **gone)
    floor.do(close_alarm, 44, **here)
    assert state_of(floor, session_id).alarms[alarm_id].end is AlarmEnd.SETTLED


def test_the_mark_of_a_check_in_the_morning_plans_no_look_without_a_reading() -> None:
    floor = make_floor()
    session_id = opened(floor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_deadline WHERE kind = %s", [LOOK])
        assert cursor.fetchone() == (0,)
    assert session_id


def _full_look(floor: Floor, session_id: Any, minute: float) -> None:
    floor.do(record_vitals, minute, session_id=session_id, values=WELL)
    floor.do(rate_sedation, minute, session_id=session_id, score=5)


def _entries(floor: Floor, session_id: Any) -> Any:
    with scoped(floor.clinic.scope):
        return session_entries.entries_of(floor.clinic.scope, session_id)


def test_a_promise_that_brings_no_reading_lapses_and_the_next_person_is_called() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    work(floor, 15)
    (alarm,) = state_of(floor, session_id).open_alarms
    alarm_id = alarm.raised.alarm_id
    floor.do(take_alarm, 16, session_id=session_id, alarm_id=alarm_id)
    work(floor, 26)
    waiting = state_of(floor, session_id).alarms[alarm_id]
    assert (waiting.taken_by, waiting.step >= 1) == (None, True)
    with scoped(floor.clinic.scope):
        (kept,) = alarms.open_alarms(floor.clinic.scope)
    assert (kept.taken_by, kept.escalated_at is not None) == (None, True)
    floor.do(take_alarm, 27, by=floor.prescriber, session_id=session_id, alarm_id=alarm_id)
    assert state_of(floor, session_id).alarms[alarm_id].taken_by == floor.prescriber.id


def test_a_promise_kept_is_watched_no_longer() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alarm_id,) = watch_session(
        session_id=session_id, command_id=UUID(int=5), by=jobs(floor.clinic), now=floor.at(16)
    ).raised
    floor.do(take_alarm, 17, session_id=session_id, alarm_id=alarm_id)
    with scoped(floor.clinic.scope):
        (promise,) = deadlines.deadlines_of(floor.clinic.scope, promise_deadline(alarm_id, 0))
    assert (promise.due_at, promise.done_at) == (floor.at(22), None)
    _full_look(floor, session_id, 18)
    with scoped(floor.clinic.scope):
        (promise,) = deadlines.deadlines_of(floor.clinic.scope, promise_deadline(alarm_id, 0))
    assert promise.done_at is not None
