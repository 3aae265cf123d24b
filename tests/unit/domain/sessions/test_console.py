"""What the console draws: values, ticks, lanes, and what is due."""

from datetime import timedelta
from decimal import Decimal

from kairos.domain.protocols.predose import Call
from kairos.domain.protocols.readings import Reading
from kairos.domain.sessions.alarms import alarms_to_raise
from kairos.domain.sessions.console import console
from kairos.domain.sessions.dissociation import dissociation_settled
from kairos.domain.sessions.events import (
    Cancelled,
    CancelReason,
    GoDecided,
    InfusionPaused,
    InfusionResumed,
    StopReason,
)
from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.pressure_rules import marked_rise
from kairos.domain.sessions.timetable import Due, DueKind, DueState, next_due
from kairos.domain.sessions.watched import Watched
from tests.support.dosing_sessions import (
    ORDERED_RATE,
    WELL,
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


def watched(stream, minute):
    """Return what rules read."""
    picture = stream.look(minute)
    return Watched(picture.state, picture.protocol, picture.limits, picture.now)


def test_the_console_of_a_session_paused_for_pressure():
    stream = infusing().sedation(9, 5).detachment(10, 6).pressure(5, 181, 110).pressure(10, 184, 112)
    picture = stream.look(10)
    events = alarms_to_raise(
        picture.state, picture.firing, protocol(), now=at(10), limits=limits(), new_ids=ids()
    )
    stream.add(events[0], 10).add(InfusionPaused(reason=StopReason.VITALS), 11)
    shown = console(stream.look(12), stream.entries)
    systolic = shown.last[0]
    assert (systolic.component, systolic.value.value, systolic.change_percent) == ("systolic", 184, 53)
    assert systolic.age == timedelta(minutes=2)
    assert shown.next is not None
    assert (shown.next.kind, shown.next.due_at) == (DueKind.PRESSURE_REPEAT, at(15))
    steps = {each.step.id: each.done_at for each in shown.do_now[0].steps}
    assert steps["pause"] == at(11)
    assert steps["clinician"] is None
    assert shown.infusion.given_mg == Decimal("9.350")
    assert shown.infusion.not_given_mg == Decimal("24.650")
    assert [dot.type for dot in shown.dots] == ["infusion_started", "infusion_paused"]
    assert ("moaas", 5) in [(score.lane, score.score) for score in shown.scores]
    assert shown.limits[0].at.value == 180
    assert shown.fall_risk


def test_the_bars_of_an_infusion_add_up():
    stream = infusing().add(InfusionPaused(), 10).add(InfusionResumed(rate_mg_per_h=ORDERED_RATE), 20)
    bars = console(stream.look(90), stream.entries).infusion.bars
    assert [(bar.since, bar.until, bar.mg) for bar in bars] == [
        (at(0), at(10), Decimal("8.500")),
        (at(10), at(20), Decimal("0.000")),
        (at(20), at(50), Decimal("25.500")),
    ]


def test_an_infusion_not_looked_at_yet_has_no_bar():
    stream = infusing().add(InfusionPaused(), 50)
    assert len(console(stream.look(60), stream.entries).infusion.bars) == 1


def test_before_the_dose_there_is_little_to_show():
    shown = console(opened().look(0), opened().entries)
    assert (shown.last, shown.next, shown.do_now, shown.infusion.bars, shown.fall_risk) == (
        (),
        None,
        (),
        (),
        False,
    )
    with_reading = console(checked().look(0), checked().entries)
    assert with_reading.last[0].change_percent is None
    assert with_reading.next == Due(DueKind.BASELINE, at(20), at(22), at(25))


def test_the_repeat_of_a_high_baseline_is_due_after_a_rest():
    picture = checked({**WELL, "systolic": 150}).look(-5)
    assert [(due.kind, due.due_at) for due in picture.dues] == [(DueKind.BASELINE_REPEAT, at(0))]


def test_nothing_is_due_once_there_is_a_baseline_or_no_dose_today_or_nobody_left():
    stream = checked().add(GoDecided(call=Call.GO, baseline_entry="23"), -2)
    assert stream.look(-1).dues == ()
    assert checked().add(GoDecided(call=Call.STOP), -2).look(-1).dues == ()
    assert checked().add(Cancelled(reason=CancelReason.CLINIC), -2).look(-1).dues == ()


def test_a_low_saturation_of_unknown_length_is_looked_at_in_a_minute():
    stream = infusing().vitals(5, **{**WELL, "oxygen": 91})
    assert (DueKind.OXYGEN_REPEAT, at(6)) in [(due.kind, due.due_at) for due in stream.look(5).dues]


def test_how_a_due_thing_stands():
    due = Due(DueKind.VITALS, at(10), at(12), at(15))
    stands = [due.state(at(minute)) for minute in (9.9, 10, 12, 15)]
    assert stands == [DueState.AHEAD, DueState.DUE, DueState.LATE, DueState.OVERDUE]
    assert due.text == "due.vitals"


def test_the_end_of_an_infusion_is_due_and_never_an_alarm():
    stream = infusing().pressure(44, 120, 80).sedation(44, 5).detachment(44, 1)
    picture = stream.look(50)
    assert picture.dues[0].kind is DueKind.INFUSION_END
    assert picture.firing == ()


def test_a_watched_phase_without_a_start_has_nothing_due():
    picture = observing().look(50)
    empty = picture.state.__class__(phase=Phase.OBSERVING)
    assert next_due(empty, picture.watch, limits=limits()) == ()


def test_the_reminder_of_falling_goes_with_the_steady_walk():
    assert not console(releasable().look(99), releasable().entries).fall_risk


def test_detachment_is_compared_on_its_own_scale():
    assert dissociation_settled(watched(infusing(), -15)).verdict == "unknown"
    for scale, score, verdict in (
        ("cadss", 4, "met"),
        ("cadss", 5, "not_met"),
        ("cadss6", 2, "met"),
        ("cadss6", 3, "not_met"),
    ):
        stream = infusing().detachment(30, score, scale)
        assert dissociation_settled(watched(stream, 31)).verdict == verdict
    bare = opened().detachment(5, 3)
    assert dissociation_settled(watched(bare, 6)).verdict == "met"


def test_a_scale_not_used_before_the_dose_is_not_known():
    stream = infusing()
    stream.entries = [e for e in stream.entries if e.event.type != "dissociation_rated"]
    stream.entries = [
        e.__class__(n, e.event, e.true_at, e.recorded_at, e.by) for n, e in enumerate(stream.entries, 1)
    ]
    for scale, verdict in (("cadss", "unknown"), ("nrs10", "unknown")):
        later = [*stream.entries]
        stream.detachment(30, 9, scale)
        assert dissociation_settled(watched(stream, 31)).verdict == verdict
        stream.entries = later


def test_a_high_cadss_before_the_dose_is_what_counts():
    stream = checked().detachment(-5, 9, "cadss").add(GoDecided(call=Call.GO, baseline_entry="23"), -2)
    stream.detachment(-1, 9, "cadss")
    assert dissociation_settled(watched(stream, 0)).verdict == "met"


def test_a_rise_needs_a_baseline_and_a_value():
    assert marked_rise(watched(checked(), 0), Reading("1", at(0), systolic=200)) == (False, False)
    assert marked_rise(watched(infusing(), 0), Reading("1", at(0), diastolic=105)) == (False, True)


def test_findings_are_found_by_rule():
    watch = infusing().sedation(5, 3).look(6).watch
    assert watch.finding("monitoring.sedation_urgent").verdict == "not_met"
    assert "monitoring.heart_rate" not in [each.rule for each in watch.asks]


def test_vomiting_with_wakefulness_not_rated_asks_for_it():
    stream = opened().symptom(0, "vomiting")
    assert stream.look(1).watch.finding("monitoring.vomiting_sedated").verdict == "unknown"
    asked = opened().symptom(0, "vomiting", state="absent")
    assert asked.look(1).watch.finding("monitoring.vomiting_repeated").verdict == "met"


def test_two_low_saturations_alone_are_judged_without_a_baseline():
    stream = opened().vitals(5, oxygen=91).vitals(6, oxygen=91)
    assert stream.look(6).watch.finding("monitoring.oxygen_urgent").verdict == "not_met"
