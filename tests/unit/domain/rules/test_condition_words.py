"""Conditions read aloud: every rule of the content can be, with its numbers, and nothing is left out."""

import pytest

from kairos.content.release import load_release
from kairos.domain.rules.condition_words import Clause, ConditionReader, parameters_of
from kairos.domain.rules.expression import AllOf, Compare, CountOf, Has, MeanPressure, Operator, Unless
from kairos.domain.rules.presence import Tense

RELEASE = load_release()


def reader():
    return ConditionReader(RELEASE.texts, lambda name: f"<{name}>")


def lines(clause: Clause):
    return [clause.words, *(line for part in clause.parts for line in lines(part))]


@pytest.mark.parametrize("rule", RELEASE.rules.values(), ids=lambda rule: rule.id)
def test_every_condition_can_be_read_and_names_its_numbers(rule):
    for grade in rule.grades:
        said = " ".join(lines(reader().read(grade.speaks_against)))
        assert said and "{" not in said
        named = parameters_of(grade.speaks_against, RELEASE.parameters.__contains__)
        shown = [name for name in named if f"<{name}>" in said]
        assert len(shown) >= min(len(named), 1)


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        (
            Has(Tense.EARLIER, frozenset({"stroke"}), frozenset({"maoi"}), "stroke", window="w", lasts="l"),
            "stroke or a medicine of the class maoi, longer ago than <w>; it can last <l>",
        ),
        (
            Compare("alt", Operator.ABOVE, "limit", "age", factor="twice"),
            "newest value of ALT above <twice> times <limit>, not older than <age>",
        ),
        (CountOf("fall", "many", "year"), "at least <many> entries of fall within <year>"),
        (
            MeanPressure(Operator.AT_LEAST, "s", "d", "days", "w"),
            "mean blood pressure of <days> days within <w> at least <s> systolic or <d> diastolic",
        ),
    ],
)
def test_a_leaf_says_what_it_asks(leaf, said):
    assert reader().read(leaf).words == said


def test_parts_stand_under_what_joins_them():
    fall = CountOf("fall", "many", "year")
    clause = reader().read(AllOf((fall, Unless(fall))))
    assert [part.words for part in clause.parts][1] == "unless this is known to be so:"
    assert parameters_of(AllOf((fall, fall)), {"many", "year"}.__contains__) == ("many", "year")
