"""Three-valued logic: its tables, and the laws that follow from them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.vocab.verdict import Verdict, all_of, any_of

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
some_verdicts = st.lists(st.sampled_from(Verdict), min_size=1, max_size=6)

# Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64).
AND = {
    (MET, MET): MET,
    (MET, NOT_MET): NOT_MET,
    (MET, UNKNOWN): UNKNOWN,
    (NOT_MET, NOT_MET): NOT_MET,
    (NOT_MET, UNKNOWN): NOT_MET,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}
OR = {
    (MET, MET): MET,
    (MET, NOT_MET): MET,
    (MET, UNKNOWN): MET,
    (NOT_MET, NOT_MET): NOT_MET,
    (NOT_MET, UNKNOWN): UNKNOWN,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}


@pytest.mark.parametrize(("pair", "expected"), AND.items())
def test_and_follows_kleene(pair, expected):
    assert {all_of(order) for order in itertools.permutations(pair)} == {expected}


@pytest.mark.parametrize(("pair", "expected"), OR.items())
def test_or_follows_kleene(pair, expected):
    assert {any_of(order) for order in itertools.permutations(pair)} == {expected}


def test_nothing_to_combine_never_passes():
    assert all_of([]) is UNKNOWN
    assert any_of([]) is UNKNOWN


def test_negation_swaps_and_leaves_unknown():
    assert [v.negated() for v in (MET, NOT_MET, UNKNOWN)] == [NOT_MET, MET, UNKNOWN]


@given(some_verdicts)
def test_de_morgan(verdicts):
    assert all_of(verdicts).negated() is any_of(v.negated() for v in verdicts)


@given(some_verdicts)
def test_unknown_among_the_verdicts_never_lets_all_of_pass(verdicts):
    assert all_of([*verdicts, UNKNOWN]) is not MET


@given(some_verdicts, st.sampled_from(Verdict))
def test_one_more_condition_never_helps(verdicts, another):
    if all_of([*verdicts, another]) is MET:
        assert all_of(verdicts) is MET
