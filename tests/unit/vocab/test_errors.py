"""Errors say what happened; the four kinds are told apart by type."""

import pytest

from kairos.vocab.errors import InvalidInput, KairosError, Missing, NotAllowed, NotInForce, Problem


def test_all_problems_are_told_at_once():
    error = InvalidInput(Problem("systolic", "must exceed diastolic"), Problem("", "enter a reading"))
    assert str(error) == "systolic: must exceed diastolic; enter a reading"
    assert [p.field for p in error.problems] == ["systolic", ""]


@pytest.mark.parametrize("kind", [NotAllowed, NotInForce, Missing])
def test_without_text_the_kind_speaks(kind):
    assert str(kind()) == kind.__doc__.strip()
    assert str(kind("this one")) == "this one"


def test_a_kind_without_words_is_silent_rather_than_wrong():
    class Wordless(KairosError):
        __doc__ = None

    assert str(Wordless()) == ""
