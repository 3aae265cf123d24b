"""Every running session has one named watcher, who is there; where not, others are called, once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kairos.actions.offer_watch import offer_watch
from kairos.actions.record_vitals import record_vitals
from kairos.actions.session_alarms import LOOK, UNANSWERED
from kairos.actions.signs_of_life import leave_screen, show_watcher
from kairos.actions.take_alarm import take_alarm
from kairos.actions.take_watch import take_watch
from kairos.actions.watchers import LOAD, SILENCE, sign_subject
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.domain.sessions.events import AlarmEnd, WatchFault, WatchLost
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.jobs.wiring import load_actions
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, deadlines, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Role
from tests.support.clinic import jobs, staff
from tests.support.running_session import WELL, Floor, infusing, make_floor, observing

pytestmark = pytest.mark.django_db


def state_of(floor: Floor, session_id: Any) -> DosingSessionState:
    with scoped(floor.clinic.scope):
        return replay(session_entries.entries_of(floor.clinic.scope, session_id))


def a_floor_long_ago() -> Floor:
    """Return a floor whose every deadline of the first hour is due by the database's clock."""
    return make_floor(datetime.now(UTC) - timedelta(hours=2))


def work(floor: Floor, minute: float, *kinds: str) -> int:
    load_actions()
    known = {kind: WORK[kind] for kind in kinds or (SILENCE,)}
    return work_deadlines(by=jobs(floor.clinic), now=floor.at(minute), work=known)


def sign(floor: Floor, minute: float, *, by: Actor | None = None, screen: str = "a") -> int:
    return show_watcher(screen=screen, by=by or floor.nurse, now=floor.at(minute))


def rules_of(floor: Floor, session_id: UUID) -> list[str]:
    return [each.raised.rule for each in state_of(floor, session_id).open_alarms]


def test_only_whoever_watches_offers_and_only_whom_it_was_offered_to_takes() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    with pytest.raises(NotAllowed, match="only whoever watches"):
        floor.do(offer_watch, 1, by=floor.prescriber, session_id=session_id, to=floor.nurse.id)
    with pytest.raises(InvalidInput, match="choose somebody else"):
        floor.do(offer_watch, 1, session_id=session_id, to=floor.nurse.id)
    with pytest.raises(NotAllowed, match="not offered to you"):
        floor.do(take_watch, 1, by=floor.prescriber, session_id=session_id)
    with pytest.raises(NotAllowed, match="you watch this session already"):
        floor.do(take_watch, 1, session_id=session_id)


def test_a_break_has_an_end_and_falls_back_only_by_an_act_of_both() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    with pytest.raises(InvalidInput, match="within 60 min"):
        floor.do(offer_watch, 1, session_id=session_id, to=floor.prescriber.id, until=floor.at(90))
    floor.do(offer_watch, 2, session_id=session_id, to=floor.prescriber.id, until=floor.at(12))
    floor.do(take_watch, 3, by=floor.prescriber, session_id=session_id)
    assert work(floor, 4, LOOK) >= 1
    assert "watching.cover_over" in rules_of(floor, session_id)
    state = state_of(floor, session_id)
    assert (state.watched_by, state.cover and state.cover.first) == (floor.prescriber.id, floor.nurse.id)
    floor.do(offer_watch, 20, by=floor.prescriber, session_id=session_id, to=floor.nurse.id)
    floor.do(take_watch, 21, session_id=session_id)
    after = state_of(floor, session_id)
    assert (after.watched_by, after.cover) == (floor.nurse.id, None)
    assert "watching.cover_over" not in rules_of(floor, session_id)


def test_a_watcher_whose_page_falls_silent_is_an_alarm_once_and_their_return_ends_it() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    assert sign(floor, 1) == 1
    assert work(floor, 10) == 1
    assert rules_of(floor, session_id) == ["watching.silent"]
    assert work(floor, 11) == 0
    sign(floor, 15)
    state = state_of(floor, session_id)
    assert state.watch_faults == {}
    (alarm,) = [each for each in state.alarms.values() if each.raised.rule == "watching.silent"]
    assert (alarm.taken_by, alarm.end) == (floor.nurse.id, AlarmEnd.SETTLED)
    assert work(floor, 30) == 1
    assert rules_of(floor, session_id).count("watching.silent") == 1


def test_one_process_or_two_raise_it_once() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    sign(floor, 1)
    for _ in range(2):
        work(floor, 10)
    with scoped(floor.clinic.scope):
        entries = session_entries.entries_of(floor.clinic.scope, session_id)
    assert sum(isinstance(each.event, WatchLost) for each in entries) == 1


def test_signing_out_of_the_last_screen_is_an_alarm_at_once_and_of_one_of_two_is_none() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    sign(floor, 1, screen="desk")
    sign(floor, 1, screen="tablet")
    leave_screen(screen="desk", by=floor.nurse, now=floor.at(2))
    with scoped(floor.clinic.scope):
        (held,) = deadlines.deadlines_of(
            floor.clinic.scope, sign_subject(floor.clinic.programme_id, floor.nurse.id)
        )
    assert held.due_at == floor.at(4)
    leave_screen(screen="tablet", by=floor.nurse, now=floor.at(3))
    assert work(floor, 3) == 1
    assert rules_of(floor, session_id) == ["watching.signed_out"]
    leave_screen(screen="tablet", by=floor.nurse, now=floor.at(4))
    assert work(floor, 4) == 0


def test_where_the_watcher_is_gone_anybody_of_the_team_takes_the_watch() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    sign(floor, 1)
    work(floor, 10)
    floor.do(take_watch, 11, by=floor.prescriber, session_id=session_id)
    state = state_of(floor, session_id)
    assert (state.watched_by, state.watch_faults) == (floor.prescriber.id, {})
    assert rules_of(floor, session_id) == []
    assert sign(floor, 12) == 0


def test_a_promise_without_a_new_watcher_lapses_and_the_alarm_climbs() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    sign(floor, 1)
    work(floor, 5)
    (alarm,) = state_of(floor, session_id).open_alarms
    floor.do(take_alarm, 6, by=floor.prescriber, session_id=session_id, alarm_id=alarm.raised.alarm_id)
    assert work(floor, 30, UNANSWERED) >= 1
    (after,) = [e for e in state_of(floor, session_id).open_alarms if e.raised.rule == "watching.silent"]
    assert after.waits
    assert after.step >= 1


def test_nobody_who_may_not_run_sessions_shows_a_sign_and_the_silent_of_nothing_raise_nothing() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    therapist = staff(floor.clinic, Role.THERAPIST)
    assert show_watcher(screen="a", by=therapist, now=floor.at(1)) == 0
    leave_screen(screen="a", by=floor.nurse, now=floor.at(1))
    sign(floor, 1)
    floor.do(offer_watch, 2, session_id=session_id, to=floor.prescriber.id)
    floor.do(take_watch, 2, by=floor.prescriber, session_id=session_id)
    assert work(floor, 10) == 1
    assert rules_of(floor, session_id) == []


def pretend_others(floor: Floor, session_id: UUID, count: int, faults: Sequence[str] = ()) -> list[UUID]:
    """Return ids of rows that look like further sessions of the nurse with a dose on board."""
    made = []
    with scoped(floor.clinic.scope):
        kept = alarms.find_summary(floor.clinic.scope, session_id)
    for _ in range(count):
        with scoped(floor.clinic.scope):
            row = replace(kept, id=new_id(), details={**kept.details, "faults": [*faults]})
            alarms.keep_summary(floor.clinic.scope, row)
        made.append(row.id)
    return made


def test_more_sessions_than_the_protocols_number_is_an_alarm_until_there_are_fewer() -> None:
    floor = a_floor_long_ago()
    session_id = infusing(floor)
    others = pretend_others(floor, session_id, 4)
    floor.do(offer_watch, 1, session_id=session_id, to=floor.prescriber.id)
    floor.do(take_watch, 2, by=floor.prescriber, session_id=session_id)
    floor.do(offer_watch, 3, by=floor.prescriber, session_id=session_id, to=floor.nurse.id)
    floor.do(take_watch, 4, session_id=session_id)
    assert rules_of(floor, session_id) == ["watching.too_many"]
    look_at_load(floor, session_id)
    assert work(floor, 50, LOAD) == 1
    assert WatchFault.TOO_MANY in state_of(floor, session_id).watch_faults
    with scoped(floor.clinic.scope):
        for each in others:
            row = alarms.find_summary(floor.clinic.scope, each)
            alarms.keep_summary(floor.clinic.scope, replace(row, is_open=False))
    look_at_load(floor, new_id())
    assert work(floor, 60, LOAD) == 1
    assert state_of(floor, session_id).watch_faults == {}
    floor.do(record_vitals, 61, session_id=session_id, values=WELL)
    assert "watching.too_many" not in rules_of(floor, session_id)


def test_the_sessions_of_a_watcher_who_has_one_less_are_looked_at_again() -> None:
    floor = a_floor_long_ago()
    session_id = observing(floor)
    (other,) = pretend_others(floor, session_id, 1, faults=["too_many"])
    floor.do(offer_watch, 41, session_id=session_id, to=floor.prescriber.id)
    floor.do(take_watch, 42, by=floor.prescriber, session_id=session_id)
    assert other
    with scoped(floor.clinic.scope):
        assert deadlines.claim_one(floor.clinic.scope, [LOAD]) is not None


def look_at_load(floor: Floor, subject: UUID) -> None:
    """Have the nurse's sessions looked at again, as when one of them ends."""
    told = {"watcher": str(floor.nurse.id)}
    due = deadlines.Deadline(new_id(), floor.clinic.programme_id, LOAD, subject, floor.at(5), told)
    with scoped(floor.clinic.scope):
        deadlines.set_deadline(floor.clinic.scope, due)
