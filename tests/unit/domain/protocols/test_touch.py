"""Touch is agreed before a dose and only ever narrowed from then on."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kairos.domain.protocols.touch import (
    MOST_ITEMS,
    TouchItem,
    TouchState,
    TouchStatement,
    check_agreement,
    narrowed,
    touch_in_force,
)
from kairos.vocab.errors import InvalidInput, NotAllowed

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOSED = START + timedelta(minutes=30)
HAND, BACK = TouchItem("1", "hold my hand"), TouchItem("2", "a hand on my back")


def said(state, *items, minute=0):
    return TouchStatement(state, items, START + timedelta(minutes=minute))


def test_nothing_said_is_no_touch():
    assert touch_in_force((), dosed_at=None) == ()


def test_before_the_dose_the_newest_agreement_holds():
    statements = (said(TouchState.AGREED, HAND), said(TouchState.AGREED, BACK, minute=10))
    assert touch_in_force(statements, dosed_at=None) == (BACK,)
    assert touch_in_force(statements, dosed_at=DOSED) == (BACK,)


def test_an_agreement_recorded_once_the_dose_has_begun_adds_nothing():
    statements = (said(TouchState.AGREED, HAND), said(TouchState.AGREED, HAND, BACK, minute=31))
    assert touch_in_force(statements, dosed_at=DOSED) == (HAND,)


def test_what_is_taken_back_in_the_dose_stays_taken_back():
    statements = (
        said(TouchState.AGREED, HAND, BACK),
        said(TouchState.WITHDRAWN, minute=40),
        said(TouchState.AGREED, HAND, minute=50),
    )
    assert touch_in_force(statements, dosed_at=DOSED) == ()


def test_before_the_dose_what_was_taken_back_can_be_agreed_anew():
    statements = (
        said(TouchState.AGREED, HAND),
        said(TouchState.WITHDRAWN, minute=5),
        said(TouchState.AGREED, BACK, minute=9),
    )
    assert touch_in_force(statements, dosed_at=DOSED) == (BACK,)


def test_whatever_is_said_in_a_dose_never_widens_it():
    """Every way to say three things, each before or in the dose, of two lines."""
    choices = [
        (state, items, minute)
        for state in TouchState
        for items in ((), (HAND,), (BACK,), (HAND, BACK))
        for minute in (0, 40)
    ]
    for told in product(choices, repeat=3):
        statements = [said(state, *items, minute=minute) for state, items, minute in sorted(told, key=_when)]
        standing = [touch_in_force(statements[:count], dosed_at=DOSED) for count in range(4)]
        for place, each in enumerate(statements):
            assert each.recorded_at < DOSED or set(standing[place + 1]) <= set(standing[place])


def _when(told):
    return told[2]


def test_an_agreement_is_in_words_signed_and_before_the_dose():
    assert check_agreement(["hold my hand", " ", ""], "A Name", dosed_at=None) == ("hold my hand",)
    with pytest.raises(NotAllowed, match="not agreed anew"):
        check_agreement(["hold my hand"], "A Name", dosed_at=DOSED)
    with pytest.raises(InvalidInput, match="in your own words") as refused:
        check_agreement([""], " ", dosed_at=None)
    assert [each.field for each in refused.value.problems] == ["lines", "name"]
    with pytest.raises(InvalidInput, match=f"{MOST_ITEMS} at most"):
        check_agreement(["x"] * (MOST_ITEMS + 1), "A Name", dosed_at=None)


def test_narrowing_keeps_only_what_stands():
    assert narrowed((HAND, BACK), ["2"]) == (BACK,)
    assert narrowed((HAND, BACK), []) == ()
    with pytest.raises(NotAllowed, match="not agreed now"):
        narrowed((HAND,), ["1", "2"])
