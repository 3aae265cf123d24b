"""A change of dose says why, an interval is kept, and a supply for home ends at the next review."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kairos.domain.protocols.dose_history import (
    DoseStep,
    LastGiven,
    check_next_dose,
    check_supply,
    supply_until_review,
)
from kairos.vocab.errors import InvalidInput

MONDAY = date(2026, 3, 2)
TWO_DAYS = timedelta(days=2)
LAST = LastGiven(DoseStep(Decimal(34), Decimal("0.5")), MONDAY)


def ask(step: DoseStep, *, reason: str = "", days: int = 3, before: LastGiven | None = LAST) -> bool:
    return check_next_dose(step, before, reason=reason, on=MONDAY + timedelta(days=days), least=TWO_DAYS)


def test_a_first_dose_changes_nothing_and_waits_for_nothing():
    assert not ask(DoseStep(Decimal(56)), days=0, before=None)


def test_the_same_dose_by_weight_is_no_change_on_another_weight():
    assert not ask(DoseStep(Decimal("34.5"), Decimal("0.5")))
    assert not ask(DoseStep(Decimal(56)), before=LastGiven(DoseStep(Decimal(56)), MONDAY))


def test_another_dose_wants_a_reason_and_names_both():
    with pytest.raises(InvalidInput, match=r"0\.75 mg/kg is not the last dose, 0\.5 mg/kg; say why"):
        ask(DoseStep(Decimal(51), Decimal("0.75")), reason="  ")
    assert ask(DoseStep(Decimal(51), Decimal("0.75")), reason="little effect, well tolerated")
    with pytest.raises(InvalidInput, match="84 mg is not the last dose, 56 mg"):
        ask(DoseStep(Decimal(84)), before=LastGiven(DoseStep(Decimal(56)), MONDAY))


def test_too_early_a_dose_is_refused_with_the_least_and_the_day_from_which_it_goes():
    with pytest.raises(InvalidInput) as refused:
        ask(DoseStep(Decimal(34), Decimal("0.5")), days=1)
    (problem,) = refused.value.problems
    assert problem.field == "interval"
    assert "1 d after the dose of 2026-03-02; the least is 2 d" in problem.message
    assert "2026-03-04 or later" in problem.message
    assert not ask(DoseStep(Decimal(34), Decimal("0.5")), days=2)


def test_both_problems_are_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        ask(DoseStep(Decimal(20), Decimal("0.3")), days=0)
    assert {problem.field for problem in refused.value.problems} == {"interval", "reason"}


@pytest.mark.parametrize(
    ("taken", "handed_out", "at_home", "review_after", "most"),
    [
        (0, 0, 0, 1, 1),
        (1, 1, 0, 2, 1),
        (2, 2, 0, 4, 2),
        (2, 3, 1, 4, 1),
        (3, 4, 1, 4, 0),
        (4, 4, 0, 4, 0),
        (3, 2, 0, 4, 1),
    ],
)
def test_a_supply_reaches_to_the_next_review(taken, handed_out, at_home, review_after, most):
    supply = supply_until_review((1, 2, 4), sessions=4, taken=taken, handed_out=handed_out)
    assert (supply.at_home, supply.review_after, supply.most) == (at_home, review_after, most)


def test_a_supply_over_the_review_is_refused_with_the_sum_shown():
    supply = supply_until_review((1, 2, 4), sessions=4, taken=2, handed_out=3)
    check_supply(1, supply)
    with pytest.raises(InvalidInput) as refused:
        check_supply(2, supply)
    said = str(refused.value)
    assert "2 asked + 1 still at home = 3" in said
    assert "until the review after session 4 there are 2 to take: order 1 or fewer" in said


def test_with_the_whole_supply_at_home_the_next_follows_the_review():
    supply = supply_until_review((4,), sessions=4, taken=3, handed_out=4)
    with pytest.raises(InvalidInput, match="the next ones follow the review"):
        check_supply(1, supply)
    with pytest.raises(InvalidInput, match="1 or more"):
        check_supply(0, supply)
