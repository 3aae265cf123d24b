"""The training of support persons is read from content; a quiz that cannot be passed is a fault."""

import pytest

from kairos.content.load_home import load_support_training
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.content.release import load_release

HEAD = """language: en
version: 1
source: cite:a
promise: I do.
pages:
  - {title: T, text: Words}
questions:
"""


def load(question):
    lint = Lint(citations=frozenset({"a"}))
    found = load_support_training(
        ContentSource((ContentFile("home/en.yaml", (HEAD + question).encode()),)), lint
    )
    lint.finish()
    return found


def test_a_quiz_is_read():
    found = load('  - {id: q, text: Q, options: {"a": A, "b": B}, right: a, explanation: E}\n')["en"]
    assert found.pages == (("T", "Words"),)
    assert [(each.id, each.right) for each in found.questions] == [("q", "a")]


@pytest.mark.parametrize("options", ['{"a": A, "b": B}, right: c', '{"a": A}, right: a'])
def test_a_right_answer_that_is_not_offered_or_alone_is_a_fault(options):
    with pytest.raises(ContentError, match="right"):
        load(f"  - {{id: q, text: Q, options: {options}, explanation: E}}\n")


def test_the_shipped_training_asks_about_each_of_the_three_buttons():
    questions = load_release().support_training["en"].questions
    assert {"well", "worried", "emergency"} <= {question.right for question in questions}
    assert all(question.explanation for question in questions)
