"""What a person says is not right in their record, and what somebody answers: both are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kairos.domain.eligibility.objections import own_words
from kairos.domain.instruments.task_outcomes import ENTRY_STANDS, RECORD_CORRECTED
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate

CONTESTED = "entry_contested"
ANSWERED = "contested_entry_answered"
TASK = "record_contested"
"""The kind of the task that answers."""
ANSWER_WITHIN = "tasks.contested.answer_within"
IDENTITY_FIELDS = ("given_names", "family_name", "preferred_name", "born_on", "sex", "contacts")
"""What of who somebody is can be contested; named ``identity.<field>`` where a fact has its id."""
_OF_IDENTITY = "identity."


@dataclass(frozen=True, slots=True)
class Contested:
    """One entry that is not right: ``about`` is its id, ``was`` how it read then, ``words`` the person's."""

    about: str
    was: str
    words: str
    task: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it: corrected or not, with the reason, by whom."""

    task: str
    outcome: str
    words: str
    by: str
    answered_at: datetime


def identity_field(about: str) -> str:
    """Return which part of who somebody is was contested; nothing where it was a fact."""
    field = about.removeprefix(_OF_IDENTITY)
    return field if about.startswith(_OF_IDENTITY) and field in IDENTITY_FIELDS else ""


def name_of_field(field: str) -> str:
    """Return the id under which a part of who somebody is can be contested."""
    return f"{_OF_IDENTITY}{field}"


def check_contested(words: str) -> str:
    """Return what the person wrote.

    Raises
    ------
    InvalidInput    nothing was written, or more than can be kept
    """
    said = own_words(words)
    if not said:
        raise InvalidInput(Problem("words", "nothing was written; write what is right instead"))
    return said


def check_answer(outcome: str, words: str) -> str:
    """Return the answer's words.

    Raises
    ------
    InvalidInput    no such outcome, or no words for the person
    """
    if outcome not in (RECORD_CORRECTED, ENTRY_STANDS):
        raise InvalidInput(Problem("outcome", "choose whether the record is corrected or the entry stands"))
    said = own_words(words)
    if not said:
        raise InvalidInput(
            Problem("words", "no answer was written; the person reads it, so say what you did and why")
        )
    return said


def fact_of_contested(said: Contested, *, ref: str, by: str) -> Fact:
    """Return it as it is kept: the person's own statement, which no rule reads."""
    details = {"about": said.about, "was": said.was, "task": said.task}
    return _fact(CONTESTED, said.words, said.said_at, ref=ref, by=by, details=details)


def fact_of_answer(said: Answered, *, ref: str) -> Fact:
    """Return the answer as it is kept, under the person's key."""
    details = {"task": said.task, "outcome": said.outcome}
    return _fact(ANSWERED, said.words, said.answered_at, ref=ref, by=said.by, details=details)


def contested(facts: Iterable[Fact]) -> tuple[Contested, ...]:
    """Return what a person has contested, in the order kept."""
    return tuple(_contested(fact) for fact in facts if fact.concept == CONTESTED)


def _contested(fact: Fact) -> Contested:
    task, at = _said(fact)
    return Contested(str(fact.details["about"]), str(fact.details["was"]), str(fact.value), task, at)


def answers(facts: Iterable[Fact]) -> dict[str, Answered]:
    """Return what was answered, by the id of the task."""
    found = (fact for fact in facts if fact.concept == ANSWERED)
    return {
        task: Answered(task, str(fact.details["outcome"]), str(fact.value), fact.origin.by, at)
        for fact in found
        for task, at in [_said(fact)]
    }


def _said(fact: Fact) -> tuple[str, datetime]:
    assert fact.true_at is not None
    return str(fact.details["task"]), fact.true_at


def _fact(concept: str, words: str, at: datetime, *, ref: str, by: str, details: dict[str, str]) -> Fact:
    return Fact(
        id=ref,
        kind=FactKind.ANSWER,
        concept=concept,
        origin=Origin(OriginKind.PERSON, ref, by),
        value=words,
        true_from=PartialDate.of(at.date()),
        true_at=at,
        recorded_at=at,
        details=details,
    )
