"""From rules as data to findings: bind the parameters of a day once, then evaluate case after case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.rules.answer import Answer, all_answers, any_answer
from kairos.domain.rules.case import Case
from kairos.domain.rules.expression import AllOf, AnyOf, Call, Compare, CountOf, Expression, Has, Not, Unless
from kairos.domain.rules.presence import Presences
from kairos.domain.rules.readings import Count, Reading
from kairos.domain.rules.rule import Rule
from kairos.vocab.facts import AskedAsOf, FactKind
from kairos.vocab.finding import Finding
from kairos.vocab.quantities import DAY, HOUR, MINUTE, WEEK, YEAR, Quantity
from kairos.vocab.verdict import Severity, Verdict

Evaluator = Callable[[Case], Answer]
NamedFunction = Callable[["Binding", Mapping[str, str]], Evaluator]

ANSWER_MAX_AGE = "eligibility.answer_max_age"
STATUS_MAX_AGE = "eligibility.status_missing_max_age"
MEDICATION_MAX_AGE = "eligibility.medication_status_missing_max_age"
_DAYS = {MINUTE: 1 / 1440, HOUR: 1 / 24, DAY: 1.0, WEEK: 7.0, YEAR: 365.25}


@dataclass(frozen=True, slots=True)
class Binding:
    """What expressions are bound to: parameters in force on a day, drug classes, named functions."""

    parameters: ParameterBook
    on: date
    classes: Mapping[str, frozenset[str]]
    functions: Mapping[str, NamedFunction]

    def quantity(self, name: str) -> Quantity:
        """Return a parameter in force."""
        return self.parameters.quantity(name, on=self.on)

    def duration(self, name: str) -> timedelta:
        """Return a parameter that is a length of time."""
        quantity = self.quantity(name)
        return timedelta(days=quantity.value * _DAYS[quantity.unit])

    def evaluator(self, expression: Expression) -> Evaluator:
        """Return the function that answers the expression for a case."""
        return _BINDERS[type(expression)](self, expression)


def _bind_any(binding: Binding, expression: AnyOf) -> Evaluator:
    parts = [binding.evaluator(part) for part in expression.parts]
    return lambda case: any_answer([part(case) for part in parts])


def _bind_all(binding: Binding, expression: AllOf) -> Evaluator:
    parts = [binding.evaluator(part) for part in expression.parts]
    return lambda case: all_answers([part(case) for part in parts])


def _bind_not(binding: Binding, expression: Not) -> Evaluator:
    part = binding.evaluator(expression.part)

    def negate(case: Case) -> Answer:
        answer = part(case)
        return answer._replace(verdict=answer.verdict.negated())

    return negate


def _bind_unless(binding: Binding, expression: Unless) -> Evaluator:
    part = binding.evaluator(expression.part)

    def soften(case: Case) -> Answer:
        answer = part(case)
        is_known = answer.verdict is Verdict.MET
        return answer._replace(verdict=Verdict.NOT_MET if is_known else Verdict.MET, rank=0)

    return soften


def _bind_has(binding: Binding, expression: Has) -> Evaluator:
    members = [binding.classes.get(name, frozenset()) for name in expression.classes]
    lasting = MEDICATION_MAX_AGE if expression.kind is FactKind.MEDICATION else STATUS_MAX_AGE
    return Presences(
        concepts=expression.concepts.union({expression.asked_as}, *members),
        asked_as=expression.asked_as,
        tense=expression.tense,
        kind=expression.kind,
        fresh=binding.duration(expression.fresh or ANSWER_MAX_AGE),
        lasting=binding.duration(lasting),
        window=binding.duration(expression.window) if expression.window else timedelta(0),
    ).answer


def _bind_compare(binding: Binding, expression: Compare) -> Evaluator:
    limit = binding.quantity(expression.limit)
    if expression.factor:
        limit = Quantity(limit.value * binding.quantity(expression.factor).value, limit.unit)
    return Reading(
        expression.concept, expression.operator, limit, binding.duration(expression.max_age)
    ).answer


def _bind_count(binding: Binding, expression: CountOf) -> Evaluator:
    at_least = int(binding.quantity(expression.at_least).value)
    return Count(expression.concept, at_least, binding.duration(expression.window)).answer


def _bind_call(binding: Binding, expression: Call) -> Evaluator:
    """Return the named function, asked once a case however many grades call it with the same arguments."""
    evaluate = binding.functions[expression.function](binding, expression.arguments)
    key = (id(binding), expression.function, *sorted(expression.arguments.items()))

    def once(case: Case) -> Answer:
        answer = case.answered.get(key)
        if answer is None:
            answer = case.answered[key] = evaluate(case)
        return answer

    return once


_BINDERS: Mapping[type, Callable[..., Evaluator]] = {
    AnyOf: _bind_any,
    AllOf: _bind_all,
    Not: _bind_not,
    Unless: _bind_unless,
    Has: _bind_has,
    Compare: _bind_compare,
    CountOf: _bind_count,
    Call: _bind_call,
}


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule whose grades can be evaluated."""

    rule: Rule
    grades: tuple[tuple[Severity, Evaluator], ...]

    def find(self, case: Case) -> Finding:
        """Return the rule's finding: the most severe grade that is so, or could be, decides."""
        answers: list[Answer] = []
        for severity, evaluate in self.grades:
            answer = evaluate(case)
            if answer.verdict is not Verdict.NOT_MET:
                return self._finding(severity, answer)
            answers.append(answer)
        return self._finding(self.grades[0][0], all_answers(answers))

    def _finding(self, severity: Severity, answer: Answer) -> Finding:
        """Turn "it is so" into "it speaks against going on"."""
        rule = self.rule
        return Finding(
            rule.id,
            rule.ref,
            answer.verdict.negated(),
            severity,
            answer.message,
            answer.values,
            answer.facts,
            rule.sources,
        )


def bind(rules: Iterable[Rule], binding: Binding) -> tuple[BoundRule, ...]:
    """Bind rules to the parameters of a day.

    Raises
    ------
    NotInForce    a parameter that a rule needs has no value on that day
    ValueError    a rule that is met where nothing is known
    """
    bound = tuple(
        BoundRule(rule, tuple((g.severity, binding.evaluator(g.speaks_against)) for g in rule.grades))
        for rule in rules
    )
    refuse_met_on_nothing(bound, binding.on)
    return bound


def refuse_met_on_nothing(bound: Iterable[BoundRule], on: date) -> None:
    """Refuse a rule that is met on no facts: emptiness never passes.

    Source
    ------
    After ehrQL's ``population_validation``: a definition that is true when every input is null is
    not a definition.
    """
    nothing = Case((), AskedAsOf(on, chosen=True))
    for rule in bound:
        if rule.find(nothing).verdict is Verdict.MET:
            raise ValueError(f"{rule.rule.id} is met where nothing is known; it must ask or refuse")
