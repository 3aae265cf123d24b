"""Answers become facts, and the rules read them."""

from datetime import UTC, datetime

import pytest

from kairos.content.release import load_release
from kairos.domain.eligibility.answers import (
    fact_of_confirmed_list,
    fact_of_entry_set_aside,
    fact_of_measurement,
    facts_of_answer,
)
from kairos.vocab.errors import InvalidInput
from kairos.vocab.facts import FactKind, OriginKind, Presence
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Verdict
from tests.support.facts import condition, finding, screened

QUESTIONS = load_release().questions
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WHERE = {"ref": "Answer/1", "by": "somebody", "at": NOON}


def answered(question, given, **more):
    """Return the facts of an answer."""
    return facts_of_answer(QUESTIONS[question], given, id_prefix="answer-1", **WHERE, **more)


@pytest.mark.parametrize(
    ("given", "verdict"), [("yes", Verdict.NOT_MET), ("no", Verdict.MET), ("not_sure", Verdict.UNKNOWN)]
)
def test_an_answer_settles_its_question(given, verdict):
    facts = list(answered("question.intracerebral_haemorrhage", given))
    assert finding(screened(facts), "eligibility.intracerebral_haemorrhage").verdict is verdict


def test_yes_alive_states_the_absence_of_death():
    (fact,) = answered("question.alive", "yes")
    assert (fact.concept, fact.presence) == ("deceased", Presence.ABSENT)
    assert finding(screened([fact]), "eligibility.deceased").verdict is Verdict.MET


def test_an_answer_may_correct_an_entry_by_name():
    wrong = condition("intracerebral_haemorrhage", "2015-01-01", id="Condition/1#0")
    plain = [wrong, *answered("question.intracerebral_haemorrhage", "no")]
    named = [wrong, *answered("question.intracerebral_haemorrhage", "no", refutes="Condition/1#0")]
    rule = "eligibility.intracerebral_haemorrhage"
    assert finding(screened(plain), rule).verdict is Verdict.UNKNOWN
    assert finding(screened(named), rule).verdict is Verdict.MET


def test_an_answer_the_question_does_not_take_is_refused():
    with pytest.raises(InvalidInput, match="expected yes, no, not_sure"):
        answered("question.pregnancy", "perhaps")
    with pytest.raises(InvalidInput, match="expected measured"):
        answered("question.alt", "yes")


def test_a_measured_answer_is_in_the_unit_asked_for():
    question = QUESTIONS["question.oxygen_saturation"]
    fact = fact_of_measurement(question, Quantity(93, "%"), fact_id="m", **WHERE)
    assert finding(screened([fact]), "eligibility.breathing").verdict is Verdict.NOT_MET
    with pytest.raises(InvalidInput, match="enter it in %"):
        fact_of_measurement(question, Quantity(0.93, "1"), fact_id="m", **WHERE)
    assert fact_of_measurement(QUESTIONS["question.sex"], "male", fact_id="s", **WHERE).value == "male"


def test_a_confirmed_list_says_who_confirmed_it():
    fact = fact_of_confirmed_list(FactKind.MEDICATION, fact_id="l", **WHERE)
    assert (fact.origin.kind, fact.origin.by) == (OriginKind.CONFIRMED_LIST, "somebody")
    assert finding(screened([fact]), "eligibility.drug_maoi").verdict is Verdict.MET


def test_an_entry_set_aside_is_refuted_by_name_with_its_reason_and_no_longer_counts():
    wrong = condition("intracerebral_haemorrhage", "2015-01-01", id="Condition/1#0")
    word = fact_of_entry_set_aside(wrong, "entered for another person", **WHERE)
    assert (word.concept, word.presence, word.origin.kind) == (
        wrong.concept,
        Presence.ABSENT,
        OriginKind.PERSON,
    )
    assert word.details == {"refutes": wrong.id, "reason": "entered for another person"}
    assert finding(screened([wrong, word]), "eligibility.intracerebral_haemorrhage").verdict is Verdict.MET
