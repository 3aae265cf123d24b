"""Screening: every rule that applies, asked of one person as of one day. Advice, never a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from kairos.domain.eligibility.pathways import (
    NO_PATHWAYS,
    NextStep,
    StartedPathway,
    Weighed,
    graded,
    next_steps,
    started_pathways,
)
from kairos.domain.eligibility.uses import BarredUse, barred_findings
from kairos.domain.eligibility.words import WORDS
from kairos.domain.eligibility.workup import BoundItem, WorkupGap, WorkupItem, bind_workup, missing_workup
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.instruments.safety_plan import SafetyStep
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import NO_RULES, Binding, BoundRules, bind
from kairos.domain.rules.rule import Grade, Question, Rule
from kairos.domain.rules.target import (
    DEFAULT_TARGET,
    UNREGULATED,
    Indication,
    Moment,
    Standing,
    Target,
)
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import NOT_MET, Advice, Severity

DEFAULT_DEFINITIONS = frozenset({"trd.standard", "anxiety.two_treatments"})


@dataclass(frozen=True, slots=True)
class Criteria:
    """The rules of one release for one target, bound to the parameters of one day.

    Made once and used for any number of people. Everything that a later replay needs is kept.
    """

    version: str
    in_force_on: date
    target: Target
    moment: Moment
    definitions: frozenset[str]
    bound: BoundRules
    questions: Mapping[str, Question]
    workup: tuple[BoundItem, ...]
    pathways: Mapping[str, SafetyStep]
    standing: Standing = UNREGULATED
    grades: Mapping[Weighed, Grade] = field(default_factory=dict)
    barred: tuple[Finding, ...] = ()
    others: BoundRules = NO_RULES


@dataclass(frozen=True, slots=True)
class Screening:
    """What the rules answered for one person, what they advise, and under which content.

    ``otherwise`` are the answers by the definitions that were not chosen: kept, and weighed by nobody.
    """

    as_of: AskedAsOf
    advice: Advice
    findings: tuple[Finding, ...]
    questions: tuple[str, ...]
    workup_missing: tuple[WorkupGap, ...]
    pathways: tuple[StartedPathway, ...]
    content_version: str
    target: Target
    definitions: frozenset[str]
    standing: Standing = UNREGULATED
    steps: tuple[NextStep, ...] = ()
    otherwise: tuple[Finding, ...] = ()

    @property
    def indication(self) -> Indication:
        """What the course would treat."""
        return self.target.indication


def criteria(
    rules: Mapping[str, Rule],
    parameters: ParameterBook,
    *,
    on: date,
    classes: Mapping[str, frozenset[str]],
    questions: Mapping[str, Question],
    workup: Iterable[WorkupItem] = (),
    pathways: Mapping[str, SafetyStep] = NO_PATHWAYS,
    version: str = "",
    target: Target = DEFAULT_TARGET,
    moment: Moment = Moment.SCREENING,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
    standing: Standing = UNREGULATED,
    barred: Iterable[BarredUse] = (),
) -> Criteria:
    """Bind the rules that apply to the parameters in force.

    Parameters
    ----------
    on : date          the day whose content holds: today, or the day of a past decision to be replayed
    classes : mapping  drug class -> ingredients, from the concept map
    pathways : mapping safety rule -> what it starts; a grade of a rule names the one that it starts
    standing : Standing  how the law sees the target on that day

    Raises
    ------
    NotInForce    a parameter that a rule needs has no value on that day
    ValueError    a rule that is met where nothing is known
    """
    binding = Binding(parameters, on, classes, WORDS)
    every = frozenset(rule.definition for rule in rules.values())
    held = [
        rule.at(target, standing)
        for rule in rules.values()
        if rule.applies(on=on, moment=moment, target=target, standing=standing, definitions=every)
    ]
    applying = [rule for rule in held if not rule.definition or rule.definition in definitions]
    return Criteria(
        version=version,
        in_force_on=on,
        target=target,
        moment=moment,
        definitions=definitions,
        bound=bind(applying, binding),
        questions=questions,
        workup=bind_workup(workup, binding),
        pathways=pathways,
        standing=standing,
        grades=graded(applying),
        barred=barred_findings(barred, target),
        others=bind([rule for rule in held if rule not in applying], binding),
    )


def screen(facts: Iterable[Fact], *, as_of: AskedAsOf, by: Criteria) -> Screening:
    """Ask every rule of the criteria about one person as of one day.

    Returns
    -------
    Screening    findings from the most severe down; questions for what is unknown, each once
    """
    case = Case(facts, as_of)
    asked = by.bound.find(case)
    against = [finding for finding in asked if finding.verdict is NOT_MET]
    findings = [*by.barred, *asked]
    return Screening(
        as_of=as_of,
        advice=advise(findings),
        findings=tuple(findings),
        questions=_questions(by, asked),
        workup_missing=missing_workup(case, by.workup),
        pathways=started_pathways(against, by.grades, by.pathways),
        content_version=by.version,
        target=by.target,
        definitions=by.definitions,
        standing=by.standing,
        steps=next_steps(against, by.grades),
        otherwise=tuple(by.others.find(case)),
    )


def advise(findings: Iterable[Finding]) -> Advice:
    """Combine findings: absolute excludes; else unknown is incomplete; else relative or defer needs review.

    Nothing to combine is incomplete: emptiness never passes.
    """
    findings = tuple(findings)
    against = {finding.severity for finding in findings if finding.verdict is NOT_MET}
    if Severity.ABSOLUTE in against:
        return Advice.EXCLUDED
    if not findings or any(finding.is_open for finding in findings):
        return Advice.INCOMPLETE
    if Severity.RELATIVE in against or Severity.DEFER in against:
        return Advice.NEEDS_REVIEW
    return Advice.MAY_PROCEED


def _questions(by: Criteria, findings: list[Finding]) -> tuple[str, ...]:
    open_ones = [rule.questions for rule, f in zip(by.bound.rules, findings, strict=True) if f.is_open]
    return tuple(dict.fromkeys(chain.from_iterable(open_ones)))
