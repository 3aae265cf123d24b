"""Uses that are never offered: a route in a place where nobody may be given it, whoever the person is."""

from collections.abc import Iterable
from dataclasses import dataclass

from kairos.domain.rules.target import Reach, Target
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict

REF = "SETTING"
MESSAGE = "finding.not_offered"


@dataclass(frozen=True, slots=True)
class BarredUse:
    """One such use, with its source. Its subject and reason are texts of its id."""

    id: str
    reach: Reach
    sources: tuple[str, ...]


def barred_findings(barred: Iterable[BarredUse], target: Target) -> tuple[Finding, ...]:
    """Return a finding that excludes for each barred use that the target falls under."""
    return tuple(
        Finding(use.id, REF, Verdict.NOT_MET, Severity.ABSOLUTE, MESSAGE, {}, (), use.sources)
        for use in barred
        if use.reach.holds_for(target)
    )
