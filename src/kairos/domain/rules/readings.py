"""Measured values against limits: the newest usable reading, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from operator import ge, gt, le, lt

from kairos.domain.rules.answer import Answer, any_answer, ids
from kairos.domain.rules.case import UNDATED, Case, Entry, moment
from kairos.domain.rules.expression import Operator
from kairos.domain.rules.presence import described
from kairos.vocab.facts import ABSENT, EXACT, PRESENT, Fact
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN

_OPERATORS: dict[Operator, Callable[[float, float], bool]] = {
    Operator.ABOVE: gt,
    Operator.AT_LEAST: ge,
    Operator.BELOW: lt,
    Operator.AT_MOST: le,
}
_UPWARD = frozenset({Operator.ABOVE, Operator.AT_LEAST})
NO_READING = Answer(UNKNOWN, "finding.unknown_no_reading", rank=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a concept held against a limit; too old or unreadable is unknown.

    A newest value that could not be used is never passed over: it makes the answer unknown, unless the
    newest one that can be used already lies beyond the limit. Of several at one instant the worst counts.
    A value without a date may be the newest: unless it is known to lie within the limit, it is asked about.
    """

    concept: str
    operator: Operator
    limit: Quantity
    max_age: timedelta
    silent: Answer = NO_READING
    asked: str = ""

    def answer(self, case: Case) -> Answer:
        """Return whether the newest reading lies beyond the limit."""
        newest, unread = self._newest(case)
        judged = any_answer([self._judge(e, case) for e in newest]) if newest else self.silent
        if judged.verdict is MET:
            return judged
        if unread is not None:
            return not_usable(unread)
        undated = self._undated(case, alone=not newest)
        return judged if undated is None else not_dated(undated, self.limit, self._lies(undated))

    def _newest(self, case: Case) -> tuple[list[Entry], Entry | None]:
        """Return the usable readings of the newest moment, and the newest one that could not be used."""
        newest: list[Entry] = []
        unread: Entry | None = None
        for entry in reversed(case.readings(self.concept)):
            if entry.first is UNDATED or (newest and moment(entry) != moment(newest[0])):
                break
            if is_usable(entry, self.limit.unit, case):
                newest.append(entry)
            elif unread is None and entry.fact.presence is not ABSENT:
                unread = entry
        return newest, unread

    def _undated(self, case: Case, *, alone: bool) -> Entry | None:
        """Return the value without a date that is to be asked about: any where it stands alone."""
        stated = [e for e in undated_readings(case, self.concept) if e.fact.presence is not ABSENT]
        asking = [e for e in stated if alone or self._lies(e) is not False]
        return max(asking, key=lambda e: self._lies(e) is True, default=None)

    def _lies(self, entry: Entry) -> bool | None:
        """Return whether a value lies beyond the limit, whenever it was taken; None where that is open."""
        if not is_read(entry, self.limit.unit):
            return None
        value = entry.fact.value
        assert isinstance(value, Quantity)
        return self._is_beyond(value.value, str(entry.fact.details.get("comparator", "")))

    def _judge(self, entry: Entry, case: Case) -> Answer:
        value = entry.fact.value
        assert isinstance(value, Quantity)
        values: dict[str, FindingValue] = {
            "value": value,
            "limit": self.limit,
            "since": PartialDate.of(entry.last),
        }
        facts = (entry.fact.id,)
        if case.on - entry.first > self.max_age:
            return Answer(UNKNOWN, "finding.unknown_old_reading", values, facts, 2)
        given = str(entry.fact.details.get("comparator", ""))
        beyond = self._is_beyond(value.value, given)
        if beyond is None:
            values["comparator"] = given
            return Answer(UNKNOWN, "finding.unknown_bound", values, facts, 2)
        message = "finding.reading_beyond" if beyond else "finding.reading_within"
        if self.asked:
            message, values["asked"] = f"{message}_of", self.asked
        return Answer(MET if beyond else NOT_MET, message, values, facts, 3)

    def _is_beyond(self, value: float, comparator: str) -> bool | None:
        """Return whether a value lies beyond the limit; None where "<" or ">" leaves it open."""
        beyond = _OPERATORS[self.operator](value, self.limit.value)
        if not comparator:
            return beyond
        towards = comparator.startswith(">") is (self.operator in _UPWARD)
        if towards:
            return True if beyond or (value == self.limit.value and comparator in {"<", ">"}) else None
        return None if beyond else False


def is_usable(entry: Entry, unit: str, case: Case) -> bool:
    """Whether an entry is a measured value in a unit, understood, plausible, certain and dated."""
    return is_read(entry, unit) and entry.first is not UNDATED and entry.last <= case.on


def is_read(entry: Entry, unit: str) -> bool:
    """Whether an entry is a measured value in a unit, understood, plausible and certain, dated or not."""
    fact = entry.fact
    return (
        isinstance(fact.value, Quantity)
        and fact.value.unit == unit
        and fact.understanding is EXACT
        and fact.presence is PRESENT
    )


def undated_readings(case: Case, concept: str) -> list[Entry]:
    """Return the entries of a concept without any date, which stand before all others, by id."""
    readings = case.readings(concept)
    if not readings or readings[0].first is not UNDATED:
        return []
    return list(takewhile(lambda e: e.first is UNDATED, readings))


def not_dated(entry: Entry, limit: FindingValue, beyond: bool | None) -> Answer:
    """Return the unknown that names a value without a date: it may be the newest."""
    message = "finding.unknown_undated_beyond" if beyond else "finding.unknown_undated"
    values = {**described(entry.fact), "value": _written(entry.fact), "limit": limit}
    return Answer(UNKNOWN, message, values, (entry.fact.id,), 2)


def not_usable(entry: Entry) -> Answer:
    """Return the unknown that names a newest value which could not be used."""
    values = {**described(entry.fact), "value": _written(entry.fact)}
    return Answer(UNKNOWN, "finding.unknown_unreadable_value", values, (entry.fact.id,), 2)


def _written(fact: Fact) -> FindingValue:
    return fact.value if isinstance(fact.value, Quantity) else str(fact.details.get("as_written", "no value"))


@dataclass(frozen=True, slots=True)
class Count:
    """Whether at least so many facts of a concept lie within a time. Too few is unknown, never "no"."""

    concept: str
    at_least: int
    window: timedelta

    def answer(self, case: Case) -> Answer:
        """Return whether there are enough."""
        opens = case.on - self.window
        found = [
            e.fact
            for e in case.entries(self.concept)
            if e.first >= opens and e.last <= case.on and e.fact.understanding is EXACT
        ]
        present = [fact for fact in found if fact.presence is PRESENT]
        verdict = MET if len(present) >= self.at_least else UNKNOWN
        values = {"count": str(len(present)), "limit": str(self.at_least)}
        return Answer(verdict, "finding.counted", values, ids(present), 1)
