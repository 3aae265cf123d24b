"""What a person expects, asked before they sign.

No answer stops anybody. One that nothing supports is answered kindly, and somebody talks with the person.
"""

import pytest

from kairos.content.consent_in_force import expectation_check
from kairos.content.release import load_release
from kairos.domain.evidence.expectations import check_answered, expected, replies, unrealistic
from kairos.vocab.errors import InvalidInput

CHECK = expectation_check(load_release(), "en")
ANSWERS = (
    ("benefit", "duration", "alone", "to_talk_about"),
    ("may_help", "days_or_weeks", "other_help", ()),
    ("not_sure", "not_sure", "not_sure", ()),
    ("ends_illness", "days_or_weeks", "other_help", ("benefit",)),
    ("sure_to_help", "for_months", "other_help", ("benefit", "duration")),
    ("may_help", "always", "other_help", ("duration",)),
    ("may_help", "days_or_weeks", "nothing", ("alone",)),
    ("ends_illness", "always", "nothing", ("benefit", "duration", "alone")),
)


@pytest.mark.parametrize(ANSWERS[0], ANSWERS[1:])
def test_s_028_what_nothing_supports_is_talked_about(benefit, duration, alone, to_talk_about):
    """Sure help, an end of the illness, many months, always, nothing else: these are talked about."""
    chosen = {"benefit": benefit, "duration": duration, "alone": alone}
    check_answered(CHECK, chosen)
    assert unrealistic(CHECK, chosen) == to_talk_about
    assert len(replies(CHECK, chosen)) == len(expected(CHECK, chosen)) == len(CHECK.questions)


def test_every_question_is_answered_with_what_is_offered():
    """An answer that is not on offer is asked again."""
    with pytest.raises(InvalidInput, match="choose one of the answers"):
        check_answered(CHECK, {"benefit": "may_help", "duration": "elsewhere", "alone": "nothing"})
    assert unrealistic(CHECK, {"duration": "elsewhere"}) == ()


def test_a_language_without_the_questions_is_asked_in_english():
    """The questions stand in English where a language lacks them."""
    assert expectation_check(load_release(), "tlh") is CHECK
