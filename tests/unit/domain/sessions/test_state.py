"""The fold: phases as recorded, readings by when they were true, corrections wherever they stand."""

from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.protocols.predose import Call
from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.events import (
    AlarmTaken,
    CheckAnswered,
    Corrected,
    GoDecided,
    HandedOver,
    InfusionPaused,
    InfusionStarted,
    LeftAgainstAdvice,
    NoteAdded,
    OverrideRecorded,
    ReleaseCriterionRecorded,
    SedationRated,
    Source,
    VitalsRecorded,
)
from kairos.domain.sessions.phases import Phase, after, is_possible, opened_in
from kairos.domain.sessions.state import DosingSessionState, as_reading, check_correction, replay
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import (
    NURSE,
    ORDERED_RATE,
    PRESCRIBER,
    TEN,
    WELL,
    Stream,
    at,
    checked,
    infusing,
    observing,
    opened,
    releasable,
    with_changed,
)


def test_nothing_is_a_session_not_opened():
    assert replay([]) == DosingSessionState()
    assert replay([]).infusion.started_at is None
    assert replay([]).baseline is None


def test_a_session_remembers_its_steps():
    state = observing().state
    assert state.phase is Phase.OBSERVING
    assert state.identity_by == NURSE
    assert state.order is not None
    assert state.baseline == Reading("23", at(-10), **WELL)
    assert state.infusion.ended_at == at(40)
    assert state.is_over is False


def test_a_refusal_names_the_phase_and_what_opens_it():
    with pytest.raises(NotAllowed, match="not possible while checking; it opens when ready"):
        after(Phase.CHECKING, "infusion_started")
    assert is_possible(Phase.READY, "infusion_started")
    assert opened_in("released") == (Phase.OBSERVING,)


def test_a_stream_with_a_gap_is_refused():
    stream = observing()
    with pytest.raises(ValueError, match="entries are missing or doubled"):
        replay([*stream.entries[:3], *stream.entries[4:]])


def test_a_stream_that_jumps_a_step_is_refused():
    with pytest.raises(NotAllowed):
        replay(opened().add(InfusionStarted(rate_mg_per_h=ORDERED_RATE), 0).entries)


def test_entries_delivered_late_fall_into_their_place():
    stream = infusing().pressure(20, 150, 90)
    stream.add(VitalsRecorded(source=Source.DEVICE, systolic=130, diastolic=84), 10, late=30)
    assert [reading.systolic for reading in stream.state.readings] == [120, 130, 150]


def test_an_entry_may_arrive_after_the_end_and_is_kept():
    stream = releasable().add(LeftAgainstAdvice(not_met=("release.time",)), 99)
    stream.add(VitalsRecorded(source=Source.DEVICE, oxygen=97), 30, late=80)
    assert stream.state.phase is Phase.LEFT
    assert stream.state.ended_at == at(99)
    assert any(reading.oxygen == 97 for reading in stream.state.readings)


def test_a_correction_is_read_in_place_of_what_it_amends():
    stream = infusing().pressure(10, 210, 90)
    seq = len(stream.entries)
    right = VitalsRecorded(source=Source.TYPED, systolic=120, diastolic=90)
    stream.add(Corrected(amends=seq, replacement=right, true_at=at(9)), 12)
    assert [(r.true_at, r.systolic) for r in stream.state.readings][-1] == (at(9), 120)
    stream.add(Corrected(amends=seq), 13)
    assert [r.systolic for r in stream.state.readings] == [120]
    assert stream.state.phase is Phase.INFUSING


def test_the_moment_of_a_step_can_be_amended():
    stream = infusing().add(InfusionPaused(), 20)
    stream.add(Corrected(amends=len(stream.entries), true_at=at(18)), 21)
    assert stream.state.infusion.given_mg(at(30)) == Decimal("15.300")


def test_what_may_be_corrected():
    stream = infusing().sedation(5, 4)
    seq = len(stream.entries)
    check_correction(stream.entries, Corrected(amends=seq))
    check_correction(stream.entries, Corrected(amends=seq, replacement=SedationRated(score=5)))
    check_correction(stream.entries, Corrected(amends=seq - 1, true_at=at(1)))
    with pytest.raises(InvalidInput, match="entry 99 is not there"):
        check_correction(stream.entries, Corrected(amends=99))
    with pytest.raises(NotAllowed, match="cannot be withdrawn"):
        check_correction(stream.entries, Corrected(amends=seq - 1))
    with pytest.raises(InvalidInput, match="must be another sedation rated"):
        check_correction(stream.entries, Corrected(amends=seq, replacement=NoteAdded(note_id=UUID(int=1))))


def test_a_newer_answer_counts_and_reopens_the_check():
    stream = checked().add(GoDecided(call=Call.GO, baseline_entry="21"), -2)
    assert stream.state.phase is Phase.READY
    stream.add(CheckAnswered(item="mood", answer="elated"), -1)
    assert stream.state.phase is Phase.CHECKING
    assert stream.state.answers["mood"].answer == "elated"


def test_hold_and_stop_lead_elsewhere_and_have_no_baseline():
    held = checked().add(GoDecided(call=Call.HOLD, baseline_entry="21"), -2).state
    assert (held.phase, held.baseline) == (Phase.HELD, None)
    assert checked().add(GoDecided(call=Call.STOP), -2).state.phase is Phase.NOT_TODAY


def test_another_person_takes_over_and_overrides_are_kept():
    stream = observing().add(HandedOver(to=PRESCRIBER), 41)
    stream.add(OverrideRecorded(rule="release.mobility", reason_id=UUID(int=3)), 42)
    assert stream.state.watched_by == PRESCRIBER
    assert len(stream.state.overrides) == 1


def test_an_older_look_at_a_criterion_does_not_replace_a_newer():
    stream = observing().add(ReleaseCriterionRecorded(criterion="mobility", answer="steady"), 90)
    stream.add(ReleaseCriterionRecorded(criterion="mobility", answer="unsteady"), 80, late=20)
    assert stream.state.criteria["mobility"].event.answer == "steady"


def test_symptoms_come_and_go():
    stream = infusing().symptom(5, "nausea", "dizziness").symptom(10, "nausea", state="resolved")
    assert set(stream.state.symptoms_at(at(6))) == {"nausea", "dizziness"}
    assert set(stream.state.symptoms_at(at(10))) == {"dizziness"}
    assert set(stream.state.symptoms_at(at(4))) == set()


def test_an_alarm_that_was_never_raised_is_no_alarm():
    with pytest.raises(ValueError, match="never raised"):
        replay(infusing().add(AlarmTaken(alarm_id=UUID(int=9)), 5).entries)


def test_only_vitals_are_a_reading():
    with pytest.raises(TypeError, match="sedation_rated is not a reading"):
        as_reading(SedationRated(score=5), TEN, "1")


def test_order_of_delivery_does_not_matter():
    entries = infusing().pressure(10, 130, 80).entries
    assert replay(list(reversed(entries))) == replay(entries)
    assert replay([with_changed(entries[0], recorded_at=at(99)), *entries[1:]]) == replay(entries)
    assert isinstance(Stream().state, DosingSessionState)


def test_of_two_readings_of_one_moment_the_later_recorded_is_the_newer():
    stream = infusing()
    for systolic in range(120, 150):
        stream.pressure(5, systolic, 80)
    assert [reading.systolic for reading in stream.state.readings][1:] == list(range(120, 150))
