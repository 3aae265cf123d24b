"""A case: one person's facts as of one day, indexed by concept once so that every rule reads quickly."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from kairos.domain.rules.answer import Answer
from kairos.vocab.facts import (
    ABSENT,
    IMPLAUSIBLE,
    NOT_UNDERSTOOD,
    PRESENT,
    AskedAsOf,
    Fact,
    FactKind,
    OriginKind,
)
from kairos.vocab.instants import PartialDate

ANSWER = FactKind.ANSWER
UNDATED = date.min
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class Entry(NamedTuple):
    """A fact with the earliest and latest day it can date from; both ``UNDATED`` where it has no date.

    ``at`` orders entries of one day: the time of a measurement, else of its being written down.
    """

    first: date
    last: date
    fact: Fact
    at: datetime


moment = attrgetter("last", "at")
_rank = attrgetter("last", "at", "fact.id")


class Case:
    """The facts that may be used as of a day. What lies after that day is left out.

    Facts are ordered by day and id, so the order in which they came never changes an answer.
    """

    __slots__ = (
        "_entries",
        "_index",
        "_readings",
        "answered",
        "as_of",
        "concepts",
        "facts",
        "gathered",
        "on",
    )

    def __init__(self, facts: Iterable[Fact], as_of: AskedAsOf) -> None:
        self.facts: Sequence[Fact] = tuple(facts)
        self.as_of = as_of
        self.on = as_of.on
        index: dict[str, list[Fact]] = {}
        for fact in self.facts:
            held = index.get(fact.concept)
            if held is None:
                index[fact.concept] = [fact]
            else:
                held.append(fact)
        self._index = index
        self.concepts = frozenset(index)
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._readings: dict[str, tuple[Entry, ...]] = {}
        self.answered: dict[object, Answer] = {}
        self.gathered: dict[object, tuple[Any, ...]] = {}

    def all_of(self, concept: str) -> Sequence[Fact]:
        """Return every fact of a concept, whatever its day."""
        return self._index.get(concept, ())

    def entries(self, concept: str) -> tuple[Entry, ...]:
        """Return the usable facts of a concept, oldest first, without what was withdrawn."""
        found = self._entries.get(concept)
        if found is None:
            read = self.readings(concept)
            used = tuple([e for e in read if e.fact.understanding is not IMPLAUSIBLE])
            found = self._entries[concept] = used
        return found

    def readings(self, concept: str) -> tuple[Entry, ...]:
        """Return the same with what no living person has: a newest value that cannot be used must be seen."""
        found = self._readings.get(concept)
        if found is None:
            found = self._readings[concept] = _usable(self._index.get(concept, ()), self.on)
        return found

    def confirmed_list(self, kind: FactKind) -> Entry | None:
        """Return the newest statement of a clinician that the list of this kind is complete."""
        lists = [e for e in self.entries(list_of(kind)) if _is_confirmation(e.fact)]
        return lists[-1] if lists else None

    def not_understood(self, kind: FactKind) -> tuple[Fact, ...]:
        """Return the entries of a kind that nobody could read, up to the asked day."""
        unread = (e.fact for e in self.entries("") if e.fact.kind is kind)
        return tuple(f for f in unread if f.understanding is NOT_UNDERSTOOD)


_LISTS = {kind: f"list.{kind}" for kind in FactKind}


def list_of(kind: FactKind) -> str:
    """Return the concept by which a clinician confirms the list of a kind as complete."""
    return _LISTS[kind]


def entry_of(fact: Fact) -> Entry:
    """Return a fact with the days it can date from.

    A presence dates from its onset, an absence from when it was stated: "no pregnancy" written down
    today says nothing about the day on which the refuted entry began.
    """
    day, at = fact.true_from, fact.true_at or fact.recorded_at
    if day is not None and fact.presence is not ABSENT:
        return _tuple(Entry, (day.first, day.last, fact, at or _NO_TIME))
    stated = written_on(fact) if fact.presence is ABSENT else None
    if stated is not None:
        return Entry(stated, stated, fact, at or _NO_TIME)
    if day is not None:
        return Entry(day.first, day.last, fact, at or _NO_TIME)
    stated = at.date() if at is not None else UNDATED
    return Entry(stated, stated, fact, at or _NO_TIME)


_tuple = tuple.__new__  # as Entry(...) does itself, which weighs where every entry of a record is placed


def _usable(facts: Sequence[Fact], on: date) -> tuple[Entry, ...]:
    placed = [entry_of(fact) for fact in facts]
    entries = [e for e in placed if e.first <= on or was_known(e.fact, on)]
    answers = [e.fact for e in entries if e.fact.kind is ANSWER]
    withdrawn = {name for f in answers for name in str(f.details.get("refutes", "")).split()}
    if withdrawn:
        entries = [e for e in entries if e.fact.id not in withdrawn]
    entries.sort(key=_rank)
    return tuple(entries)


def written_on(fact: Fact) -> date | None:
    """Return the day on which an entry was written down, where the source says so."""
    if fact.recorded_at is not None:
        return fact.recorded_at.date()
    day = fact.details.get("recorded_on")
    return PartialDate.parse(day).last if isinstance(day, str) else None


def was_known(fact: Fact, on: date) -> bool:
    """Whether an entry was written down by a day, whatever day it speaks of."""
    written = written_on(fact)
    return written is not None and written <= on


def _is_confirmation(fact: Fact) -> bool:
    return fact.origin.kind is OriginKind.CONFIRMED_LIST and fact.presence is PRESENT
