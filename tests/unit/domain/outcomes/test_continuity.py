"""Continuity counts how often one and the same person was there."""

from uuid import UUID

from kairos.domain.outcomes.continuity import Continuity, continuity

ONE, TWO = UUID(int=1), UUID(int=2)


def test_before_the_first_session_there_is_none():
    assert continuity([]) is None


def test_who_was_there_most_often_is_counted():
    assert continuity([TWO, ONE, ONE]) == Continuity(ONE, 2, 3)


def test_of_two_the_first_is_named():
    assert continuity([TWO, ONE]) == Continuity(TWO, 1, 2)
