"""Before the dose.

Every item of the same-day check must be answered. A pressure above a limit is taken again after ten
minutes of rest, and the repeat decides. What is not known is asked for and never passes.
"""

import pytest

from kairos.domain.protocols.predose import Call
from tests.support.dosing_sessions import CHECK_ANSWERS, WELL, checked, opened

PRESSURE_SITUATIONS = (
    ("repeat reading [mm[Hg]]", "caution", "no dose today", "call"),
    ((141, 85), "not_met", "met", "hold"),
    ((139, 91), "not_met", "met", "hold"),
    ((140, 90), "met", "met", "go"),
    ((159, 99), "not_met", "met", "hold"),
    ((160, 85), "not_met", "not_met", "stop"),
    ((150, 100), "not_met", "not_met", "stop"),
)

ITEM_SITUATIONS = (
    ("item", "answer", "verdict", "call"),
    ("consent_current", "missing", "not_met", "stop"),
    ("site_ready", "not_ready", "not_met", "hold"),
    ("intoxicated", "yes", "not_met", "stop"),
    ("drug_screen", "unexpected", "not_met", "hold"),
    ("new_medicines", "not_reviewed", "not_met", "hold"),
    ("health_change", "serious", "not_met", "stop"),
    ("sleep", "poor", "not_met", "hold"),
    ("mood", "elated", "not_met", "stop"),
    ("suicidality", "low", "not_met", "hold"),
    ("suicidality", "high", "not_met", "stop"),
    ("pregnancy", "not_tested", "not_met", "hold"),
    ("pregnancy", "test_positive", "not_met", "stop"),
    ("escort", "not_confirmed", "not_met", "hold"),
    ("escort", "not_sure", "unknown", "hold"),
    ("mood", "a word nobody knows", "unknown", "hold"),
)

VITAL_SITUATIONS = (
    ("heart rate [/min]", "oxygen [%]", "breaths [/min]", "call"),
    (110, 94, 10, "go"),
    (111, 94, 10, "hold"),
    (50, 98, 14, "go"),
    (49, 98, 14, "hold"),
    (70, 93, 14, "hold"),
    (70, 98, 9, "hold"),
)


@pytest.mark.parametrize(("repeat", "caution", "hard", "call"), PRESSURE_SITUATIONS[1:])
def test_bp_01_the_repeat_reading_decides(repeat, caution, hard, call):
    """BP-01: after a first reading of 165/101 the repeat decides: over 140 or over 90 a prescriber must
    give a reason, at 160 or 100 nobody is dosed today."""
    stream = checked({**WELL, "systolic": 165, "diastolic": 101}).pressure(0, *repeat)
    check = stream.look(1).check
    found = {each.rule: each.verdict for each in check.findings}
    assert found["predose.blood_pressure_caution"] == caution
    assert found["predose.blood_pressure_hard"] == hard
    assert check.call == call


def test_a_first_reading_above_a_limit_only_opens_the_repeat():
    """A first reading of 165/101 decides nothing; the repeat is due ten minutes later."""
    stream = checked({**WELL, "systolic": 165, "diastolic": 101})
    check = stream.look(-5).check
    assert check.call is Call.HOLD
    assert "predose.blood_pressure_hard" in check.unanswered
    assert check.repeat_due_at is not None
    assert (check.repeat_due_at - stream.entries[-2].true_at).total_seconds() == 10 * 60


def test_a_third_reading_does_not_buy_the_day_back():
    """Once a repeat was at 160 or 100, a later lower reading changes nothing."""
    stream = checked({**WELL, "systolic": 165, "diastolic": 101}).pressure(0, 162, 90).pressure(12, 130, 80)
    assert stream.look(13).check.call is Call.STOP


@pytest.mark.parametrize(("item", "answer", "verdict", "call"), ITEM_SITUATIONS[1:])
def test_a_failing_item_holds_or_stops(item, answer, verdict, call):
    """Each item holds or stops as the protocol says; not sure, or a word unknown, asks again."""
    check = checked(**{item: answer}).look(-2).check
    assert next(f.verdict for f in check.findings if f.rule == f"predose.{item}") == verdict
    assert check.call == call


@pytest.mark.parametrize(("heart_rate", "oxygen", "breathing", "call"), VITAL_SITUATIONS[1:])
def test_pulse_oxygen_and_breathing_at_rest(heart_rate, oxygen, breathing, call):
    """A pulse over 110 or under 50, oxygen under 94 and breathing under 10 hold the dose."""
    baseline = {**WELL, "heart_rate": heart_rate, "oxygen": oxygen, "breathing": breathing}
    assert checked(baseline).look(-2).check.call == call


def test_an_empty_check_is_never_a_go():
    """Nothing answered: everything is asked, nothing is met, nobody is dosed."""
    check = opened().look(0).check
    assert check.call is Call.HOLD
    assert {f.verdict for f in check.findings} == {"unknown"}
    assert {f"predose.{item}" for item in CHECK_ANSWERS} <= set(check.unanswered)


def test_a_baseline_of_thirty_minutes_counts_and_an_older_one_is_unknown():
    """The baseline is at most 30 minutes old when the dose starts."""
    stream = checked()
    assert stream.look(20).check.call is Call.GO
    assert stream.look(21).check.call is Call.HOLD
