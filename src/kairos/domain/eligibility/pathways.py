"""What a finding starts beside its advice: a high suicide risk is an emergency, whatever was asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kairos.domain.instruments.safety_plan import SafetyLevel, SafetyStep
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Verdict

NO_PATHWAYS: Mapping[str, SafetyStep] = {}


@dataclass(frozen=True, slots=True)
class StartedPathway:
    """The safety step that the finding of a rule starts: tasks with owner and due time, crisis card."""

    rule: str
    step: SafetyStep

    @property
    def level(self) -> SafetyLevel:
        """The heaviest level among the tasks."""
        return max((task.level for task in self.step.tasks), key=lambda level: level.weight)


def started_pathways(
    findings: Iterable[Finding], pathways: Mapping[str, SafetyStep]
) -> tuple[StartedPathway, ...]:
    """Return what the findings that speak against going on start; ``pathways`` by eligibility rule."""
    return tuple(
        StartedPathway(f.rule, pathways[f.rule])
        for f in findings
        if f.rule in pathways and f.verdict is Verdict.NOT_MET
    )
