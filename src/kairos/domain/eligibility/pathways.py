"""What a finding starts beside its advice: a high suicide risk is an emergency, whatever was asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kairos.domain.instruments.safety_plan import SafetyLevel, SafetyStep
from kairos.domain.rules.rule import Grade, Rule
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import NOT_MET, Severity

NO_PATHWAYS: Mapping[str, SafetyStep] = {}
Weighed = tuple[str, Severity]


@dataclass(frozen=True, slots=True)
class StartedPathway:
    """The safety step that the finding of a rule starts: tasks with owner and due time, crisis card."""

    rule: str
    step: SafetyStep

    @property
    def level(self) -> SafetyLevel:
        """The heaviest level among the tasks."""
        return max((task.level for task in self.step.tasks), key=lambda level: level.weight)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next after a finding: a clearance, a monitoring plan. ``step`` is the id of a text."""

    rule: str
    step: str


def graded(rules: Iterable[Rule]) -> Mapping[Weighed, Grade]:
    """Return the grade of each rule and severity; the first, where a rule has two of one severity."""
    every = [(rule, grade) for rule in rules for grade in rule.grades]
    return {(rule.id, grade.severity): grade for rule, grade in reversed(every)}


def started_pathways(
    findings: Iterable[Finding], grades: Mapping[Weighed, Grade], pathways: Mapping[str, SafetyStep]
) -> tuple[StartedPathway, ...]:
    """Return what the findings that speak against going on start; ``pathways`` by safety rule.

    The heaviest alone: it holds what the lesser ones ask for.
    """
    named = ((f, grades[f.rule, f.severity].pathway) for f in findings if f.verdict is NOT_MET)
    started = [StartedPathway(f.rule, pathways[name]) for f, name in named if name in pathways]
    heaviest = max((one.level.weight for one in started), default=0)
    return tuple(one for one in started if one.level.weight == heaviest)


def next_steps(findings: Iterable[Finding], grades: Mapping[Weighed, Grade]) -> tuple[NextStep, ...]:
    """Return what comes next after the findings that speak against going on."""
    against = (f for f in findings if f.verdict is NOT_MET)
    return tuple(NextStep(f.rule, step) for f in against for step in grades[f.rule, f.severity].steps)
