"""Measured values against limits: the newest usable reading, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from operator import ge, gt, le, lt

from kairos.domain.rules.answer import Answer, ids
from kairos.domain.rules.case import UNDATED, Case, Entry
from kairos.domain.rules.expression import Operator
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
_NO_READING = Answer(Verdict.UNKNOWN, "finding.unknown_no_reading", rank=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest reading of a concept held against a limit; too old or unreadable is unknown."""

    concept: str
    operator: Operator
    limit: Quantity
    max_age: timedelta

    def answer(self, case: Case) -> Answer:
        """Return whether the newest reading lies beyond the limit."""
        if self.concept not in case.concepts:
            return _NO_READING
        entries = [e for e in case.entries(self.concept) if e.fact.presence is Presence.PRESENT]
        if not entries:
            return _NO_READING
        return self._judge(entries[-1], case)

    def _judge(self, entry: Entry, case: Case) -> Answer:
        value, fact = entry.fact.value, entry.fact
        if not isinstance(value, Quantity) or fact.understanding is not Understanding.EXACT:
            return Answer(Verdict.UNKNOWN, "finding.unknown_unreadable_value", {}, (fact.id,), 2)
        if value.unit != self.limit.unit or entry.last > case.on or entry.first is UNDATED:
            return Answer(Verdict.UNKNOWN, "finding.unknown_unreadable_value", {}, (fact.id,), 2)
        values: dict[str, FindingValue] = {
            "value": value,
            "limit": self.limit,
            "since": PartialDate.of(entry.last),
        }
        if case.on - entry.first > self.max_age:
            return Answer(Verdict.UNKNOWN, "finding.unknown_old_reading", values, (fact.id,), 2)
        beyond = _OPERATORS[self.operator](value.value, self.limit.value)
        verdict = Verdict.MET if beyond else Verdict.NOT_MET
        return Answer(verdict, f"finding.reading_{'beyond' if beyond else 'within'}", values, (fact.id,), 3)


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
