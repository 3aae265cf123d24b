"""What a support person reads before a session, and the quiz that shows it was understood. Row S-047."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question: its answers in their order, which is right, and what is said after a wrong one."""

    id: str
    text: str
    options: Mapping[str, str]
    right: str
    explanation: str


@dataclass(frozen=True, slots=True)
class SupportTraining:
    """The pages to read and the questions, in one language, as one version."""

    version: int
    language: str
    pages: tuple[tuple[str, str], ...]
    questions: tuple[QuizQuestion, ...]
    promise: str
    sources: tuple[str, ...] = ()


def wrong_answers(training: SupportTraining, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the questions answered wrongly, in their order; none means passed.

    Raises
    ------
    InvalidInput    each question left out, or answered with what it does not offer
    """
    open_ones = [q.id for q in training.questions if answers.get(q.id) not in q.options]
    if open_ones:
        raise InvalidInput(*(Problem(name, "choose one of the answers") for name in open_ones))
    return tuple(q.id for q in training.questions if answers[q.id] != q.right)
