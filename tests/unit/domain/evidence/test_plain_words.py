"""Plain words: one form for every way of writing."""

import pytest

from kairos.domain.evidence.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Treatment-resistant ANAESTHESIA", "treatment resistant anesthesia"),
        ("It isn’t; they can't, won't, cannot.", "it is not they can not will not can not"),
        ("It's the patient's; we've said they're in", "it is the patient we have said they are in"),
        ("70% 70 percent 70 per cent seventy percent", "70% 70% 70% 70%"),
        ("seven in ten, 7 of every 10, seven out of ten, 70 of 100.", "70% 70% 70% 70%"),
        ("two thirds, a third, three quarters, one quarter", "67% 33% 75% 25%"),
        ("half of them, halved, half an hour, half the time", "50% of them 50% half an hour 50% the time"),
        ("30–40%, 30% to 40 percent, between 30 and 40%", "30% 40% 30% 40% between 30% 40%"),
        ("six to seven in ten; 12 in 10", "60% 70% 12 in 10"),
        ("in 2020 with 1,148 people and 62.8%, 70.0%", "in 2020 with 1148 people and 62.8% 70.0%"),
        ("twenty-four hours for ninety five", "24 hours for 95"),
        ("⅔ of people, ½, ¾ and ⅓", "67% of people 50% 75% and 33%"),
    ],
)
def test_one_form_for_every_way_of_writing(text, words):
    assert " ".join(plain_words(text).words) == words


def test_clauses_begin_after_signs():
    assert plain_words("Not this, but that - and (these) well-known").breaks == {2, 4, 5, 6}


def test_two_together_are_two_clauses():
    both = plain_words("one, two") + plain_words("three; four")
    assert both.words == ("1", "2", "3", "4")
    assert both.breaks == {1, 2, 3}
    assert both.line == " 1 2 3 4 "
