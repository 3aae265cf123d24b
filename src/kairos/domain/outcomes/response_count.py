"""At how many answers the definition of response held: one good answer is not a course that helped."""

from dataclasses import dataclass
from datetime import datetime
from math import floor

from kairos.domain.outcomes.change import Change, response
from kairos.domain.outcomes.claims import Claim
from kairos.domain.outcomes.definitions import OutcomeDefinitions
from kairos.domain.outcomes.trajectory import Trajectory
from kairos.vocab.verdict import Verdict

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ResponseCount:
    """How many of the full answers after the baseline met the definition, and since when they are counted."""

    met: int
    of: int
    since: datetime | None


def count_responses(series: Trajectory, definitions: OutcomeDefinitions) -> ResponseCount:
    """Return at how many answers after the baseline the definition of response held."""
    baseline = series.baseline.total if series.baseline else None
    later = series.since_baseline if series.baseline else ()
    findings = [response(Change(baseline, score.total), definitions) for score in later]
    met = sum(finding.verdict is Verdict.MET for finding in findings)
    return ResponseCount(met, len(later), series.baseline.at if series.baseline else None)


def claim_of_count(counted: ResponseCount, definitions: OutcomeDefinitions, *, since: str) -> Claim | None:
    """Return the count as a claim; None where nothing can be counted. ``since`` is the day in words."""
    if not counted.of:
        return None
    values = {"met": str(counted.met), "of": str(counted.of), "since": since}
    values["response_fraction"] = f"{definitions.value('response_fraction') * 100:g} %"
    names = ("response_fraction", "response_baseline_minimum")
    return Claim("claims.response_count", values, definitions.sources(*names))


def highest_response(baseline: int | None, definitions: OutcomeDefinitions) -> int | None:
    """Return the highest score that is a response from a baseline; None where response cannot be told."""
    if baseline is None or baseline < definitions.value("response_baseline_minimum"):
        return None
    return floor(baseline * (1 - definitions.value("response_fraction")) + _ROUNDING)
