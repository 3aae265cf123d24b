"""What somebody expects of a treatment, in their own words and by choice, before they sign.

An expectation that nothing supports stops nobody and is no test: it is answered kindly, and somebody of the
team talks with the person about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class ExpectationAnswer:
    """One answer on offer. ``reply`` is said to whoever chose it, whether it is likely or not."""

    id: str
    text: str
    is_realistic: bool
    reply: str


@dataclass(frozen=True, slots=True)
class ExpectationQuestion:
    """One thing that is expected: what it does, how long, what else is needed."""

    id: str
    question: str
    answers: tuple[ExpectationAnswer, ...]

    def chosen(self, answer_id: str) -> ExpectationAnswer | None:
        """Return the answer of an id, if it is on offer."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


@dataclass(frozen=True, slots=True)
class ExpectationCheck:
    """The questions, and what is said around them, in one language. ``sources`` are citation keys."""

    heading: str
    lead: str
    own_words: str
    talk: str
    questions: tuple[ExpectationQuestion, ...]
    sources: tuple[str, ...]


def check_answered(check: ExpectationCheck, chosen: Mapping[str, str]) -> None:
    """Refuse answers that leave a question open, or that are not on offer.

    Raises
    ------
    InvalidInput    naming each such question
    """
    problems = [
        Problem(question.id, "choose one of the answers")
        for question in check.questions
        if question.chosen(chosen.get(question.id, "")) is None
    ]
    if problems:
        raise InvalidInput(*problems)


def unrealistic(check: ExpectationCheck, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the questions whose chosen answer nothing supports, in order."""
    found = ((question.id, question.chosen(chosen.get(question.id, ""))) for question in check.questions)
    return tuple(name for name, answer in found if answer is not None and not answer.is_realistic)


def replies(check: ExpectationCheck, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is said to the chosen answers, in order."""
    found = (question.chosen(chosen.get(question.id, "")) for question in check.questions)
    return tuple(answer.reply for answer in found if answer is not None)


def expected(check: ExpectationCheck, chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return each question with the words of the chosen answer, for whoever talks about it."""
    found = (
        (question.question, question.chosen(chosen.get(question.id, ""))) for question in check.questions
    )
    return tuple((question, answer.text) for question, answer in found if answer is not None)
