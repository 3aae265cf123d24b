"""Sessions by other routes: how long, when what is due, what is watched for at home.

Nasal esketamine as the label and the REMS have it; injections, lozenges and tablets by our own defaults.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kairos.domain.protocols.course import check_course, propose_course
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.protocols.portion_doses import (
    ForWhom,
    LastDose,
    PortionPlan,
    device_plan,
    device_times,
    ladder_problems,
    schedule_for,
    split,
)
from kairos.domain.sessions.alarms import alarms_to_raise, escalate
from kairos.domain.sessions.events import (
    CheckAnswered,
    DosingStopped,
    MouthEmptied,
    OverrideRecorded,
    StopReason,
)
from kairos.domain.sessions.gates import check_event, gate
from kairos.domain.sessions.monitoring_form import FormStanding, is_inpatient, monitoring_form
from kairos.domain.sessions.release import check_override, leave_against_advice, release
from kairos.domain.sessions.timetable import DueKind
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import ORDER, PRESCRIBER, WELL, at, ids, limits
from tests.support.route_sessions import RouteStream, checked, dosed, protocol_of, ready, releasable

ESKETAMINE = "esketamine_clinic"
DAY_0 = date(2026, 11, 23)
PLACES = {"us": ("us",), "eu": ("eu",), "hk": ("hk",)}

LEAST_TIME_SITUATIONS = (
    ("protocol", "minutes counted from", "minutes", "release"),
    (ESKETAMINE, "first device", 119, "refused"),
    (ESKETAMINE, "first device", 120, "allowed"),
    ("im_racemic_clinic", "last injection", 119, "refused"),
    ("im_racemic_clinic", "last injection", 120, "allowed"),
    ("sublingual_clinic", "dose", 119, "refused"),
    ("sublingual_clinic", "dose", 120, "allowed"),
    ("sublingual_home", "dose", 119, "refused"),
    ("sublingual_home", "dose", 120, "allowed"),
    ("oral_clinic", "dose", 119, "refused"),
    ("oral_clinic", "dose", 120, "allowed"),
    ("nasal_racemic_clinic", "first spray", 119, "refused"),
    ("nasal_racemic_clinic", "first spray", 120, "allowed"),
    ("iv_racemic_clinic", "end of infusion", 59, "refused"),
    ("iv_racemic_clinic", "end of infusion", 60, "allowed"),
)
LAST_GIVEN = {"last injection": 5, "end of infusion": 40}


@pytest.mark.parametrize(("name", "counted", "minutes", "answer"), LEAST_TIME_SITUATIONS[1:])
def test_mon_01_mon_02_the_least_time_by_route(name, counted, minutes, answer):
    """Two hours from the first device, from the injection or from the dose; one hour after an infusion."""
    now = LAST_GIVEN.get(counted, 0) + minutes
    readiness = releasable(name, now - 1).look(now).readiness
    assert readiness.is_ready is (answer == "allowed")
    if answer == "refused":
        assert readiness.left == ()
        with pytest.raises(NotAllowed, match=r"release\.time"):
            release(readiness)


def test_mon_01_119_minutes_are_refused_even_with_an_override():
    """Nobody shortens the two hours: an override is refused, and one in the stream opens nothing."""
    stream = releasable(ESKETAMINE, 118)
    with pytest.raises(NotAllowed, match=r"release\.time cannot be overridden by anybody"):
        check_override(stream.protocol, stream.look(119).readiness, "release.time")
    stream.add(OverrideRecorded(rule="release.time", reason_id=ORDER), 119, by=PRESCRIBER)
    assert gate(stream.look(119), "released").opens_at == at(120)
    assert not gate(stream.look(119), "released").is_open
    assert gate(stream.look(120), "released").is_open


@pytest.mark.parametrize("minutes", [120, 180])
def test_mon_01_two_hours_are_not_enough_with_moaas_4(minutes):
    """Sedation must have resolved: MOAA/S 4 at 120 minutes, and at 180, is refused."""
    stream = releasable(ESKETAMINE, minutes - 1).sedation(minutes, 4)
    assert [each.rule for each in stream.look(minutes).readiness.left] == ["release.sedation"]
    with pytest.raises(NotAllowed, match=r"release\.sedation"):
        release(stream.look(minutes).readiness)


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (lambda stream: stream.detachment(120, 7), "release.dissociation"),
        (lambda stream: stream.vitals(120, **{**WELL, "breathing": 8}), "release.breathing"),
        (lambda stream: stream.vitals(120, **{**WELL, "oxygen": 91}), "release.breathing"),
        (lambda stream: stream.vitals(120, systolic=120, diastolic=80), ""),
    ],
)
def test_rems_sedation_dissociation_and_breathing_resolve_and_nobody_overrides_them(record, rule):
    """Two hours and resolution of all three; detachment and breathing have no override after esketamine."""
    stream = releasable(ESKETAMINE, 119)
    record(stream)
    readiness = stream.look(120).readiness
    assert readiness.is_ready is (rule == "")
    if rule:
        assert rule in [each.rule for each in readiness.left]
        with pytest.raises(NotAllowed, match="cannot be overridden by anybody"):
            check_override(stream.protocol, readiness, rule)


def test_breathing_that_nobody_counted_does_not_let_go():
    """After esketamine the breaths are counted before release; without a count it is asked."""
    stream = dosed(ESKETAMINE).vitals(119, systolic=120, diastolic=80, heart_rate=70, oxygen=98)
    found = {each.rule: each.finding.verdict for each in stream.look(120).readiness.criteria}
    assert (found["release.breathing"], found["release.vitals"]) == ("unknown", "met")


def test_leaving_before_two_hours_is_leaving_against_advice():
    """Never a release: the record names the time, and what else was not met."""
    stream = dosed(ESKETAMINE)
    picture = stream.look(60)
    event = leave_against_advice(picture.state, picture.readiness)
    check_event(picture, event, true_at=at(60))
    assert "release.time" in event.not_met
    assert stream.add(event, 60).state.phase == "left_against_advice"


def test_rems_01_the_form_is_due_within_seven_calendar_days():
    """Session date + 7 days: due; + 8: overdue; proof of sending ends it."""
    about = {"session_on": DAY_0, "sent_on": None, "is_inpatient": False, "limits": limits()}
    days = {n: monitoring_form(today=DAY_0 + timedelta(days=n), **about).standing for n in (0, 7, 8)}
    assert days == {0: FormStanding.DUE, 7: FormStanding.DUE, 8: FormStanding.OVERDUE}
    sent = about | {"sent_on": DAY_0 + timedelta(days=1)}
    assert monitoring_form(today=DAY_0 + timedelta(days=9), **sent).standing is FormStanding.SENT


@pytest.mark.parametrize(
    ("enrolment", "call"), [("enrolled", "go"), ("not_enrolled", "stop"), ("inpatient", "go")]
)
def test_rems_02_an_outpatient_is_enrolled_before_a_dose(enrolment, call):
    """Outpatient and not enrolled: dosing blocked. Inpatient: no form is required."""
    stream = checked(ESKETAMINE, patient_enrolled=enrolment)
    assert stream.look(-3).check.call == call
    inpatient = is_inpatient(stream.state)
    assert inpatient is (enrolment == "inpatient")
    form = monitoring_form(
        session_on=DAY_0, today=DAY_0, sent_on=None, is_inpatient=inpatient, limits=limits()
    )
    assert (form.standing is FormStanding.NOT_REQUIRED) is inpatient
    assert not is_inpatient(RouteStream(ESKETAMINE).state)


@pytest.mark.parametrize(
    ("item", "answer", "call"),
    [
        ("site_certified", "not_certified", "stop"),
        ("prescriber_on_site", "not_on_site", "hold"),
        ("pulse_oximeter", "missing", "hold"),
        ("counselled", "not_done", "hold"),
        ("escort", "not_confirmed", "hold"),
    ],
)
def test_rems_what_a_site_must_have_before_a_dose(item, answer, call):
    """Site certified, prescriber and pulse oximeter on site, patient counselled, a way home."""
    assert checked(ESKETAMINE, **{item: answer}).look(-3).check.call == call


def test_dose_02_the_calendar_of_esketamine():
    """Eight sessions in weeks 1 to 4, four in weeks 5 to 8, then every 7 or 14 days; 84 mg is 3 devices."""
    template = protocol_of(ESKETAMINE).course
    days = [(each.on - DAY_0).days for each in propose_course(template, first_on=DAY_0)]
    assert days == [0, 3, 7, 10, 14, 17, 21, 24, 28, 35, 42, 49, 56]
    assert sum(day < 28 for day in days) == 8
    assert sum(28 <= day < 56 for day in days) == 4
    dates = [DAY_0 + timedelta(days=day) for day in days]
    assert len(check_course(template, dates, limits=limits())) == 13
    plan = _plan(84, is_first=False)
    assert plan.portions == (Decimal(28),) * 3
    rules = protocol_of(ESKETAMINE).dose
    minutes = [each.seconds // 60 for each in device_times(plan, rules, limits=limits())]
    assert minutes == [0, 5, 10]
    assert device_times(
        PortionPlan(rules.form, (Decimal(1),)), protocol_of("oral_clinic").dose, limits=limits()
    )


def test_dose_03_the_first_dose_for_trd_is_56_mg():
    """84 mg requested at the first session: rejected (first dose 56)."""
    with pytest.raises(InvalidInput, match="84 mg is no dose of a first session; order 56 mg"):
        _plan(84, is_first=True)
    assert _plan(56, is_first=True).mg == 56


def test_dose_04_acute_suicidality_is_84_mg_and_56_on_tolerability():
    """84 mg at every session; 56 mg is allowed with a reason."""
    assert _plan(84, is_first=True, indication="mdsi").mg == 84
    assert _plan(56, is_first=False, indication="mdsi", reason="sleepy for six hours").mg == 56
    with pytest.raises(InvalidInput, match="say why"):
        _plan(56, is_first=False, indication="mdsi")
    with pytest.raises(InvalidInput, match="no dose for this use at 65 years in hk"):
        schedule_for(protocol_of(ESKETAMINE).dose, ForWhom("mdsi", PLACES["hk"], 65))
    assert _plan(84, is_first=True, indication="mdsi", place="hk", age=64).mg == 84


@pytest.mark.parametrize(
    ("age", "place", "first_mg"), [(64, "eu", 56), (65, "eu", 28), (66, "eu", 28), (66, "us", 56)]
)
def test_dose_05_the_first_dose_by_age_and_place(age, place, first_mg):
    """EU: 56 mg to 64 years, 28 mg from 65 on. US: 56 mg at any age."""
    schedule = schedule_for(protocol_of(ESKETAMINE).dose, ForWhom("trd", PLACES[place], age))
    assert schedule.first_mg == (Decimal(first_mg),)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((0, 3, 4), r"1 d after the session before; the least is 2 d"),
        ((0, 3, 7, 10, 12), "course week 2; the most is 2"),
    ],
)
def test_dose_06_sessions_too_close_are_rejected(days, said):
    """Day 4 after day 3; a third session in course week 2."""
    with pytest.raises(InvalidInput, match=said):
        check_course(
            protocol_of(ESKETAMINE).course, [DAY_0 + timedelta(days=d) for d in days], limits=limits()
        )


def test_dose_06_only_one_session_a_week_after_induction():
    """From course week 5 on, one session a course week."""
    days = (0, 3, 7, 10, 14, 17, 21, 24, 28, 31)
    with pytest.raises(InvalidInput, match="course week 5; the most is 1"):
        check_course(
            protocol_of(ESKETAMINE).course, [DAY_0 + timedelta(days=d) for d in days], limits=limits()
        )


@pytest.mark.parametrize("mg", [112, 70, 28])
def test_dose_06_doses_that_are_none(mg):
    """112 mg and 70 mg are no doses; 28 mg is one only under the rule from 65 years on."""
    with pytest.raises(InvalidInput, match="is no dose of this session; order 56 or 84 mg"):
        _plan(mg, is_first=False)
    if mg == 28:
        assert _plan(28, is_first=False, age=70, place="eu").portions == (Decimal(28),)


def test_a_split_dose_comes_to_the_whole():
    """An injection may be split; the parts together are the dose."""
    form = protocol_of("im_racemic_clinic").dose.form
    assert split(Decimal(35), form).portions == (Decimal(35),)
    assert split(Decimal(35), form, [Decimal(20), Decimal(15)]).mg == 35
    for parts in ([Decimal(20), Decimal(10)], [Decimal(40), Decimal(-5)]):
        with pytest.raises(InvalidInput, match="must come to 35 mg"):
            split(Decimal(35), form, parts)


@pytest.mark.parametrize(
    ("before", "mg", "problem"),
    [
        (None, 100, ""),
        (LastDose(Decimal(100), False), 150, ""),
        (LastDose(Decimal(100), False), 151, "over 150 mg"),
        (LastDose(Decimal(300), False), 401, "over 400 mg"),
        (LastDose(Decimal(100), True), 101, "urgent alarm"),
        (LastDose(Decimal(100), True), 100, ""),
    ],
)
def test_the_ladder_of_a_lozenge(before, mg, problem):
    """At most 100 mg and at most 50 % more than the dose before, and never after an urgent alarm."""
    found = " ".join(each.message for each in ladder_problems(Decimal(mg), before, limits=limits()))
    assert (problem in found) is True
    assert bool(found) is bool(problem)


FASTING_SITUATIONS = (
    ("food, minutes before", "drink, minutes before", "call", "needs a reason"),
    (110, 60, "hold", ("predose.nasal_food",)),
    (120, 60, "go", ()),
    (180, 20, "hold", ("predose.nasal_drink",)),
    (180, 30, "go", ()),
)


@pytest.mark.parametrize(("food", "drink", "call", "reasons"), FASTING_SITUATIONS[1:])
def test_fast_01_food_and_drink_on_the_day_of_a_nasal_dose(food, drink, call, reasons):
    """Food under 2 h holds; a drink under 30 min warns. Exactly the least time passes."""
    stream = checked(ESKETAMINE)
    for item, minutes in (("nasal_food", food), ("nasal_drink", drink)):
        stream.add(CheckAnswered(item=item, answered_at=at(-3 - minutes)), -8)
    check = stream.look(-3).check
    assert (check.call, check.needs_reason) == (call, reasons)


@pytest.mark.parametrize(
    ("minutes", "severity"), [(119, "relative"), (120, "caution"), (239, "caution"), (240, None)]
)
def test_food_before_a_dose_by_mouth_holds_and_then_warns(minutes, severity):
    """Under 2 h holds, from 2 to 4 h warns, from 4 h on passes; the limit said is the one that was missed."""
    stream = checked("sublingual_home").add(
        CheckAnswered(item="mouth_food", answered_at=at(-3 - minutes)), -8
    )
    finding = next(f for f in stream.look(-3).check.findings if f.rule == "predose.mouth_food")
    assert (finding.verdict == "not_met") is (severity is not None)
    if severity:
        assert finding.severity == severity
        assert finding.values["least"].value == (2 if severity == "relative" else 4)


def test_five_minutes_rest_between_devices():
    """The second device after 4 min 59 s is refused, after 5 min it is open; the third waits again."""
    stream = ready(ESKETAMINE).portion(0, 1)
    closed = gate(stream.look(4.98), "device_sprayed")
    assert (closed.missing, closed.opens_at) == (("gate.gap",), at(5))
    assert gate(stream.look(5), "device_sprayed").is_open
    late = _second(stream, lot="L1")
    with pytest.raises(InvalidInput, match="5 min or more after the one before"):
        check_event(stream.look(5), late, true_at=at(4))
    check_event(stream.look(5), late, true_at=at(5))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lot": " "}, "read it from the device"),
        ({"expires_on": None}, "read it from the device"),
        ({"expires_on": date(2026, 11, 23)}, "has passed"),
        ({"mg": Decimal(56)}, "must be 28 mg, as ordered"),
        ({"number": 3}, "must be 2, the next one"),
        ({"is_last": False}, "the order has 2; this is 2"),
    ],
)
def test_a_device_that_is_not_the_one_ordered_is_refused(changes, said):
    """Lot and expiry are recorded; an expired device, another amount or another number is refused."""
    stream = ready(ESKETAMINE).portion(0, 1)
    with pytest.raises(InvalidInput, match=said):
        check_event(stream.look(6), _second(stream, **changes), true_at=at(6))


def test_after_a_stop_rule_there_is_no_further_device():
    """What was given cannot be taken back: stopping means that nothing more is given."""
    stream = ready(ESKETAMINE).portion(0, 1).pressure(3, 185, 112).pressure(8, 184, 111)
    assert gate(stream.look(9), "device_sprayed").missing == ("gate.condition_over",)
    stream.add(DosingStopped(reason=StopReason.VITALS), 9)
    state = stream.state
    assert (state.phase, state.dose.given_mg(at(9)), state.dose.ended_at) == ("observing", 28, at(9))
    assert stream.look(10).readiness.opens_at == at(120)


def test_bp_03_the_stop_rule_holds_on_every_route():
    """180/105 twice, 5 min apart: stop rule; once: another reading; 179/109 twice: alert only."""
    for name in (ESKETAMINE, "im_racemic_clinic", "sublingual_home"):
        twice = dosed(name).pressure(20, 180, 105).pressure(25, 180, 105).look(25).watch
        assert twice.fires("monitoring.blood_pressure_stop")
        once = dosed(name).pressure(20, 180, 105).look(20).watch
        assert once.finding("monitoring.blood_pressure_stop").verdict == "unknown"
        below = dosed(name).pressure(20, 179, 109).pressure(25, 179, 109).look(25).watch
        assert [f.rule for f in below.firing] == ["monitoring.blood_pressure_alert"]


def test_a_lozenge_is_held_then_spat_or_swallowed():
    """The mouth may be emptied from 7 min on; what was done is recorded, and only then is the dose over."""
    stream = ready("sublingual_clinic").portion(0)
    assert stream.state.phase == "holding"
    assert stream.state.dose.ended_at is None
    due = next(each for each in stream.look(1).dues if each.kind is DueKind.MOUTH_END)
    assert due.due_at == at(7)
    stream.add(MouthEmptied(end=MouthEnd.SWALLOWED), 12)
    state = stream.state
    assert (state.phase, state.dose.ended_at, state.mouth.end) == ("observing", at(12), "swallowed")


TIMETABLE_SITUATIONS = (
    ("protocol", "last pressure [min]", "next pressure due [min]"),
    (ESKETAMINE, None, 40),
    (ESKETAMINE, 37, 40),
    (ESKETAMINE, 38, 90),
    (ESKETAMINE, 120, 135),
    ("im_racemic_clinic", None, 5),
    ("im_racemic_clinic", 11, 15),
    ("im_racemic_clinic", 46, 60),
    ("sublingual_clinic", None, 30),
    ("sublingual_home", None, 60),
    ("sublingual_home", 45, 90),
    ("iv_racemic_clinic", 45, 60),
)


@pytest.mark.parametrize(("name", "last", "due"), TIMETABLE_SITUATIONS[1:])
def test_when_the_next_pressure_is_due(name, last, due):
    """At 40, 90, 120 min after esketamine; at nine times after an injection; at home once from 40 to 60."""
    stream = dosed(name)
    if last is not None:
        stream.pressure(last, 120, 80)
    found = next(each for each in stream.look(last or 1).dues if each.kind is DueKind.VITALS)
    assert found.due_at == at(due)


HOME_SITUATIONS = (
    ("what is seen at home", "level"),
    ({"oxygen": 91}, 3),
    ({"oxygen": 92}, None),
    ({"breathing": 9}, 3),
    ({"breathing": 10}, None),
)


@pytest.mark.parametrize(("seen", "level"), HOME_SITUATIONS[1:])
def test_mon_04_at_home_limits_are_stricter(seen, level):
    """Under 92 % oxygen, or under 10 breaths: an emergency at home, where there is no oxygen."""
    assert dosed("sublingual_home").vitals(20, **{**WELL, **seen}).look(20).watch.level == level


def test_mon_04_the_same_oxygen_is_urgent_or_nothing_in_the_clinic():
    """92 / 91 / 87 % for 40 s in the clinic: nothing / urgent / emergency."""
    levels = [
        dosed(ESKETAMINE).vitals(20, **{**WELL, "oxygen": value, "oxygen_low_s": 40}).look(20).watch.level
        for value in (92, 91, 87)
    ]
    assert levels == [None, 2, 3]


@pytest.mark.parametrize(("score", "level"), [(3, 2), (2, 3)])
def test_at_home_moaas_2_is_an_emergency(score, level):
    """MOAA/S 2 at home is an emergency; 3 is urgent."""
    assert dosed("oral_home").sedation(20, score).look(20).watch.level == level


def test_mon_05_a_missed_check_in_climbs_the_ladder():
    """Due 00:15, no answer: alert at 00:20; patient, support person, on call; welfare check at 00:25."""
    stream = dosed("sublingual_home")
    assert stream.look(19.9).missed_check_in.verdict == "met"
    picture = stream.look(20)
    event = next(
        each
        for each in alarms_to_raise(
            picture.state, picture.firing, picture.protocol, now=at(20), limits=picture.limits, new_ids=ids()
        )
        if each.rule == "monitoring.check_in_missed"
    )
    stream.add(event, 20)
    climbed = [(20.0, picture.protocol.alarm_rule(event.rule).deed_at(0))]
    for minute in (21, 23, 25, 26):
        alarm = stream.state.alarms[event.alarm_id]
        assert escalate(alarm, picture.protocol, now=at(minute - 0.1), limits=picture.limits) is None
        step = escalate(alarm, picture.protocol, now=at(minute), limits=picture.limits)
        if step is not None:
            climbed.append((minute, step.deed))
            stream.add(step, minute)
    assert climbed == [
        (20.0, "call_patient"),
        (21, "call_support_person"),
        (23, "call_on_call"),
        (25, "welfare_check"),
    ]
    assert [a.deed for a in stream.look(25).alarms if a.rule == event.rule] == ["welfare_check"]
    assert stream.check_in(26).look(26).missed_check_in.verdict == "met"


def test_the_three_buttons_of_the_support_person():
    """All is well raises nothing, worried is urgent, emergency is one; the newest answer counts."""
    for answer, level in (("well", None), ("worried", 2), ("emergency", 3)):
        assert dosed("sublingual_home").check_in(15, answer).look(15).watch.level == level
    calmed = dosed("sublingual_home").check_in(15, "worried").check_in(18, "well")
    assert calmed.look(18).watch.level is None


@pytest.mark.parametrize(
    ("item", "answer", "call"),
    [
        ("support_person", "absent", "stop"),
        ("support_person", "present_untrained", "stop"),
        ("support_sober", "not_sober", "stop"),
        ("emergency_plan", "not_verified", "stop"),
        ("contact", "none", "stop"),
        ("contact", "call", "hold"),
        ("room", "not_ready", "hold"),
        ("suicidality", "moderate", "stop"),
        ("oximeter", "called_for_and_missing", "stop"),
    ],
)
def test_the_gate_before_a_dose_at_home(item, answer, call):
    """A trained sober adult, a checked emergency plan, contact, a ready room."""
    assert checked("sublingual_home", **{item: answer}).look(-3).check.call == call


def test_at_home_the_pressure_is_taken_twice_and_blocks():
    """One reading is not enough; above 140 or 90 on the repeat there is no dose, and no reason opens it."""
    one = RouteStream("sublingual_home")
    one.entries = [e for e in checked("sublingual_home").entries if e.true_at != at(-25)]
    one.entries = [type(e)(n, e.event, e.true_at, e.recorded_at, e.by) for n, e in enumerate(one.entries, 1)]
    assert "predose.blood_pressure_hard" in one.look(-3).check.unanswered
    assert one.look(-3).check.baseline is None
    high = checked("sublingual_home").pressure(-14, 145, 85).pressure(-4, 142, 85)
    check = high.look(-3).check
    assert (check.call, check.needs_reason) == ("hold", ())
    hard = checked("sublingual_home").pressure(-14, 165, 85).pressure(-4, 162, 85)
    assert hard.look(-3).check.call == "stop"


def test_at_home_oxygen_is_asked_where_an_oximeter_was_called_for():
    """Without a call for it neither the gate nor the close of the session waits for oxygen."""
    without = {name: value for name, value in WELL.items() if name not in ("oxygen", "breathing")}
    stream = checked("oral_home", oximeter="not_called_for")
    assert "predose.oxygen" not in [f.rule for f in stream.look(-3).check.findings]
    closing = dosed("oral_home").vitals(119, **without)
    assert _vitals(closing) == "unknown"
    answered = next(e for e in closing.entries if getattr(e.event, "item", "") == "oximeter")
    closing.entries[answered.seq - 1] = replace(
        answered, event=CheckAnswered(item="oximeter", answer="not_called_for")
    )
    assert _vitals(closing) == "met"


def _vitals(stream):
    return next(c.finding.verdict for c in stream.look(120).readiness.criteria if c.rule == "release.vitals")


def _plan(mg, *, is_first, indication="trd", place="us", age=45, reason=""):
    rules = protocol_of(ESKETAMINE).dose
    schedule = schedule_for(rules, ForWhom(indication, PLACES[place], age))
    return device_plan(Decimal(mg), rules, schedule, is_first=is_first, reason=reason, limits=limits())


def _second(stream, **changes):
    stream_copy = RouteStream(ESKETAMINE)
    stream_copy.entries = [*stream.entries]
    return stream_copy.portion(6, 2, **changes).entries[-1].event
