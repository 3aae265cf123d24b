"""Reading a consent document: one part after the other, kept at each step, until everything is answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kairos.domain.evidence.consent import ConsentDocument, ConsentSignature, open_parts
from kairos.vocab.errors import InvalidInput, Problem

SIGN = "sign"
"""The last part of every document: the signature."""

EXPECTATION = "expectation"
"""The part before it: what the person expects."""


class Helper(StrEnum):
    """Who helped to read: nobody, an interpreter, somebody close, somebody of the team."""

    NOBODY = "nobody"
    INTERPRETER = "interpreter"
    CLOSE = "close"
    TEAM = "team"


class Capacity(StrEnum):
    """What a clinician noted of whether the person can decide this now."""

    ABLE = "able"
    NOT_NOW = "not_now"
    UNSURE = "unsure"


class StepKind(StrEnum):
    """What a person did with one part."""

    ACKNOWLEDGED = "section_acknowledged"
    ANSWERED = "question_answered"
    EXPECTED = "expectation_told"
    DECLINED = "said_no"
    CAPACITY = "capacity_noted"


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One step: a section acknowledged, a question answered, an expectation told, a no, a note on capacity.

    ``words`` are what somebody wrote; ``at`` and ``by`` are known of a step that was kept.
    """

    kind: StepKind
    part: str
    answer: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class ConsentReading:
    """How far somebody has read. ``last_answers`` holds what was chosen last, by question.

    ``expected`` are the answers to the questions on what is expected, ``hoped`` the person's own words,
    ``capacity`` the newest note on it, and ``declined`` the no that nothing has followed.
    """

    acknowledged: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    last_answers: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    hoped: str = ""
    capacity: ReadingStep | None = None
    declined: ReadingStep | None = None

    @property
    def done(self) -> frozenset[str]:
        """Every part that needs nothing more."""
        return (
            self.acknowledged | self.answered | (frozenset({EXPECTATION}) if self.expected else frozenset())
        )


def part_ids(document: ConsentDocument) -> tuple[str, ...]:
    """Return the parts in order: each section with its questions, what is expected, the signature."""
    found: list[str] = []
    for section in document.sections:
        found.append(section.id)
        found += [question.id for question in document.questions if question.section == section.id]
    return (*found, EXPECTATION, SIGN)


def read_so_far(document: ConsentDocument, steps: Iterable[ReadingStep]) -> ConsentReading:
    """Return where these steps lead. A question stays answered once it was answered rightly."""
    acknowledged: set[str] = set()
    answered: set[str] = set()
    last: dict[str, str] = {}
    questions = {question.id: question for question in document.questions}
    held = tuple(steps)
    for step in held:
        if step.kind is StepKind.ACKNOWLEDGED:
            acknowledged.add(step.part)
        elif step.kind is StepKind.ANSWERED:
            last[step.part] = step.answer
            if step.part in questions and questions[step.part].right(step.answer):
                answered.add(step.part)
    told = [step for step in held if step.kind is StepKind.EXPECTED]
    return ConsentReading(
        frozenset(acknowledged),
        frozenset(answered),
        last,
        expected={step.part: step.answer for step in told if step.answer},
        hoped=next((step.words["said"] for step in reversed(told) if "said" in step.words), ""),
        capacity=next((step for step in reversed(held) if step.kind is StepKind.CAPACITY), None),
        declined=_standing_no(held),
    )


def _standing_no(steps: Sequence[ReadingStep]) -> ReadingStep | None:
    """Return the no that the person said last; whoever reads on after it has changed their mind."""
    own = [step for step in steps if step.kind is not StepKind.CAPACITY]
    return own[-1] if own and own[-1].kind is StepKind.DECLINED else None


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
    InvalidInput    naming the parts that are still open, or that the person cannot decide now
    """
    if reading.capacity is not None and reading.capacity.answer == Capacity.NOT_NOW:
        raise InvalidInput(Problem("", "a clinician noted that this cannot be decided now; ask again later"))
    so_far = ConsentSignature(document.id, document.version, reading.acknowledged, reading.answered)
    still = [*open_parts(document, so_far), *({EXPECTATION} - reading.done)]
    if still:
        raise InvalidInput(Problem("", f"still open: {', '.join(still)}; go through them first"))
    return tuple(part for part in part_ids(document) if part != SIGN)
