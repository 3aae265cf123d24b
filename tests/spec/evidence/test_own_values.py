"""A programme's own values.

A programme may set its own value only where a range is stated, and the shipped value lies in it. Limits of
doses, of watching and of going home open in one direction alone: towards more caution. A value of the label
has no range.
"""

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.citations import Basis

BOOK = load_release().parameters
CAUTIOUS = ("predose", "monitoring", "release", "dosing", "escalation", "tasks", "fasting")

DIRECTION_SITUATIONS = (
    ("limit", "may_only_be"),
    ("predose.systolic_hard", "lower"),
    ("predose.oxygen_low", "higher"),
    ("predose.alcohol_free", "higher"),
    ("dosing.iv_cap_per_kg", "lower"),
    ("dosing.iv_cap_mg", "lower"),
    ("dosing.iv_first_per_kg", "lower"),
    ("dosing.iv_duration_least", "higher"),
    ("dosing.sl_cap_mg", "lower"),
    ("monitoring.systolic_alert", "lower"),
    ("monitoring.systolic_stop", "lower"),
    ("monitoring.systolic_low", "higher"),
    ("monitoring.oxygen_urgent", "higher"),
    ("monitoring.oxygen_emergency", "higher"),
    ("monitoring.sedation_urgent", "higher"),
    ("monitoring.overdue", "lower"),
    ("escalation.emergency_answer", "lower"),
    ("release.iv_time_least", "higher"),
    ("release.systolic_ceiling", "lower"),
    ("release.oxygen_least", "higher"),
    ("tasks.emergency.take_within", "lower"),
    ("eligibility.mean_systolic_defer", "lower"),
    ("eligibility.laboratory_max_age", "lower"),
    ("eligibility.suicidal_behaviour_window", "higher"),
)


@pytest.mark.parametrize(DIRECTION_SITUATIONS[0], DIRECTION_SITUATIONS[1:])
def test_a_limit_opens_towards_more_caution(limit, may_only_be):
    """A programme may only be more careful: lower what is a ceiling, raise what is a floor."""
    value = BOOK.dated(limit)[-1]
    shipped = value.quantity.value
    assert shipped == (value.range.high if may_only_be == "lower" else value.range.low)
    assert value.range.low < value.range.high


def test_no_limit_of_the_day_opens_both_ways():
    """No limit of a dose, of watching or of going home can be moved both ways."""
    values = [v for name in BOOK if name.split(".")[0] in CAUTIOUS for v in BOOK.dated(name) if v.range]
    assert values
    assert [v.id for v in values if v.quantity.value not in (v.range.low, v.range.high)] == []


def test_a_value_of_the_label_cannot_be_changed():
    """What the label says is not a matter of choice; nor is a value read in a trial or a guideline."""
    open_to_choice = {v.basis for name in BOOK for v in BOOK.dated(name) if v.range}
    assert open_to_choice == {Basis.CONSENSUS, Basis.DEFAULT}
