"""Rules asked of many people at once: all conditions compiled to one ibis expression over the table of facts.

SQL's NULL follows the same three-valued logic as a verdict of UNKNOWN, so ``AND``, ``OR`` and ``NOT`` are the
rules' own. What SQL would answer by absence (EXISTS, COUNT) is never asked: where nobody said anything a leaf
stays NULL. ``tests/properties/test_both_evaluators.py`` holds the answers equal to those for one person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis

from kairos.analytics.body_pass import body_answers
from kairos.analytics.contradicted_pass import contradicted
from kairos.analytics.fact_days import AskedDays, Table, asked, dated, entries, small_table, step
from kairos.analytics.leaf_pass import NOT_SO, OPEN, SO, said_masks
from kairos.analytics.leaf_table import ALL_BITS, COUNT, HAS, READING, RECENT, SHOWN, LeafTable, words_of
from kairos.analytics.ledger_pass import none_tried_answers, too_few_failed_answers
from kairos.analytics.people_pass import age_is, confirmed, has_died, list_denies, not_male, people
from kairos.analytics.pressure_pass import pressure_answers
from kairos.analytics.reading_pass import counted_answers, read_answers
from kairos.analytics.truth import (
    Truth,
    all_truth,
    any_truth,
    column_truth,
    lacking,
    leaf_truth,
    shown_bit,
)
from kairos.domain.eligibility.blood_pressure import limits_of
from kairos.domain.eligibility.resistance import definition_of, drugs_of
from kairos.domain.rules.evaluation import Binding
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
    truths, person = _asked(facts, rules, binding, days)
    told = {name: _as_verdict(truth, person) for name, truth in truths.items()}
    return person.select(
        person=person["name"], **{n: ibis.literal(v.value) for n, v in settled.items()}, **told
    )


def cohort_counts(
    facts: Table,
    rules: Iterable[Rule],
    binding: Binding,
    *,
    days: AskedDays,
    settled: Mapping[str, Verdict] = NOTHING_SETTLED,
) -> Table:
    """Return one row: how many ``people`` there are, and how many each rule leaves with each verdict.

    The same as ``verdict_counts`` of ``cohort_verdicts``, without a word written for anybody.
    """
    truths, person = _asked(facts, rules, binding, days)
    everybody = person.count()
    counts: dict[str, Any] = {"people": everybody}
    for name, verdict in settled.items():
        for each in Verdict:
            counts[f"{name}|{each}"] = everybody if each is verdict else ibis.literal(0)
    for name, truth in truths.items():
        met, not_met = truth.is_not(person).sum(), truth.is_so(person).sum()
        counts[f"{name}|{Verdict.MET}"], counts[f"{name}|{Verdict.NOT_MET}"] = met, not_met
    row = person.aggregate(**counts)
    unknown = {
        f"{name}|{Verdict.UNKNOWN}": row.people
        - row[f"{name}|{Verdict.MET}"].fill_null(0)
        - row[f"{name}|{Verdict.NOT_MET}"].fill_null(0)
        for name in truths
    }
    return row.mutate(**unknown)


def _asked(
    facts: Table, rules: Iterable[Rule], binding: Binding, days: AskedDays
) -> tuple[dict[str, Truth], Table]:
    """Return the truth of each rule, and the rows of people that they are asked of."""
    compiler = _Compiler(LeafTable(binding), binding, [])
    truths = {rule.id: compiler.rule(rule) for rule in rules}
    return truths, _answered_people(facts, compiler, days)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Collects the leaves of expressions, and turns each expression into a truth over them."""

    leaves: LeafTable
    binding: Binding
    passes: Passes

    def rule(self, rule: Rule) -> Truth:
        """Return whether something speaks against going on: one of the severities is so."""
        return any_truth([self.truth(grade.speaks_against) for grade in rule.grades])

    def truth(self, expression: Expression) -> Truth:
        """Return the truth of an expression."""
        return _COMPILERS[type(expression)](self, expression)

    def any_of(self, expression: AnyOf) -> Truth:
        return any_truth([self.truth(part) for part in expression.parts])

    def all_of(self, expression: AllOf) -> Truth:
        return all_truth([self.truth(part) for part in expression.parts])

    def not_(self, expression: Not) -> Truth:
        return self.truth(expression.part).negated()

    def unless(self, expression: Unless) -> Truth:
        return self.truth(expression.part).unless_so()

    def has(self, expression: Has) -> Truth:
        return leaf_truth(self.leaves.has(expression))

    def compare(self, expression: Compare) -> Truth:
        return leaf_truth(self.leaves.compare(expression))

    def count(self, expression: CountOf) -> Truth:
        return leaf_truth(self.leaves.count(expression))

    def age(self, expression: Age) -> Truth:
        limit = self.binding.quantity(expression.limit)
        return column_truth(lambda person: age_is(person, expression, limit))

    def died(self, expression: HasDied) -> Truth:
        return column_truth(has_died)

    def not_male(self, expression: NotMale) -> Truth:
        shown = shown_bit(self.leaves.shown(expression))
        return column_truth(lambda person: not_male(person, shown(person)))

    def lacks(self, expression: Lacks) -> Truth:
        return lacking(self.leaves.recent(expression))

    def pressure(self, expression: MeanPressure) -> Truth:
        limits = limits_of(self.binding, expression)
        return self._own(expression, lambda read, leaf: pressure_answers(read, leaf, limits))

    def body(self, expression: BodyMass) -> Truth:
        return self._own(expression, lambda read, leaf: body_answers(read, leaf, expression, self.binding))

    def too_few(self, expression: TooFewFailed) -> Truth:
        definition = definition_of(self.binding, expression)
        return self._own(
            expression, lambda read, leaf: too_few_failed_answers(entries(read), leaf, definition)
        )

    def none_tried(self, expression: NoneTried) -> Truth:
        drugs = drugs_of(self.binding, expression.classes)
        return self._own(expression, lambda read, leaf: none_tried_answers(entries(read), leaf, drugs))

    def _own(self, expression: Expression, answer: Callable[[Table, int], Table]) -> Truth:
        """Add a leaf that is answered by a pass of its own over the facts."""
        is_new = expression not in self.leaves.known
        slot = self.leaves.own_slot(expression)
        if is_new:
            self.passes.append(lambda read: answer(read, slot.leaf))
        return leaf_truth(slot)


_COMPILERS: Mapping[type, Callable[[_Compiler, Any], Truth]] = {
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
    facts, leaves = dated(asked(numbered, days)), compiler.leaves
    known = facts
    read = known.filter(known.is_read)
    entry = entries(read)
    person = people(known).left_join(confirmed(entry), "person").drop("person_right")
    answers = [one(read) for one in compiler.passes]
    if leaves.of_sort(READING):
        answers.append(read_answers(read, leaves))
    if leaves.of_sort(COUNT):
        answers.append(counted_answers(entry, leaves))
    if leaves.of_sort(HAS, SHOWN, RECENT):
        said = said_masks(entry, leaves)
        person = person.left_join(said, "person").drop("person_right")
        if leaves.of_sort(HAS):
            answers.append(contradicted(entries(facts.filter(facts.is_read)), said, leaves))
    if answers:
        slim = [
            a.select("person", leaf=a.leaf.cast("int64"), verdict=a.verdict.cast("int8")) for a in answers
        ]
        decided = _as_bits(reduce(ibis.union, slim), leaves)
        person = person.left_join(decided, "person").drop("person_right")
    return _settled(person, leaves)


def _as_bits(answers: Table, leaves: LeafTable) -> Table:
    places = {
        "leaf": [a.leaf for a in leaves.answering],
        "word": [a.word for a in leaves.answering],
        "bit": [a.bit for a in leaves.answering],
    }
    row = answers.inner_join(small_table(places), "leaf")
    masks = {
        f"{name}_{word}": row.bit.bit_or(where=(row.word == word) & (row.verdict == verdict))
        for name, verdict in (("decided_so", SO), ("decided_no", NOT_SO), ("decided_open", OPEN))
        for word in range(leaves.words)
    }
    return row.group_by("person").aggregate(**masks)


def _settled(person: Table, leaves: LeafTable) -> Table:
    """Return people with one answer to each leaf: a bit in ``so`` or ``no``; in ``open`` what was left open.

    What nobody spoke of is denied by a list that somebody confirmed as complete, where there is one.
    """
    columns = set(person.columns)

    def mask(name: str) -> Any:
        return person[name].fill_null(0) if name in columns else ibis.literal(0, "int64")

    told = {}
    for word in range(leaves.words):
        clear = mask(f"unclear_{word}") ^ ALL_BITS
        so, open_ = mask(f"so_{word}"), mask(f"open_{word}") | mask(f"stale_{word}")
        said = so | open_ | mask(f"no_{word}")
        decided = mask(f"decided_so_{word}"), mask(f"decided_no_{word}"), mask(f"decided_open_{word}")
        silent = (said | decided[0] | decided[1] | decided[2]) ^ ALL_BITS
        told[f"so_{word}"] = (so & clear) | decided[0]
        told[f"open_{word}"] = (open_ & clear) | decided[2]
        told[f"no_{word}"] = (mask(f"no_{word}") & clear) | decided[1] | _listed(person, leaves, word, silent)
    return step(person.mutate(**told))


def _listed(person: Table, leaves: LeafTable, word: int, silent: Any) -> Any:
    """Return the bits of silent leaves whose list was confirmed as complete."""
    found = ibis.literal(0, "int64")
    for (kind, fresh), slots in leaves.listed.items():
        bits = words_of(slots).get(word, 0)
        if bits:
            found = found | list_denies(person, kind, fresh).ifelse(silent & bits, 0)
    return found


def _as_verdict(speaks_against: Truth, person: Table) -> Any:
    """Turn "it speaks against" into the verdict: so is not met, not so is met, else it is unknown."""
    return ibis.cases(
        (speaks_against.is_so(person), Verdict.NOT_MET.value),
        (speaks_against.is_not(person), Verdict.MET.value),
        else_=Verdict.UNKNOWN.value,
    )


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
