"""What a person says is not right in their record: kept as said, answered by name, read by no rule."""

import pytest

from kairos.domain.eligibility.contested import (
    Answered,
    Contested,
    answers,
    check_answer,
    check_contested,
    contested,
    fact_of_answer,
    fact_of_contested,
    identity_field,
    name_of_field,
)
from kairos.domain.instruments.task_outcomes import ENTRY_STANDS, RECORD_CORRECTED
from kairos.vocab.errors import InvalidInput
from tests.support.facts import at, yes

SAID = Contested("fact-1", "Aneurysm: yes", "That was my brother", "task-1", at("2026-06-01"))
TOLD = Answered("task-1", RECORD_CORRECTED, "You are right", "doctor", at("2026-06-02"))


def test_both_versions_come_back_as_they_were():
    kept = [
        yes("aneurysm_or_malformation"),
        fact_of_contested(SAID, ref="a", by="me"),
        fact_of_answer(TOLD, ref="b"),
    ]
    assert contested(kept) == (SAID,) and answers(kept) == {"task-1": TOLD}


def test_what_somebody_is_called_can_be_contested_and_nothing_else_of_them():
    assert identity_field(name_of_field("family_name")) == "family_name"
    assert identity_field("identity.identifiers") == "" and identity_field("fact-1") == ""


def test_words_are_needed_from_both():
    assert check_contested(" no ") == "no" and check_answer(ENTRY_STANDS, "because") == "because"
    for wrong in (
        lambda: check_contested(" "),
        lambda: check_answer(ENTRY_STANDS, ""),
        lambda: check_answer("so", "x"),
    ):
        with pytest.raises(InvalidInput):
            wrong()
