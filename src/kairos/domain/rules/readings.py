"""Measured values against limits: the newest usable reading, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from operator import ge, gt, le, lt

from kairos.domain.rules.answer import Answer, any_answer, ids
from kairos.domain.rules.case import UNDATED, Case, Entry, moment
from kairos.domain.rules.expression import Operator
from kairos.domain.rules.presence import described
from kairos.vocab.facts import Presence, Understanding
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Verdict

_OPERATORS: dict[Operator, Callable[[float, float], bool]] = {
    Operator.ABOVE: gt,
    Operator.AT_LEAST: ge,
    Operator.BELOW: lt,
    Operator.AT_MOST: le,
}
_UPWARD = frozenset({Operator.ABOVE, Operator.AT_LEAST})
NO_READING = Answer(Verdict.UNKNOWN, "finding.unknown_no_reading", rank=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a concept held against a limit; too old or unreadable is unknown.

    A newest value that could not be used is never passed over: it makes the answer unknown, unless the
    newest one that can be used already lies beyond the limit. Of several at one instant the worst counts.
    """

    concept: str
    operator: Operator
    limit: Quantity
    max_age: timedelta
    silent: Answer = NO_READING
    asked: str = ""

    def answer(self, case: Case) -> Answer:
        """Return whether the newest reading lies beyond the limit."""
        newest: list[Entry] = []
        unread: Entry | None = None
        for entry in reversed(case.readings(self.concept)):
            if newest and moment(entry) != moment(newest[0]):
                break
            if is_usable(entry, self.limit.unit, case):
                newest.append(entry)
            elif unread is None and entry.fact.presence is not Presence.ABSENT:
                unread = entry
        judged = any_answer([self._judge(e, case) for e in newest]) if newest else self.silent
        if unread is not None and judged.verdict is not Verdict.MET:
            return not_usable(unread)
        return judged

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
            return Answer(Verdict.UNKNOWN, "finding.unknown_old_reading", values, facts, 2)
        given = str(entry.fact.details.get("comparator", ""))
        beyond = self._is_beyond(value.value, given)
        if beyond is None:
            values["comparator"] = given
            return Answer(Verdict.UNKNOWN, "finding.unknown_bound", values, facts, 2)
        message = "finding.reading_beyond" if beyond else "finding.reading_within"
        if self.asked:
            message, values["asked"] = f"{message}_of", self.asked
        return Answer(Verdict.MET if beyond else Verdict.NOT_MET, message, values, facts, 3)

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
    fact = entry.fact
    return (
        isinstance(fact.value, Quantity)
        and fact.value.unit == unit
        and fact.understanding is Understanding.EXACT
        and fact.presence is Presence.PRESENT
        and entry.first is not UNDATED
        and entry.last <= case.on
    )


def not_usable(entry: Entry) -> Answer:
    """Return the unknown that names a newest value which could not be used."""
    fact = entry.fact
    written = fact.value if isinstance(fact.value, Quantity) else fact.details.get("as_written", "no value")
    values = {**described(fact), "value": written}
    return Answer(Verdict.UNKNOWN, "finding.unknown_unreadable_value", values, (fact.id,), 2)


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
            if e.first >= opens and e.last <= case.on and e.fact.understanding is Understanding.EXACT
        ]
        present = [fact for fact in found if fact.presence is Presence.PRESENT]
        verdict = Verdict.MET if len(present) >= self.at_least else Verdict.UNKNOWN
        values = {"count": str(len(present)), "limit": str(self.at_least)}
        return Answer(verdict, "finding.counted", values, ids(present), 1)
