"""Laws of a dosing session: the pump adds up, worse never helps, the table holds, a prefix is a state."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.infusion import Control, infusion_log
from kairos.domain.sessions.phases import ACTS, FINAL, TRANSITIONS, Phase
from kairos.domain.sessions.state import replay
from tests.support.dosing_sessions import CHECK_ANSWERS, WELL, at, checked, infusing, releasable

FEW = settings(max_examples=40, derandomize=True, deadline=None)
BADNESS = {"met": 0, "unknown": 1, "not_met": 2}
CALLS = {Call.GO: 0, Call.HOLD: 1, Call.STOP: 2}

controls = st.lists(
    st.tuples(st.integers(0, 120), st.decimals(0, 100, places=1)), min_size=1, max_size=8
).map(lambda rows: [Control(at(minute), Decimal(rate)) for minute, rate in rows])


@FEW
@given(controls, st.integers(0, 200), st.integers(0, 60))
def test_the_mg_given_never_fall_and_never_pass_the_order(steps, minute, later):
    log = infusion_log(Decimal(34), steps)
    earlier, then = log.given_mg(at(minute)), log.given_mg(at(minute + later))
    assert 0 <= earlier <= then <= 34


@FEW
@given(controls, st.integers(1, 60))
def test_a_pause_put_in_before_the_end_adds_nothing(steps, minutes):
    log = infusion_log(Decimal(34), steps)
    last = log.controls[-1].at
    paused = infusion_log(Decimal(34), [*log.controls, Control(last + timedelta(seconds=1), Decimal(0))])
    assert paused.given_mg(last + timedelta(minutes=minutes)) == log.given_mg(last + timedelta(seconds=1))


@FEW
@given(controls)
def test_at_the_computed_end_the_order_is_in(steps):
    log = infusion_log(Decimal(34), steps)
    end = log.runs_out_at()
    if end is not None:
        assert log.given_mg(end) == 34
        assert log.given_mg(end - timedelta(seconds=60)) < 34


pressures = st.integers(100, 200)
rises = st.integers(0, 60)


@FEW
@given(pressures, pressures, rises, rises, st.sampled_from(["systolic", "diastolic", "heart_rate"]))
def test_a_worse_vital_never_helps_while_watched(first, second, more, even_more, component):
    """Raising either reading never turns a high-pressure or fast-pulse rule towards met."""
    rules = ("blood_pressure_alert", "blood_pressure_stop", "blood_pressure_stays_high", "heart_rate")

    def verdicts(one, two):
        stream = infusing()
        for minute, value in ((5, one), (10, two)):
            stream.vitals(minute, **{**WELL, "diastolic": 40, component: value})
        watch = stream.look(11).watch
        return [BADNESS[watch.finding(f"monitoring.{rule}").verdict] for rule in rules]

    better, worse = verdicts(first, second), verdicts(first + more, second + even_more)
    assert all(b <= w for b, w in zip(better, worse, strict=True))


@FEW
@given(st.integers(70, 100), st.integers(0, 30), st.sampled_from(["oxygen", "breathing"]))
def test_less_oxygen_or_breath_never_helps(value, less, component):
    values = {"oxygen": value, "breathing": value - 70}
    lower = max(values[component] - less, 0)

    def level(of):
        found = infusing().vitals(5, **{**WELL, component: of}).look(5).watch.level
        return found or 0

    assert level(values[component]) <= level(lower)


@FEW
@given(st.integers(100, 190), st.integers(100, 190), rises, rises)
def test_a_higher_pressure_never_turns_hold_into_go(first, second, more, even_more):
    def call(one, two):
        return CALLS[checked({**WELL, "systolic": one}).pressure(0, two, 80).look(1).check.call]

    assert call(first, second) <= call(first + more, second + even_more)


@FEW
@given(st.sets(st.sampled_from(sorted(CHECK_ANSWERS)), min_size=1))
def test_a_missing_answer_never_passes(missing):
    stream = checked()
    kept = [e for e in stream.entries if getattr(e.event, "item", "") not in missing]
    stream.entries = [type(e)(n, e.event, e.true_at, e.recorded_at, e.by) for n, e in enumerate(kept, 1)]
    assert stream.look(-2).check.call is not Call.GO


@FEW
@given(st.lists(st.sampled_from(ACTS), max_size=60))
def test_a_walk_through_the_table_never_leaves_a_final_phase(acts):
    phase = Phase.UNOPENED
    for act in ("opened", *acts):
        following = TRANSITIONS[phase, act]
        if following is not None:
            assert phase not in FINAL or following is phase
            phase = following


@FEW
@given(st.integers(0, 60))
def test_every_prefix_of_a_stream_is_a_state(length):
    entries = releasable().entries
    state = replay(entries[:length])
    assert state.seq == min(length, len(entries))
    assert (state.phase is Phase.UNOPENED) == (length == 0)


@FEW
@given(st.permutations(range(30)))
def test_the_order_of_delivery_changes_nothing(order):
    entries = releasable().entries[:30]
    assert replay([entries[place] for place in order]) == replay(entries)
