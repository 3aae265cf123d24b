"""From rules as data to findings: bind the parameters of a day once, then evaluate case after case."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.rules.answer import Answer, all_answers, any_answer, joined
from kairos.domain.rules.case import Case, list_of
from kairos.domain.rules.expression import AllOf, AnyOf, Compare, CountOf, Expression, Has, Not, Unless
from kairos.domain.rules.presence import SILENT, Presences
from kairos.domain.rules.readings import NO_READING, Count, Reading
from kairos.domain.rules.rule import Rule
from kairos.vocab.errors import NotInForce
from kairos.vocab.facts import AskedAsOf, FactKind
from kairos.vocab.finding import Finding
from kairos.vocab.quantities import DAY, HOUR, MINUTE, WEEK, YEAR, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN, Severity, Verdict

Evaluator = Callable[[Case], Answer]
Concepts = frozenset[str] | None


class Plan(NamedTuple):
    """A bound expression: how it answers, and which concepts it reads (``None``: any of them)."""

    evaluate: Evaluator
    reads: Concepts


Binder = Callable[["Binding", Any], Plan]

ANSWER_MAX_AGE = "eligibility.answer_max_age"
STATUS_MAX_AGE = "eligibility.status_missing_max_age"
MEDICATION_MAX_AGE = "eligibility.medication_status_missing_max_age"
_DAYS = {MINUTE: 1 / 1440, HOUR: 1 / 24, DAY: 1.0, WEEK: 7.0, YEAR: 365.25}


@dataclass(frozen=True, slots=True)
class Binding:
    """What expressions are bound to: parameters in force on a day, drug classes, the words of a domain.

    ``words`` says how the leaves that only one domain knows are answered. ``names_parts`` is set while a
    rule of several parts is bound: its unknowns say which part is not known.
    """

    parameters: ParameterBook
    on: date
    classes: Mapping[str, frozenset[str]]
    words: Mapping[type, Binder]
    names_parts: bool = False
    keys: dict[Expression, object] = field(default_factory=dict)

    def quantity(self, name: str) -> Quantity:
        """Return a parameter in force."""
        return self.parameters.quantity(name, on=self.on)

    def duration(self, name: str) -> timedelta:
        """Return a parameter that is a length of time."""
        quantity = self.quantity(name)
        return timedelta(days=quantity.value * _DAYS[quantity.unit])

    def drugs(self, drug_class: str) -> frozenset[str]:
        """Return the drugs of a class. A class that nobody defined must never read as "takes none of it".

        Raises
        ------
        NotInForce    the content has no drug of such a class
        """
        found = self.classes.get(drug_class)
        if not found:
            raise NotInForce(f"{drug_class} is no drug class of this content, or holds no drug")
        return found

    def plan(self, expression: Expression) -> Plan:
        """Return how the expression is answered for a case."""
        binder = _BINDERS.get(type(expression))
        return binder(self, expression) if binder is not None else self._word(expression)

    def _word(self, expression: Expression) -> Plan:
        """Return the plan of a domain's word, asked once a case however many grades use it."""
        evaluate, reads = self.words[type(expression)](self, expression)
        key = self.keys.setdefault(expression, object())

        def once(case: Case) -> Answer:
            answer = case.answered.get(key)
            if answer is None:
                answer = case.answered[key] = evaluate(case)
            return answer

        return Plan(once, reads)

    def unknown(self, answer: Answer, concept: str) -> Answer:
        """Return an answer for silence; it names the concept where the rule has several parts."""
        if not self.names_parts:
            return answer
        return answer._replace(message=f"{answer.message}_of", values={"asked": concept})


def _together(plans: Iterable[Plan]) -> Concepts:
    reads: frozenset[str] = frozenset()
    for plan in plans:
        if plan.reads is None:
            return None
        reads |= plan.reads
    return reads


def _foreseen(plan: Plan, binding: Binding) -> Evaluator:
    """Return how a part answers: where nothing that it reads is on record, as it answers on no facts."""
    evaluate, reads = plan
    if reads is None:
        return evaluate
    silent = evaluate(_nothing(binding))
    return lambda case: silent if reads.isdisjoint(case.concepts) else evaluate(case)


def _nothing(binding: Binding) -> Case:
    return Case((), AskedAsOf(binding.on, chosen=True))


def _bind_any(binding: Binding, expression: AnyOf) -> Plan:
    plans = [binding.plan(part) for part in expression.parts]
    parts = [_foreseen(plan, binding) for plan in plans]
    return Plan(lambda case: any_answer([part(case) for part in parts]), _together(plans))


def _bind_all(binding: Binding, expression: AllOf) -> Plan:
    plans = [binding.plan(part) for part in expression.parts]
    parts = [_foreseen(plan, binding) for plan in plans]
    return Plan(lambda case: all_answers([part(case) for part in parts]), _together(plans))


def _bind_not(binding: Binding, expression: Not) -> Plan:
    part, reads = binding.plan(expression.part)
    asked = " ".join(sorted(parts_of(expression.part)))

    def negate(case: Case) -> Answer:
        answer = part(case)
        if answer.verdict is UNKNOWN:
            return answer
        if answer.verdict is MET:
            return _despite(answer, NOT_MET, answer.rank)
        values = {**answer.values, "asked": asked}
        return Answer(MET, "finding.lacking", values, answer.facts, 2)

    return Plan(negate, reads)


def _despite(answer: Answer, verdict: Verdict, rank: int) -> Answer:
    """Return an answer turned round: what is on record must not read as if it spoke against going on."""
    message = "finding.despite" if answer.message in _ON_RECORD else answer.message
    return Answer(verdict, message, answer.values, answer.facts, rank)


_ON_RECORD = frozenset({"finding.present", "finding.stated"})


def _bind_unless(binding: Binding, expression: Unless) -> Plan:
    part, reads = binding.plan(expression.part)

    def soften(case: Case) -> Answer:
        answer = part(case)
        if answer.verdict is MET:
            return _despite(answer, NOT_MET, 0)
        return Answer(MET, answer.message, answer.values, answer.facts, 0)

    return Plan(soften, reads)


def presences_of(binding: Binding, expression: Has) -> Presences:
    """Return the question that a leaf puts, with the parameters in force."""
    members = [binding.drugs(name) for name in expression.classes]
    lasting = MEDICATION_MAX_AGE if expression.kind is FactKind.MEDICATION else STATUS_MAX_AGE
    concepts = expression.concepts.union({expression.asked_as}, *members)
    return Presences(
        concepts=concepts,
        parts=concepts - {expression.asked_as},
        asked_as=expression.asked_as,
        tense=expression.tense,
        kind=expression.kind,
        fresh=binding.duration(expression.fresh or ANSWER_MAX_AGE),
        lasting=binding.duration(lasting),
        window=binding.duration(expression.window) if expression.window else timedelta(0),
        lasts=binding.duration(expression.lasts) if expression.lasts else None,
        silent=binding.unknown(SILENT, expression.asked_as),
    )


def _bind_has(binding: Binding, expression: Has) -> Plan:
    presences = presences_of(binding, expression)
    return Plan(presences.answer, presences.concepts | {list_of(expression.kind)})


def reading_of(binding: Binding, expression: Compare) -> Reading:
    """Return the comparison that a leaf makes, with the parameters in force."""
    limit = binding.quantity(expression.limit)
    if expression.factor:
        limit = Quantity(limit.value * binding.quantity(expression.factor).value, limit.unit)
    return Reading(
        concept=expression.concept,
        operator=expression.operator,
        limit=limit,
        max_age=binding.duration(expression.max_age),
        silent=binding.unknown(NO_READING, expression.concept),
        asked=expression.concept if binding.names_parts else "",
    )


def _bind_compare(binding: Binding, expression: Compare) -> Plan:
    return Plan(reading_of(binding, expression).answer, frozenset({expression.concept}))


def count_of(binding: Binding, expression: CountOf) -> Count:
    """Return the count that a leaf makes, with the parameters in force."""
    at_least = int(binding.quantity(expression.at_least).value)
    return Count(expression.concept, at_least, binding.duration(expression.window))


def _bind_count(binding: Binding, expression: CountOf) -> Plan:
    return Plan(count_of(binding, expression).answer, frozenset({expression.concept}))


_BINDERS: Mapping[type, Binder] = {
    AnyOf: _bind_any,
    AllOf: _bind_all,
    Not: _bind_not,
    Unless: _bind_unless,
    Has: _bind_has,
    Compare: _bind_compare,
    CountOf: _bind_count,
}


def parts_of(expression: Expression) -> frozenset[str]:
    """Return what an expression asks about: the concept of each leaf, or the word of a domain."""
    match expression:
        case AnyOf() | AllOf():
            return frozenset().union(*(parts_of(part) for part in expression.parts))
        case Not() | Unless():
            return parts_of(expression.part)
        case Has():
            return frozenset({expression.asked_as})
        case Compare() | CountOf():
            return frozenset({expression.concept})
    return frozenset({type(expression).__name__})


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule whose grades can be evaluated. ``on_nothing`` is its finding where it reads nothing."""

    rule: Rule
    grades: tuple[tuple[Severity, Evaluator], ...]
    reads: Concepts
    on_nothing: Finding


@dataclass(frozen=True, slots=True)
class BoundRules:
    """Rules that are asked together. One that reads nothing of what is on record answers as on no facts.

    ``readers`` says by concept which rules read it, ``always`` which read any: places in ``rules``.
    """

    rules: tuple[Rule, ...]
    bound: tuple[BoundRule, ...]
    on_nothing: tuple[Finding, ...]
    readers: Mapping[str, frozenset[int]]
    always: frozenset[int]

    def find(self, case: Case) -> list[Finding]:
        """Return the finding of each rule for one person."""
        findings = list(self.on_nothing)
        readers = [self.readers[concept] for concept in case.concepts if concept in self.readers]
        for place in self.always.union(*readers):
            findings[place] = found(self.rules[place], self.bound[place].grades, case)
        return findings


def found(rule: Rule, grades: Sequence[tuple[Severity, Evaluator]], case: Case) -> Finding:
    """Return what the most severe grade that is known to be so says, else the most severe unknown one.

    A graver grade that stays unknown beside one that is so is kept as ``unsettled``. Where no grade is
    so, the last one speaks: its limit is the tightest.
    """
    unknown: tuple[Severity, Answer] | None = None
    answers: list[Answer] = []
    for severity, evaluate in grades:
        answer = evaluate(case)
        if answer.verdict is MET:
            return _finding(rule, severity, answer, unknown[0] if unknown else None)
        if answer.verdict is UNKNOWN and unknown is None:
            unknown = severity, answer
        answers.append(answer)
    if unknown is not None:
        return _finding(rule, *unknown)
    return _finding(rule, grades[0][0], joined(answers[-1], answers))


def _finding(rule: Rule, severity: Severity, answer: Answer, unsettled: Severity | None = None) -> Finding:
    """Turn "it is so" into "it speaks against going on"."""
    return Finding(
        rule.id,
        rule.ref,
        answer.verdict.negated(),
        severity,
        answer.message,
        answer.values,
        answer.facts,
        rule.sources,
        unsettled,
    )


def bind(rules: Iterable[Rule], binding: Binding) -> BoundRules:
    """Bind rules to the parameters of a day.

    Raises
    ------
    NotInForce    a parameter that a rule needs has no value on that day
    ValueError    a rule that is met where nothing is known
    """
    nothing = _nothing(binding)
    bound = tuple(_bound(rule, binding, nothing) for rule in rules)
    refuse_met_on_nothing(bound)
    return together(bound)


def together(bound: Sequence[BoundRule]) -> BoundRules:
    """Return bound rules with what says which of them to ask."""
    readers: dict[str, set[int]] = {}
    for place, rule in enumerate(bound):
        for concept in rule.reads or ():
            readers.setdefault(concept, set()).add(place)
    return BoundRules(
        rules=tuple(one.rule for one in bound),
        bound=tuple(bound),
        on_nothing=tuple(one.on_nothing for one in bound),
        readers={concept: frozenset(places) for concept, places in readers.items()},
        always=frozenset(place for place, one in enumerate(bound) if one.reads is None),
    )


NO_RULES = together(())


def _bound(rule: Rule, binding: Binding, nothing: Case) -> BoundRule:
    parts = frozenset().union(*(parts_of(grade.speaks_against) for grade in rule.grades))
    naming = replace(binding, names_parts=len(parts) > 1)
    plans = [naming.plan(grade.speaks_against) for grade in rule.grades]
    grades = tuple((g.severity, plan.evaluate) for g, plan in zip(rule.grades, plans, strict=True))
    return BoundRule(rule, grades, _together(plans), found(rule, grades, nothing))


def refuse_met_on_nothing(bound: Iterable[BoundRule]) -> None:
    """Refuse a rule that is met on no facts: emptiness never passes.

    Source
    ------
    After ehrQL's ``population_validation``: a definition that is true when every input is null is
    not a definition.
    """
    for rule in bound:
        if rule.on_nothing.verdict is MET:
            raise ValueError(f"{rule.rule.id} is met where nothing is known; it must ask or refuse")
