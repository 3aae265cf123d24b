"""Reading a consent document: one part after the other, kept at each step, until everything is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kairos.domain.evidence.consent import ConsentDocument, ConsentSignature, open_parts
from kairos.vocab.errors import InvalidInput, Problem

SIGN = "sign"
"""The last part of every document: the signature."""


class StepKind(StrEnum):
    """What a person did with one part."""

    ACKNOWLEDGED = "section_acknowledged"
    ANSWERED = "question_answered"


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One step: a section acknowledged, or a question answered, rightly or not."""

    kind: StepKind
    part: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ConsentReading:
    """How far somebody has read. ``last_answers`` holds what was chosen last, by question."""

    acknowledged: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    last_answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> frozenset[str]:
        """Every part that needs nothing more."""
        return self.acknowledged | self.answered


def part_ids(document: ConsentDocument) -> tuple[str, ...]:
    """Return the parts in reading order: each section, then the questions on it, at last the signature."""
    found: list[str] = []
    for section in document.sections:
        found.append(section.id)
        found += [question.id for question in document.questions if question.section == section.id]
    return (*found, SIGN)


def read_so_far(document: ConsentDocument, steps: Iterable[ReadingStep]) -> ConsentReading:
    """Return where these steps lead. A question stays answered once it was answered rightly."""
    acknowledged: set[str] = set()
    answered: set[str] = set()
    last: dict[str, str] = {}
    questions = {question.id: question for question in document.questions}
    for step in steps:
        if step.kind is StepKind.ACKNOWLEDGED:
            acknowledged.add(step.part)
            continue
        last[step.part] = step.answer
        if step.part in questions and questions[step.part].right(step.answer):
            answered.add(step.part)
    return ConsentReading(frozenset(acknowledged), frozenset(answered), last)


def next_part(document: ConsentDocument, reading: ConsentReading) -> str:
    """Return the first part that is still open; the signature where none is."""
    return next(part for part in part_ids(document) if part not in reading.done)


def acknowledge(document: ConsentDocument, section: str) -> ReadingStep:
    """Return the step that acknowledges a section.

    Raises
    ------
    InvalidInput    the document has no such section
    """
    if section not in document.section_ids:
        raise InvalidInput(Problem("section", f"{section} is no section of {document.id}"))
    return ReadingStep(StepKind.ACKNOWLEDGED, section)


def answer(document: ConsentDocument, question: str, chosen: str) -> ReadingStep:
    """Return the step that answers a question; a wrong answer is a step as well.

    Raises
    ------
    InvalidInput    the document has no such question or answer
    """
    offered = {each.id for q in document.questions if q.id == question for each in q.answers}
    if not offered:
        raise InvalidInput(Problem("question", f"{question} is no question of {document.id}"))
    if chosen not in offered:
        raise InvalidInput(Problem("answer", "choose one of the answers"))
    return ReadingStep(StepKind.ANSWERED, question, chosen)


def check_version(document: ConsentDocument, version: str) -> None:
    """Refuse a step in a version that is no longer in force. Raises InvalidInput."""
    if version != document.version:
        message = f"version {document.version} is in force now; read that one"
        raise InvalidInput(Problem("version", message))


def check_complete(document: ConsentDocument, reading: ConsentReading) -> tuple[str, ...]:
    """Return every section and question, in order, or refuse to sign while some are open.

    Raises
    ------
    InvalidInput    naming the parts that are still open
    """
    so_far = ConsentSignature(document.id, document.version, reading.acknowledged, reading.answered)
    still = open_parts(document, so_far)
    if still:
        raise InvalidInput(Problem("", f"still open: {', '.join(still)}; go through them first"))
    return part_ids(document)[:-1]
