"""Askings: one id a questionnaire, questions in order, what was left out is not answered."""

from uuid import UUID

import pytest

from kairos.domain.instruments.asking import Asking, answered, is_left_out, next_question, questions_of
from kairos.domain.instruments.task_outcomes import DONE, check_outcome, outcomes_of
from kairos.vocab.errors import InvalidInput
from tests.support.instruments import the_instrument

SUBJECT = UUID(int=9)
BOTH = (the_instrument("phq9"), the_instrument("gad7"))


def test_an_asking_has_one_id_a_questionnaire_and_time():
    asking = Asking(SUBJECT, "hour_24", ("phq9", "gad7"))
    others = (asking.request_id("gad7"), Asking(SUBJECT, "day_7", ()).request_id("phq9"))
    assert asking.request_id("phq9") == Asking(SUBJECT, "hour_24", ()).request_id("phq9")
    assert asking.request_id("phq9") not in others


def test_questions_are_numbered_through_all_questionnaires():
    questions = questions_of(BOTH, {})
    assert [q.number for q in questions] == list(range(1, 18))
    assert (questions[9].item_id, questions[10].item_id) == ("phq9.10", "gad7.1")


def test_the_next_question_is_the_first_that_was_neither_answered_nor_left_out():
    given = {"phq9": {"phq9.1": 2, "phq9.2": None}}
    questions = questions_of(BOTH, given)
    following = next_question(questions, given)
    assert following is not None
    assert following.item_id == "phq9.3"
    full = {i.id: dict.fromkeys(i.item_ids, 0) for i in BOTH}
    assert next_question(questions, full) is None


def test_what_is_left_out_is_no_answer():
    given = {"phq9": {"phq9.1": 0, "phq9.2": None}}
    first, second, third = questions_of(BOTH, given)[:3]
    assert [is_left_out(q, given) for q in (first, second, third)] == [False, True, True]
    assert answered(given["phq9"]) == {"phq9.1": 0}


def test_a_task_ends_as_its_kind_can_and_others_are_done():
    assert outcomes_of("session_aftercare") == (DONE,)
    check_outcome("session_aftercare", DONE)
    for kind, outcome in (("clinician_call", "not_reached"), ("cssrs_screener", ""), ("clinician_call", "")):
        with pytest.raises(InvalidInput):
            check_outcome(kind, outcome)
