"""Rules asked of many people at once: all conditions compiled to one ibis expression over the table of facts.

SQL's NULL follows the same three-valued logic as a verdict of UNKNOWN, so ``AND``, ``OR`` and ``NOT`` are the
rules' own. What SQL would answer by absence (EXISTS, COUNT) is never asked: where nobody said anything a leaf
stays NULL. ``tests/properties/test_both_evaluators.py`` holds the answers equal to those for one person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis

from kairos.analytics.body_pass import body_answers
from kairos.analytics.fact_days import AskedDays, Table, asked, dated, entries, readings, small_table
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO, answered
from kairos.analytics.leaf_table import LeafSlot, LeafTable
from kairos.analytics.ledger_pass import none_tried_answers, too_few_failed_answers
from kairos.analytics.people_pass import age_is, confirmed, has_died, list_denies, not_male, people
from kairos.analytics.pressure_pass import pressure_answers
from kairos.domain.eligibility.blood_pressure import limits_of
from kairos.domain.eligibility.resistance import definition_of, drugs_of
from kairos.domain.rules.evaluation import Binding, presences_of
from kairos.domain.rules.expression import (
    Age,
    AllOf,
    AnyOf,
    BodyMass,
    Compare,
    CountOf,
    Expression,
    Has,
    HasDied,
    Lacks,
    MeanPressure,
    NoneTried,
    Not,
    NotMale,
    TooFewFailed,
    Unless,
)
from kairos.domain.rules.rule import Rule
from kairos.vocab.verdict import Verdict

_MASKS = {SO: "so", NOT_SO: "no", OPEN: "open"}
_DAY = 86_400
_NULL = 2
NOTHING_SETTLED: Mapping[str, Verdict] = {}
Passes = list[Callable[[Table], Table]]


def cohort_verdicts(
    facts: Table,
    rules: Iterable[Rule],
    binding: Binding,
    *,
    days: AskedDays,
    settled: Mapping[str, Verdict] = NOTHING_SETTLED,
) -> Table:
    """Return one row a person: ``person`` and a column for each rule, by its id.

    Parameters
    ----------
    facts : ibis table   the columns of ``fact_schema``
    binding : Binding    the parameters and words by which one person would be asked
    settled : mapping    findings that no fact changes: a use that nobody may offer

    Returns
    -------
    ibis table    ``met``, ``not_met`` or ``unknown`` in each rule's column
    """
    compiler = _Compiler(LeafTable(binding), binding, [])
    columns = {rule.id: compiler.rule(rule) for rule in rules}
    person = _answered_people(facts, compiler, days)
    told = {name: _as_verdict(column(person)) for name, column in columns.items()}
    return person.select(
        person=person["name"], **{n: ibis.literal(v.value) for n, v in settled.items()}, **told
    )


Column = Callable[[Table], Any]
"""Makes a three-valued truth of one row a person."""


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Collects the leaves of expressions, and turns each expression into a column over them."""

    leaves: LeafTable
    binding: Binding
    passes: Passes

    def rule(self, rule: Rule) -> Column:
        """Return whether something speaks against going on: one of the severities is so."""
        grades = [self.column(grade.speaks_against) for grade in rule.grades]
        return lambda person: reduce(or_, [grade(person) for grade in grades])

    def column(self, expression: Expression) -> Column:
        """Return the column of an expression."""
        return _COMPILERS[type(expression)](self, expression)

    def any_of(self, expression: AnyOf) -> Column:
        parts = [self.column(part) for part in expression.parts]
        return lambda person: reduce(or_, [part(person) for part in parts])

    def all_of(self, expression: AllOf) -> Column:
        parts = [self.column(part) for part in expression.parts]
        return lambda person: reduce(and_, [part(person) for part in parts])

    def not_(self, expression: Not) -> Column:
        part = self.column(expression.part)
        return lambda person: ~part(person)

    def unless(self, expression: Unless) -> Column:
        part = self.column(expression.part)
        return lambda person: ~part(person).fill_null(False)

    def has(self, expression: Has) -> Column:
        slot = self.leaves.has(expression)
        question = presences_of(self.binding, expression)
        fresh = question.fresh.total_seconds() / _DAY
        return lambda person: _truth(person, slot, list_denies(person, question.kind, fresh))

    def compare(self, expression: Compare) -> Column:
        slot = self.leaves.compare(expression)
        return lambda person: _truth(person, slot)

    def count(self, expression: CountOf) -> Column:
        slot = self.leaves.count(expression)
        return lambda person: _truth(person, slot)

    def age(self, expression: Age) -> Column:
        limit = self.binding.quantity(expression.limit)
        return lambda person: age_is(person, expression, limit)

    def died(self, expression: HasDied) -> Column:
        return has_died

    def not_male(self, expression: NotMale) -> Column:
        slot = self.leaves.shown(expression)
        return lambda person: not_male(person, _has_bit(person, slot, "so"))

    def lacks(self, expression: Lacks) -> Column:
        slots = self.leaves.recent(expression)
        return lambda person: reduce(or_, [~_truth(person, slot, False) for slot in slots])

    def pressure(self, expression: MeanPressure) -> Column:
        limits = limits_of(self.binding, expression)
        return self._own(expression, lambda read, leaf: pressure_answers(read, leaf, limits))

    def body(self, expression: BodyMass) -> Column:
        return self._own(expression, lambda read, leaf: body_answers(read, leaf, expression, self.binding))

    def too_few(self, expression: TooFewFailed) -> Column:
        definition = definition_of(self.binding, expression)
        return self._own(
            expression, lambda read, leaf: too_few_failed_answers(entries(read), leaf, definition)
        )

    def none_tried(self, expression: NoneTried) -> Column:
        drugs = drugs_of(self.binding, expression.classes)
        return self._own(expression, lambda read, leaf: none_tried_answers(entries(read), leaf, drugs))

    def _own(self, expression: Expression, answer: Callable[[Table, int], Table]) -> Column:
        """Add a leaf that is answered by a pass of its own over the facts."""
        is_new = expression not in self.leaves.known
        slot = self.leaves.own_slot(expression)
        if is_new:
            self.passes.append(lambda read: answer(read, slot.leaf))
        return lambda person: _truth(person, slot)


_COMPILERS: Mapping[type, Callable[[_Compiler, Any], Column]] = {
    AnyOf: _Compiler.any_of,
    AllOf: _Compiler.all_of,
    Not: _Compiler.not_,
    Unless: _Compiler.unless,
    Has: _Compiler.has,
    Compare: _Compiler.compare,
    CountOf: _Compiler.count,
    Age: _Compiler.age,
    HasDied: _Compiler.died,
    NotMale: _Compiler.not_male,
    Lacks: _Compiler.lacks,
    MeanPressure: _Compiler.pressure,
    BodyMass: _Compiler.body,
    TooFewFailed: _Compiler.too_few,
    NoneTried: _Compiler.none_tried,
}


def _answered_people(facts: Table, compiler: _Compiler, days: AskedDays) -> Table:
    """Return one row a person, with the answers of all leaves as bits."""
    numbered = facts.rename(name="person").rename(person="person_number")
    known = dated(asked(numbered, days))
    read = readings(known.filter(known.fact.notnull()))
    answers = [one(read) for one in compiler.passes]
    if compiler.leaves.rows:
        answers.append(answered(read, compiler.leaves))
    person = people(known).left_join(confirmed(entries(read)), "person").drop("person_right")
    if not answers:
        return person
    slim = [a.select("person", leaf=a.leaf.cast("int64"), verdict=a.verdict.cast("int8")) for a in answers]
    bits = _as_bits(reduce(ibis.union, slim), compiler.leaves)
    return person.left_join(bits, "person").drop("person_right")


def _as_bits(answers: Table, leaves: LeafTable) -> Table:
    places = {
        "leaf": [a.leaf for a in leaves.answering],
        "word": [a.word for a in leaves.answering],
        "bit": [a.bit for a in leaves.answering],
    }
    row = answers.inner_join(small_table(places), "leaf")
    masks = {
        f"{name}_{word}": row.bit.bit_or(where=(row.word == word) & (row.verdict == verdict))
        for verdict, name in _MASKS.items()
        for word in range(leaves.words)
    }
    return row.group_by("person").aggregate(**masks)


def _has_bit(person: Table, slot: LeafSlot, name: str) -> Any:
    mask = person[f"{name}_{slot.word}"].fill_null(0)
    return (mask & slot.bit) != 0


def _truth(person: Table, slot: LeafSlot, silent: Any = None) -> Any:
    """Return a leaf's truth: NULL where it is open, and where nobody said anything that settles it."""
    unknown = ibis.null("boolean")
    return ibis.cases(
        (_has_bit(person, slot, "so"), True),
        (_has_bit(person, slot, "no"), False),
        (_has_bit(person, slot, "open"), unknown),
        else_=unknown if silent is None else silent,
    )


def _as_verdict(speaks_against: Any) -> Any:
    """Turn "it speaks against" into the verdict: so is not met, not so is met, NULL is unknown.

    NULL is told by a number: ``NOT (...) IS NULL`` reads otherwise in SQL than ibis means it.
    """
    number = speaks_against.cast("int8").fill_null(_NULL)
    told = (1, Verdict.NOT_MET.value), (0, Verdict.MET.value)
    return number.cases(*told, else_=Verdict.UNKNOWN.value)


def verdict_counts(verdicts: Table) -> Table:
    """Return one row: how many ``people`` there are, and how many each rule leaves with each verdict."""
    rules = [name for name in verdicts.columns if name != "person"]
    return verdicts.aggregate(
        people=verdicts.count(),
        **{f"{name}|{verdict}": (verdicts[name] == verdict).sum() for name in rules for verdict in Verdict},
    )


def by_person_and_rule(verdicts: Table) -> Table:
    """Return one row a person and rule."""
    return verdicts.pivot_longer(~ibis.selectors.cols("person"), names_to="rule", values_to="verdict")
