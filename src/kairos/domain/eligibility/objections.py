"""What a person says against a finding about them, or a decision: kept, and answered by a named role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role

OBJECTION = "objection_to_finding"
LONGEST = 2000


class ObjectionKind(StrEnum):
    """What is asked for; the values are kinds of tasks.

    ``NOT_RIGHT``: a finding rests on something that is not so. ``SECOND_LOOK``: another clinician is to look.
    """

    NOT_RIGHT = "finding_contested"
    SECOND_LOOK = "second_look"

    @property
    def owner(self) -> Role:
        """Whose task it is to answer."""
        return Role.CLINICIAN if self is ObjectionKind.NOT_RIGHT else Role.MEDICAL_DIRECTOR

    @property
    def answer_within(self) -> str:
        """The parameter by which time there must be an answer."""
        short = "contested" if self is ObjectionKind.NOT_RIGHT else "second_look"
        return f"tasks.{short}.answer_within"


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection. ``rule`` is the one contested, empty for the whole decision; ``task`` answers it."""

    kind: ObjectionKind
    rule: str
    words: str
    task: str
    said_at: datetime


def own_words(text: str) -> str:
    """Return what a person wrote, without space around it; nothing need be written.

    Raises
    ------
    InvalidInput    longer than can be kept
    """
    words = text.strip()
    if len(words) > LONGEST:
        raise InvalidInput(
            Problem("words", f"{len(words)} letters are too many; at most {LONGEST} can be kept")
        )
    return words


def fact_of_objection(said: Objection, *, ref: str, by: str) -> Fact:
    """Return an objection as it is kept: the person's own statement, which no rule reads."""
    return Fact(
        id=ref,
        kind=FactKind.ANSWER,
        concept=OBJECTION,
        origin=Origin(OriginKind.PERSON, ref, by),
        value=said.words or None,
        true_from=PartialDate.of(said.said_at.date()),
        true_at=said.said_at,
        recorded_at=said.said_at,
        details={"kind": said.kind.value, "rule": said.rule, "task": said.task},
    )


def objections(facts: Iterable[Fact]) -> tuple[Objection, ...]:
    """Return what a person has objected to, in the order kept."""
    return tuple(_objection(fact) for fact in facts if fact.concept == OBJECTION)


def _objection(fact: Fact) -> Objection:
    assert fact.true_at is not None
    told = {name: str(value) for name, value in fact.details.items()}
    words = fact.value if isinstance(fact.value, str) else ""
    return Objection(ObjectionKind(told["kind"]), told["rule"], words, told["task"], fact.true_at)
