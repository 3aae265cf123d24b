"""Every closed step says what opens it, and what the screen shows is what the action enforces."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.alarms import alarms_to_raise, close, take
from kairos.domain.sessions.events import (
    AlarmEnd,
    GoDecided,
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    LeftAgainstAdvice,
    NoteAdded,
    OrderBound,
    OverrideRecorded,
    RateChanged,
    ReleaseCriterionRecorded,
    StopReason,
)
from kairos.domain.sessions.gates import check_event, gate, stop_rule_fired
from kairos.domain.sessions.picture import decide
from kairos.domain.sessions.release import check_override, leave_against_advice, release
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from tests.support.dosing_sessions import (
    ORDERED_RATE,
    PRESCRIBER,
    WELL,
    an_order,
    at,
    checked,
    ids,
    infusing,
    limits,
    observing,
    opened,
    protocol,
    releasable,
)

START = InfusionStarted(rate_mg_per_h=ORDERED_RATE)
RESUME = InfusionResumed(rate_mg_per_h=ORDERED_RATE)


def ready():
    """Return a session that may start."""
    stream = checked()
    return stream.add(decide(stream.look(-2)), -2)


def paused_for_pressure():
    """Return a session paused after a confirmed high pressure, its alarm raised."""
    stream = infusing().sedation(9, 5).pressure(5, 184, 112).pressure(10, 184, 112)
    picture = stream.look(10)
    events = alarms_to_raise(
        picture.state, picture.firing, protocol(), now=at(10), limits=limits(), new_ids=ids()
    )
    return stream.add(events[0], 10).add(InfusionPaused(reason=StopReason.VITALS), 11)


def test_a_session_with_everything_may_start():
    assert gate(ready().look(0), "infusion_started").is_open
    check_event(ready().look(0), START, true_at=at(0))


def test_go_is_closed_until_every_answer_is_there():
    shown = gate(opened().look(0), "go_decided_go")
    assert shown.missing[:2] == ("gate.identity", "gate.answers")
    assert gate(checked(sleep="poor").look(0), "go_decided_go").missing == ("gate.prescriber_reason",)
    assert gate(checked(mood="elated").look(0), "go_decided_go").missing == ("gate.not_today",)
    assert gate(checked(escort="not_confirmed").look(0), "go_decided_go").missing == ("gate.new_facts",)
    with pytest.raises(NotAllowed, match="it needs: not today"):
        check_event(checked(mood="elated").look(0), GoDecided(call=Call.GO), true_at=at(0))


def test_a_prescribers_reason_passes_a_caution_and_not_a_deferral():
    reason = OverrideRecorded(rule="predose.sleep", reason_id=UUID(int=1))
    assert checked(sleep="poor").add(reason, -5).look(0).check.call is Call.GO
    other = OverrideRecorded(rule="predose.escort", reason_id=UUID(int=1))
    assert checked(escort="not_confirmed").add(other, -5).look(0).check.call is Call.HOLD


def test_an_accepted_lower_saturation_is_recorded_with_the_call():
    stream = checked({**WELL, "oxygen": 92}).add(
        OverrideRecorded(rule="predose.oxygen", reason_id=UUID(int=1)), -5
    )
    assert decide(stream.look(-2)).oxygen_accepted


def test_the_infusion_does_not_start_without_order_or_on_an_old_baseline():
    assert gate(ready().look(21), "infusion_started").missing == ("gate.fresh_baseline",)
    stream = opened().add(GoDecided(call=Call.GO), -2)
    assert gate(stream.look(0), "infusion_started").missing == (
        "gate.identity",
        "gate.verified_order",
        "gate.fresh_baseline",
    )
    stream = ready().symptom(-1, "chest_pain")
    assert gate(stream.look(0), "infusion_started").rules == ("monitoring.emergency_symptom",)


def test_what_the_phase_does_not_allow_is_closed():
    assert gate(ready().look(0), "released").missing == ("gate.phase.released",)
    with pytest.raises(NotAllowed, match="rate changed is not possible while ready; it opens when infusing"):
        check_event(ready().look(0), RateChanged(rate_mg_per_h=Decimal(10)), true_at=at(0))


@pytest.mark.parametrize("rate", ["51.01", "0", "-3"])
def test_the_pump_runs_no_faster_than_ordered(rate):
    with pytest.raises(InvalidInput, match="at most 51 mg/h, as ordered"):
        check_event(infusing().look(5), RateChanged(rate_mg_per_h=Decimal(rate)), true_at=at(5))


def test_a_slower_rate_and_a_note_are_taken():
    check_event(infusing().look(5), RateChanged(rate_mg_per_h=Decimal(30)), true_at=at(5))
    check_event(infusing().look(5), NoteAdded(note_id=UUID(int=1)), true_at=at(-60))
    check_event(checked().look(0), an_order(), true_at=at(0))


def test_an_order_checked_by_who_placed_it_is_not_bound():
    alone = replace(an_order(), verified_by=an_order().placed_by)
    assert isinstance(alone, OrderBound)
    with pytest.raises(NotAllowed, match="someone other than who placed it"):
        check_event(checked().look(0), alone, true_at=at(0))


def test_moments_that_cannot_be_are_refused():
    with pytest.raises(InvalidInput, match="ahead of now"):
        check_event(infusing().look(5), NoteAdded(note_id=UUID(int=1)), true_at=at(8))
    with pytest.raises(InvalidInput, match="before the last change of the infusion"):
        check_event(infusing().look(5), InfusionPaused(), true_at=at(-1))


def test_a_plain_pause_is_resumed_by_anybody_at_the_chair():
    stream = infusing().add(InfusionPaused(), 5)
    assert not stop_rule_fired(stream.look(6))
    check_event(stream.look(6), RESUME, true_at=at(6))


def test_after_a_stop_rule_it_needs_a_lower_reading_and_a_prescriber():
    stream = paused_for_pressure()
    shown = gate(stream.look(12), "infusion_resumed")
    assert shown.missing == ("gate.reading_below_limits", "gate.repeat_reading")
    assert shown.rules == ("monitoring.blood_pressure_stop", "monitoring.blood_pressure_emergency")
    stream.symptom(13, "chest_pain", state="absent")
    assert gate(stream.look(13), "infusion_resumed").missing == ("gate.reading_below_limits",)
    stream.pressure(25, 184, 112)
    assert gate(stream.look(25), "infusion_resumed").missing == ("gate.repeat_reading",)
    stream.pressure(30, 150, 90)
    with pytest.raises(NotAllowed, match="a prescriber decides"):
        check_event(stream.look(30), RESUME, true_at=at(30))
    decided = InfusionResumed(rate_mg_per_h=ORDERED_RATE, decided_by=PRESCRIBER)
    check_event(stream.look(30), decided, true_at=at(30))


def test_an_alarm_is_taken_once_and_closed_once():
    stream = paused_for_pressure()
    (alarm,) = stream.state.open_alarms
    stream.add(take(stream.state, alarm.raised.alarm_id), 12)
    with pytest.raises(NotAllowed, match="taken already"):
        take(stream.state, alarm.raised.alarm_id)
    with pytest.raises(Missing):
        take(stream.state, UUID(int=5))
    stream.pressure(20, 130, 80)
    stream.add(close(stream.state, alarm.raised.alarm_id, stream.look(20).findings), 20)
    with pytest.raises(NotAllowed, match="closed"):
        take(stream.state, alarm.raised.alarm_id)


def test_an_alarm_of_somebody_who_has_gone_is_closed_as_such():
    stream = releasable().symptom(98, "panic")
    picture = stream.look(99)
    events = alarms_to_raise(
        picture.state, picture.firing, protocol(), now=at(99), limits=limits(), new_ids=ids()
    )
    stream.add(events[0], 99).add(
        take(stream.add(LeftAgainstAdvice(not_met=()), 100).state, UUID(int=1000)), 101
    )
    assert close(stream.state, UUID(int=1000), ()).end is AlarmEnd.SESSION_ENDED


def test_the_gate_of_release_says_when_it_opens_and_what_is_left():
    stream = releasable().add(ReleaseCriterionRecorded(criterion="mobility", answer="unsteady"), 98)
    shown = gate(stream.look(98), "released")
    assert shown.missing == ("gate.time", "gate.release.mobility")
    assert shown.opens_at == at(100)
    assert gate(releasable().look(100), "released").is_open


def test_leaving_against_advice_is_its_own_path():
    stream = releasable()
    event = leave_against_advice(stream.state, stream.look(99).readiness)
    assert event.not_met == ("release.time",)
    with pytest.raises(NotAllowed, match="stop it first"):
        leave_against_advice(infusing().state, infusing().look(5).readiness)
    assert infusing().look(5).readiness.opens_at is None


def test_an_override_is_only_for_what_is_seen_and_not_met():
    with pytest.raises(NotAllowed, match="is met and needs no override"):
        check_override(protocol(), releasable().look(100).readiness, "release.mobility")
    with pytest.raises(NotAllowed, match="is not known; look first"):
        check_override(protocol(), observing().look(100).readiness, "release.mobility")


def test_an_override_lapses_with_a_newer_look():
    stream = releasable().pressure(98, 150, 85)
    stream.add(OverrideRecorded(rule="release.vitals", reason_id=UUID(int=1)), 99, by=PRESCRIBER)
    assert release(stream.look(100).readiness).overridden == ("release.vitals",)
    stream.pressure(101, 155, 85)
    assert not stream.look(102).readiness.is_ready


def test_vomiting_after_the_look_asks_again_about_nausea():
    stream = releasable().symptom(99, "vomiting")
    assert [each.rule for each in stream.look(100).readiness.left] == ["release.nausea"]


def test_a_lower_saturation_accepted_before_the_dose_counts_at_release():
    stream = checked({**WELL, "oxygen": 92}).add(
        OverrideRecorded(rule="predose.oxygen", reason_id=UUID(int=1)), -5
    )
    stream.add(decide(stream.look(-2)), -2).add(START, 0)
    stream.add(InfusionCompleted(), 40)
    for oxygen, verdict in ((89, "met"), (88, "not_met")):
        stream.vitals(99, **{**WELL, "oxygen": oxygen})
        found = {each.rule: each.finding.verdict for each in stream.look(100).readiness.criteria}
        assert found["release.vitals"] == verdict


def test_a_word_that_is_no_answer_is_not_known():
    stream = releasable().add(ReleaseCriterionRecorded(criterion="escort", answer="sort of"), 99)
    assert [each.finding.verdict for each in stream.look(100).readiness.left] == ["unknown"]


def test_low_pressure_needs_a_systolic():
    stream = infusing().vitals(5, diastolic=40).vitals(10, diastolic=40)
    assert stream.look(10).watch.finding("monitoring.blood_pressure_low").verdict == "met"
