"""Answers to screening questions become facts, like everything else that rules read."""

from dataclasses import replace
from datetime import datetime

from kairos.domain.rules.rule import Question
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactId, FactKind, FactValue, Origin, OriginKind, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

CONFIRMS_LIST = "confirm_list"
LEDGER = "ledger"


def facts_of_answer(
    question: Question, given: str, *, id_prefix: FactId, ref: str, by: str, at: datetime, refutes: str = ""
) -> tuple[Fact, ...]:
    """Return what the answer to a yes-or-no question states.

    Parameters
    ----------
    given : str      ``yes``, ``no`` or ``not_sure``
    id_prefix : str  the facts are numbered below it, so that one answer may state several
    ref, by : str    where the answer stands and the id of who gave or took it
    refutes : str    ids of entries, separated by spaces, that the answer corrects by name

    Raises
    ------
    InvalidInput    an answer that the question does not take
    """
    if given not in question.states:
        expected = ", ".join(question.states) or question.form.form
        raise InvalidInput(Problem(question.id, f"{given!r} is not an answer here; expected {expected}"))
    return tuple(
        _fact(f"{id_prefix}#{number}", concept, _origin(ref, by), at, presence=presence, refutes=refutes)
        for number, (concept, presence) in enumerate(question.states[given].items())
    )


def fact_of_measurement(
    question: Question, value: FactValue, *, fact_id: FactId, ref: str, by: str, at: datetime
) -> Fact:
    """Return what a measured answer states; a quantity must be in the question's unit.

    Raises
    ------
    InvalidInput    another unit
    """
    if isinstance(value, Quantity) and value.unit != question.form.unit:
        message = f"{value} is in {value.unit}; enter it in {question.form.unit}"
        raise InvalidInput(Problem(question.id, message))
    return _fact(fact_id, question.concept, _origin(ref, by), at, value=value)


def fact_of_confirmed_list(kind: FactKind | str, *, fact_id: FactId, ref: str, by: str, at: datetime) -> Fact:
    """Return a clinician's word that the list of a kind (or ``treatment_trial``) is complete."""
    return _fact(fact_id, f"list.{kind}", Origin(OriginKind.CONFIRMED_LIST, ref, by), at)


def _origin(ref: str, by: str) -> Origin:
    return Origin(OriginKind.PERSON, ref, by)


def _fact(
    fact_id: FactId,
    concept: str,
    origin: Origin,
    at: datetime,
    *,
    presence: Presence = Presence.PRESENT,
    value: FactValue = None,
    refutes: str = "",
) -> Fact:
    return Fact(
        id=fact_id,
        kind=FactKind.ANSWER,
        concept=concept,
        origin=origin,
        presence=presence,
        value=value,
        true_from=PartialDate.of(at.date()) if value is None else None,
        true_at=at,
        recorded_at=at,
        details={"refutes": refutes} if refutes else {},
    )


def fact_of_entry_set_aside(entry: Fact, reason: str, *, ref: str, by: str, at: datetime) -> Fact:
    """Return somebody's word that an entry of the record is not so, by its id; the entry itself is kept."""
    details = {"refutes": entry.id, "reason": reason}
    return replace(_fact(ref, entry.concept, _origin(ref, by), at, presence=Presence.ABSENT), details=details)
