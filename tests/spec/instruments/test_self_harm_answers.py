"""What an answer about self-harm or suicide starts.

It starts at once, when the question is answered, not when the form is sent: a card with people to
reach, and tasks with an owner. The person is never locked out and never shown a score.
"""

import pytest

from kairos.domain.instruments.library import cssrs_screener
from kairos.domain.instruments.questionnaire import shown_items
from kairos.domain.instruments.safety import safety_of_answer, safety_of_tier
from tests.support.instruments import the_instrument, yes_to

ITEM_9_SITUATIONS = (
    ("answer", "level", "tasks"),
    (0, None, ()),
    (1, "routine_plus", ("cssrs_screener", "clinician_review")),
    (2, "urgent", ("cssrs_screener", "clinician_review", "clinician_call")),
    (3, "urgent", ("cssrs_screener", "clinician_review", "clinician_call")),
)

SCREENER_SITUATIONS = (
    ("yes_to_questions", "tier", "level"),
    ((), "none", None),
    (("1",), "low", "routine_plus"),
    (("2",), "low", "routine_plus"),
    (("2", "3"), "moderate", "urgent"),
    (("6",), "moderate", "urgent"),
    (("2", "4"), "high", "emergency"),
    (("2", "5"), "high", "emergency"),
    (("6", "6b"), "high", "emergency"),
    (("4",), "high", "emergency"),
    (("5",), "high", "emergency"),
    (("1", "2", "3", "4", "5", "6", "6b"), "high", "emergency"),
)


@pytest.mark.parametrize(ITEM_9_SITUATIONS[0], ITEM_9_SITUATIONS[1:])
def test_phq_03_question_nine_acts_when_it_is_answered(answer, level, tasks):
    """Any answer above "not at all" asks for a C-SSRS the same day; the upper two also for a call."""
    response = safety_of_answer(the_instrument("phq9"), "phq9.9", answer)
    assert (response.level if response else None) == level
    assert tuple(task.kind for task in response.tasks) == tasks if response else tasks == ()


@pytest.mark.parametrize(SCREENER_SITUATIONS[0], SCREENER_SITUATIONS[1:])
def test_the_highest_tier_of_the_screener_wins(yes_to_questions, tier, level):
    """Questions 4, 5 or recent behaviour are high; 3 or older behaviour moderate; 1 or 2 alone low."""
    instrument = the_instrument("cssrs_screener")
    result = cssrs_screener.assess(yes_to(*yes_to_questions, instrument=instrument), instrument=instrument)
    response = safety_of_tier(result.tier)
    assert (result.tier.id, response.level if response else None) == (tier, level)


HIGH_SITUATIONS = (
    ("yes_to_questions", "tier"),
    (("5",), "high"),
    (("6", "6b"), "high"),
    (("4",), "high"),
)

LOWER_SITUATIONS = (
    ("yes_to_questions", "tier"),
    (("1",), "low"),
    (("2",), "low"),
    (("2", "3"), "moderate"),
    (("6",), "moderate"),
    ((), "none"),
)


@pytest.mark.parametrize(HIGH_SITUATIONS[0], HIGH_SITUATIONS[1:])
def test_cs_02_intent_plan_or_recent_behaviour_is_high(yes_to_questions, tier):
    """Question 5, behaviour within three months, or question 4, each alone, is high."""
    assert tier_of(yes_to_questions) == tier


@pytest.mark.parametrize(LOWER_SITUATIONS[0], LOWER_SITUATIONS[1:])
def test_cs_03_thoughts_alone_are_low_and_method_or_old_behaviour_moderate(yes_to_questions, tier):
    """Question 1 or 2 alone is low; question 3, or behaviour longer ago, moderate; all "no" is none."""
    assert tier_of(yes_to_questions) == tier


def tier_of(yes_to_questions: tuple[str, ...]) -> str:
    """Return the tier of a full screener."""
    instrument = the_instrument("cssrs_screener")
    return cssrs_screener.assess(
        yes_to(*yes_to_questions, instrument=instrument), instrument=instrument
    ).tier.id


def test_cs_01_questions_three_to_five_are_opened_by_question_two():
    """Question 2 "no" leaves 3 to 5 out; question 6 is always asked; its time is asked after "yes"."""
    instrument = the_instrument("cssrs_screener")
    assert shown_items(instrument, {"cssrs.2": 0, "cssrs.6": 1}) == (
        "cssrs.1",
        "cssrs.2",
        "cssrs.6",
        "cssrs.6b",
    )
    assert shown_items(instrument, {"cssrs.2": 1}) == tuple(f"cssrs.{n}" for n in range(1, 7))


def test_an_unfinished_screener_is_never_none():
    """Nothing answered yes and something open: the tier is not known."""
    instrument = the_instrument("cssrs_screener")
    result = cssrs_screener.assess({"cssrs.1": 0, "cssrs.2": 0}, instrument=instrument)
    assert (result.tier, result.missing, result.is_complete) == (None, ("cssrs.6",), False)


def test_behaviour_of_unsaid_date_counts_as_recent_when_the_form_ends():
    """Question 6 "yes" and silence on its time: moderate while it is still being asked, then high."""
    instrument = the_instrument("cssrs_screener")
    answers = {"cssrs.1": 0, "cssrs.2": 0, "cssrs.6": 1}
    during = cssrs_screener.assess(answers, instrument=instrument)
    after = cssrs_screener.assess(answers, instrument=instrument, finished=True)
    assert (during.tier.id, during.assumed) == ("moderate", ())
    assert (after.tier.id, after.assumed) == ("high", ("cssrs.6b",))


KNOWN_BEFORE_SITUATIONS = (
    ("yes_to_questions", "known_before", "tier", "starts"),
    (("6",), (), "moderate", "urgent"),
    (("6",), ("6",), "moderate", None),
    (("1", "6"), ("6",), "moderate", "routine_plus"),
    (("6", "6b"), ("6",), "high", "emergency"),
    (("2", "4"), ("4",), "high", "emergency"),
)


@pytest.mark.parametrize(KNOWN_BEFORE_SITUATIONS[0], KNOWN_BEFORE_SITUATIONS[1:])
def test_an_old_attempt_does_not_alarm_at_every_visit(yes_to_questions, known_before, tier, starts):
    """Lifetime behaviour that is on record keeps its tier and starts nothing again; thoughts always do."""
    instrument = the_instrument("cssrs_screener")
    result = cssrs_screener.assess(
        yes_to(*yes_to_questions, instrument=instrument),
        instrument=instrument,
        known_before=frozenset(f"cssrs.{number}" for number in known_before),
    )
    response = safety_of_tier(result.new_tier)
    assert (result.tier.id, response.level if response else None) == (tier, starts)
