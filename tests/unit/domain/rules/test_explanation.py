"""Sentences for findings."""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.presence import described
from kairos.vocab.codes import SNOMED, Code
from tests.support.facts import (
    TODAY,
    born,
    condition,
    drug,
    finding,
    measured,
    no,
    pressure,
    screened,
    sex,
    yes,
)

TEXTS = load_release().texts


@pytest.mark.parametrize(
    ("facts", "rule", "sentence"),
    [
        (
            [condition("pregnancy", "2026-04-01"), condition("mania", "2026-05-01", code=None)],
            "eligibility.mania",
            "Mania or bipolar disorder: mania on record (1 May 2026). Current mania excludes; "
            "bipolar I without a mood stabiliser needs review.",
        ),
        (
            pressure(171, 108),
            "eligibility.blood_pressure",
            "Blood pressure: 171/108 mmHg on 30 May 2026; nobody starts at 160/100 mmHg or above. Ketamine raises it further.",
        ),
        ([born("1986-01-01")], "eligibility.age_under_18", "Age below 18: the age is 40 years, the limit 18 years."),
        ([], "eligibility.allergy", "Hypersensitivity to ketamine or esketamine: nothing on record says whether or not."),
    ],
)  # fmt: skip
def test_a_sentence_says_what_was_found_with_value_limit_and_unit(facts, rule, sentence):
    explainer = Explainer(TEXTS)
    found = finding(screened(facts), rule)
    assert explainer.because(found) == sentence
    assert explainer.because(found) == sentence


def test_a_code_without_words_is_shown_as_its_code():
    bare = condition("dementia", "2020-01-01", code=Code(SNOMED, "52448006"))
    assert "52448006" in Explainer(TEXTS).because(finding(screened([bare]), "eligibility.dementia"))


def test_patients_read_every_sentence_in_their_own_words():
    explainer = Explainer(TEXTS, audience=Audience.PATIENT)
    for found in screened([condition("dementia")]).findings:
        assert "{" not in explainer.because(found)


def test_an_item_of_a_questionnaire_is_told_in_words():
    found = finding(screened([yes("cssrs.4")]), "eligibility.suicide_risk_high")
    said = Explainer(TEXTS).because(found)
    assert "thoughts of suicide with some intention to act (C-SSRS 4)" in said
    assert "cssrs" not in said


def test_a_question_has_its_wording():
    assert Explainer(TEXTS).question("question.alt").endswith("?")


def test_every_message_that_rules_can_give_has_a_text_for_both_audiences():
    for key in [
        k for k in TEXTS.templates if k[1].startswith(("finding.", "deceased.", "age.", "resistance."))
    ]:
        for audience in Audience:
            assert TEXTS.template(key[1], audience=audience)


@pytest.mark.parametrize(
    ("facts", "rule", "words"),
    [
        ([condition("hyperthyroidism"), drug("methimazole")], "eligibility.thyroid", "does not speak against going on, given methimazole (10 January 2026)"),
        ([sex("female"), no("no_childbearing_potential"), no("contraception_in_place")], "eligibility.contraception", "a reason why pregnancy is impossible, contraception"),
        ([sex("female"), yes("contraception_in_place")], "eligibility.contraception", "given contraception in place (1 June 2026)"),
        ([condition("dementia", "2020-03")], "eligibility.dementia", "(March 2020)"),
        ([condition("dementia", "2020")], "eligibility.dementia", "(2020)"),
        ([measured("alt", 22, "U/L"), measured("ast", 30, "U/L")], "eligibility.liver_enzymes", "Liver enzymes: ALT 22 U/L on 30 May 2026, within"),
        ([measured("phq9_item9", 2, "1")], "eligibility.suicide_risk", "A graver form (relative) is not ruled out yet."),
    ],
)  # fmt: skip
def test_a_sentence_reads_as_a_person_would_say_it(facts, rule, words):
    assert words in Explainer(TEXTS).because(finding(screened(facts), rule))


def test_one_sentence_is_filled_with_the_values_of_each_person():
    explainer = Explainer(TEXTS)
    for day in ("1986-01-01", "1996-01-01"):
        said = explainer.because(finding(screened([born(day)]), "eligibility.age_under_18"))
        assert f"the age is {TODAY.year - int(day[:4])} years" in said


def test_the_same_missing_tests_are_named_alike_for_each_person():
    explainer = Explainer(TEXTS)
    first, second = (
        finding(screened([sex(word)]), "eligibility.tests_missing") for word in ("female", "male")
    )
    assert explainer.because(first) == explainer.because(second)
    assert "|" not in explainer.because(first)


def test_a_coded_positive_result_is_shown_as_positive():
    result = condition("pregnancy", value=True, code=Code(SNOMED, "1", "hCG"))
    assert described(result)["what"] == "hCG: positive"


def test_one_day_reads_alike_in_every_sentence():
    explainer = Explainer(TEXTS)
    for value in (171, 172):
        found = finding(screened(pressure(value, 108)), "eligibility.blood_pressure")
        assert f"{value}/108 mmHg on 30 May 2026" in explainer.because(found)
