"""The infusion, readings, ratings, symptoms, notes, corrections; each refused where it must be."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kairos.actions.add_note import add_note
from kairos.actions.call_emergency import call_emergency
from kairos.actions.change_rate import change_rate
from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.correct_event import correct_event
from kairos.actions.note_symptom import note_symptom
from kairos.actions.offer_device_reading import offer_device_reading
from kairos.actions.offer_watch import offer_watch
from kairos.actions.pause_infusion import pause_infusion
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_vitals import record_vitals
from kairos.actions.resume_infusion import resume_infusion
from kairos.actions.start_infusion import start_infusion
from kairos.actions.stop_infusion import stop_infusion
from kairos.actions.take_watch import take_watch
from kairos.actions.transfer_patient import transfer_patient
from kairos.actions.use_device_reading import use_device_reading
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.sessions.events import DissociationScale, Source, StopReason, SymptomState
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.queries.dosing_sessions import session_page
from kairos.store import streams
from kairos.store.ids import new_id
from kairos.store.repositories import session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from tests.support import canaries
from tests.support.clinic import jobs
from tests.support.running_session import WELL, Floor, checked, infusing, make_floor, observing, opened
from tests.support.workers import at_once

pytestmark = pytest.mark.django_db


def state_of(floor: Floor, session_id: Any) -> DosingSessionState:
    with scoped(floor.clinic.scope):
        return replay(session_entries.entries_of(floor.clinic.scope, session_id))


def length_of(floor: Floor, session_id: Any) -> int:
    with scoped(floor.clinic.scope):
        return len(session_entries.entries_of(floor.clinic.scope, session_id))


def test_the_pump_by_its_verbs_and_the_mg_truly_given() -> None:
    floor = make_floor()
    session_id = checked(floor)
    here = {"session_id": session_id}
    floor.do(start_infusion, 0, rate_mg_per_h=Decimal(30), **here)
    with pytest.raises(InvalidInput, match="51 mg/h, as ordered"):
        floor.do(change_rate, 5, rate_mg_per_h=Decimal(52), **here)
    floor.do(change_rate, 10, rate_mg_per_h=Decimal(51), **here)
    assert floor.do(pause_infusion, 20, **here).phase == "paused"
    with pytest.raises(NotAllowed, match="not possible while paused"):
        floor.do(complete_infusion, 21, **here)
    assert floor.do(resume_infusion, 30, **here).phase == "infusing"
    floor.do(stop_infusion, 40, reason=StopReason.PATIENT_WISH, **here)
    assert state_of(floor, session_id).infusion.given_mg(floor.at(60)) == Decimal("22.000")


def test_the_rate_after_a_pause_may_be_named() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    floor.do(pause_infusion, 10, session_id=session_id)
    floor.do(resume_infusion, 12, session_id=session_id, rate_mg_per_h=Decimal(25))
    assert state_of(floor, session_id).controls[-1].mg_per_h == Decimal(25)


def test_nothing_starts_without_an_order_and_the_message_says_what_is_missing() -> None:
    floor = make_floor()
    session_id = opened(floor)
    with pytest.raises(NotAllowed, match="start"):
        floor.do(start_infusion, 0, session_id=session_id)


def test_an_impossible_reading_is_refused_with_the_range_and_an_alarming_one_is_kept() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    before = length_of(floor, session_id)
    with pytest.raises(InvalidInput, match="look at the monitor again"):
        floor.do(record_vitals, 5, session_id=session_id, values=VitalSigns(systolic=879, diastolic=80))
    assert length_of(floor, session_id) == before
    entered = floor.do(
        record_vitals, 5, session_id=session_id, values=VitalSigns(systolic=220, diastolic=130, heart_rate=90)
    )
    assert (entered.raised and entered.next_due == "oxygen_repeat") or entered.next_due


def test_saved_twice_it_stands_once() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    command_id = new_id()
    given = {"session_id": session_id, "values": WELL, "command_id": command_id, "by": floor.nurse}
    first, again = (record_vitals(now=floor.at(minute), **given) for minute in (5, 6))
    assert first == again
    assert length_of(floor, session_id) == first.seq


@pytest.mark.django_db(transaction=True)
def test_two_people_write_at_once_and_nothing_is_lost() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    before = length_of(floor, session_id)
    at_once(2, lambda: floor.do(rate_sedation, 5, session_id=session_id, score=5))
    assert length_of(floor, session_id) == before + 2


def test_what_a_monitor_shows_waits_until_somebody_takes_it_over() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    shown = VitalSigns(systolic=130, diastolic=85, heart_rate=75, source=Source.DEVICE, device="Monitor 2")
    offered_id = floor.do(
        offer_device_reading,
        6,
        by=jobs(floor.clinic),
        session_id=session_id,
        values=shown,
        true_at=floor.at(5.5),
    )
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(6))
    assert page.offered is not None and page.offered.id == offered_id
    floor.do(use_device_reading, 7, session_id=session_id, offered_id=offered_id)
    newest = state_of(floor, session_id).readings[-1]
    assert (newest.systolic, newest.true_at) == (130, floor.at(5.5))
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(8))
    assert page.offered is None
    with pytest.raises(Missing):
        floor.do(use_device_reading, 9, session_id=session_id, offered_id=new_id())
    with pytest.raises(NotAllowed, match="own processes"):
        floor.do(offer_device_reading, 9, session_id=session_id, values=shown, true_at=floor.at(9))


def test_scores_outside_their_scale_are_refused() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    with pytest.raises(InvalidInput, match="must be 0 to 5"):
        floor.do(rate_sedation, 5, session_id=session_id, score=6)
    with pytest.raises(InvalidInput, match="must be 0 to 10"):
        scale = DissociationScale.NOUGHT_TO_TEN
        floor.do(rate_dissociation, 5, session_id=session_id, scale=scale, score=11)


def test_symptoms_come_from_the_list() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    for codes in ((), ("itchy_elbow",)):
        with pytest.raises(InvalidInput, match="choose at least one"):
            floor.do(note_symptom, 5, session_id=session_id, codes=codes, state=SymptomState.PRESENT)


def test_emergency_raises_its_alarm_at_once() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    (alarm_id,) = floor.do(call_emergency, 5, session_id=session_id).raised
    assert state_of(floor, session_id).alarms[alarm_id].raised.card == "emergency"


def test_what_people_write_is_kept_apart_from_the_entry() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    floor.do(add_note, 5, session_id=session_id, note=f" {canaries.FREE_TEXT} ")
    with scoped(floor.clinic.scope):
        stored = streams.read(floor.clinic.scope, session_id)[-1]
    assert stored.words == {"note": canaries.FREE_TEXT}
    assert canaries.FREE_TEXT not in str(stored.payload)
    with pytest.raises(InvalidInput, match="write what you saw"):
        floor.do(add_note, 6, session_id=session_id, note=" ")


def test_the_watch_is_handed_over_by_an_act_of_both() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    floor.do(offer_watch, 5, session_id=session_id, to=floor.prescriber.id)
    assert state_of(floor, session_id).watched_by == floor.nurse.id
    floor.do(take_watch, 6, by=floor.prescriber, session_id=session_id)
    assert state_of(floor, session_id).watched_by == floor.prescriber.id


def test_emergency_services_take_over() -> None:
    floor = make_floor()
    session_id = observing(floor)
    assert floor.do(transfer_patient, 50, session_id=session_id, to="ambulance").phase == "transferred"


def test_a_correction_amends_and_the_entry_stays() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    seq = floor.do(record_vitals, 5, session_id=session_id, values=WELL).seq
    given = {"session_id": session_id, "amends": seq, "reason": "read from the wrong line"}
    floor.do(correct_event, 6, replacement={"systolic": 130.0}, **given)
    assert state_of(floor, session_id).readings[-1].systolic == 130
    with scoped(floor.clinic.scope):
        entries = session_entries.entries_of(floor.clinic.scope, session_id)
    assert next(e for e in entries if e.seq == seq).event.systolic == 120
    floor.do(correct_event, 7, true_at=floor.at(4), **given)
    assert state_of(floor, session_id).readings[-1].true_at == floor.at(4)
    floor.do(correct_event, 8, **given)
    assert len(state_of(floor, session_id).readings) == 1


def test_a_correction_is_held_to_the_same_limits() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    vitals = floor.do(record_vitals, 5, session_id=session_id, values=WELL).seq
    rating = floor.do(rate_sedation, 5, session_id=session_id, score=5).seq
    given = {"session_id": session_id, "reason": "mistyped"}
    for content, said in (
        ({"amends": vitals, "replacement": {"systolic": 879.0}}, "look at the monitor"),
        ({"amends": vitals, "replacement": {"systolic": "high"}}, "does not fit"),
        ({"amends": rating, "true_at": floor.at(5) + timedelta(days=1)}, "ahead of now"),
        ({"amends": 999, "replacement": {"systolic": 130.0}}, "not there to amend"),
    ):
        with pytest.raises(InvalidInput, match=said):
            floor.do(correct_event, 6, **given, **content)
    floor.do(correct_event, 6, amends=rating, true_at=floor.at(4), **given)
    with pytest.raises(NotAllowed, match="cannot be withdrawn"):
        floor.do(correct_event, 7, amends=1, **given)
