"""The intake sheet: every question stands in one topic, and each topic has its words."""

import pytest

from kairos.content.load_intake import load_intake
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.content.release import load_release


def faults(text, questions=("question.a", "question.b")):
    """Return what is wrong with one sheet."""
    lint = Lint()
    source = ContentSource((ContentFile("rules/intake.yaml", text.encode()),))
    load_intake(source, lint, questions=questions, texts=load_release().texts)
    with pytest.raises(ContentError) as error:
        lint.finish()
    return str(error.value)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("intake.mind: {questions: [question.a]}", "questions without a topic: question.b"),
        ("intake.mind: {questions: [question.a, question.c]}", "question.c"),
        ("intake.nowhere: {questions: [question.a, question.b]}", "needs a text"),
        ("intake.mind: {questions: [question.a], words: x}", "unexpected key 'words'"),
        (
            "intake.mind: {questions: [question.a]}\nintake.heart: {questions: [question.a, question.b]}",
            "stand nowhere else: ['question.a']",
        ),
    ],
)
def test_faults_name_the_question_or_topic(sheet, said):
    assert said in faults(sheet)


def test_the_shipped_sheet_asks_every_question_once():
    release = load_release()
    listed = [question for topic in release.intake for question in topic.questions]
    assert sorted(listed) == sorted(release.questions)
