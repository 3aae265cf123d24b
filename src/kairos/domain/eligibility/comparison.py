"""Routes and settings side by side: what each answers for one person, and what argues against the home."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kairos.domain.eligibility.screening import Criteria, Screening, screen
from kairos.domain.rules.target import Setting, Target
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict

_WEIGHT = {Severity.CAUTION: 1, Severity.RELATIVE: 2, Severity.DEFER: 3, Severity.ABSOLUTE: 4}


@dataclass(frozen=True, slots=True)
class UseAnswer:
    """What one route and setting answers. ``arguments`` speak against it and not, or less, in the clinic."""

    screening: Screening
    arguments: tuple[Finding, ...]

    @property
    def target(self) -> Target:
        """What was asked for."""
        return self.screening.target


def compare(facts: Iterable[Fact], *, as_of: AskedAsOf, by: Iterable[Criteria]) -> tuple[UseAnswer, ...]:
    """Screen one person for several targets; each is held against the same route in the clinic."""
    known = tuple(facts)
    answers = {one.target: screen(known, as_of=as_of, by=one) for one in by}
    return tuple(UseAnswer(found, _arguments(found, answers)) for found in answers.values())


def arguments_against(here: Screening, clinic: Screening) -> tuple[Finding, ...]:
    """Return the findings that speak against a place and weigh less, or are not asked, in the clinic."""
    there = {f.rule: _weight(f) for f in clinic.findings}
    return tuple(f for f in here.findings if _weight(f) > there.get(f.rule, 0))


def _arguments(found: Screening, answers: Mapping[Target, Screening]) -> tuple[Finding, ...]:
    clinic = answers.get(replace(found.target, setting=Setting.CLINIC))
    return arguments_against(found, clinic) if clinic is not None else ()


def _weight(finding: Finding) -> int:
    return _WEIGHT[finding.severity] if finding.verdict is Verdict.NOT_MET else 0
