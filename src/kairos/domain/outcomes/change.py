"""What a change of score amounts to: response, remission, worsening, each by its definition."""

from dataclasses import dataclass

from kairos.domain.outcomes.definitions import OutcomeDefinitions
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.quantities import ONE, Quantity
from kairos.vocab.verdict import Severity, Verdict

_ROUNDING = 1e-9
"""Shares are compared after division; this keeps 0.2 and 0.20000000000000001 alike."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two totals of one scale. Either is None where the questionnaire was not answered in full."""

    baseline: int | None
    current: int | None
    best: int | None = None

    @property
    def fall(self) -> int | None:
        """Points the score fell; negative where it rose."""
        if self.baseline is None or self.current is None:
            return None
        return self.baseline - self.current

    @property
    def fraction(self) -> float | None:
        """The fall as a share of the baseline; None without one, or with a baseline of nought."""
        if self.fall is None or not self.baseline:
            return None
        return self.fall / self.baseline


def classify(change: Change, definitions: OutcomeDefinitions) -> tuple[Finding, ...]:
    """Return what a change amounts to, one finding for each definition the scale has, in a fixed order.

    MET means that the definition is fulfilled, NOT_MET that it is not; UNKNOWN that the scores
    cannot tell: an unanswered questionnaire, or a baseline too low for the word to mean anything.

    Parameters
    ----------
    change : Change
    definitions : OutcomeDefinitions    for the same scale

    Returns
    -------
    tuple of Finding                    response, remission, worsening, reliable and noticeable change
    """
    judged = (
        ("response_fraction", response),
        ("remission_below", remission),
        ("deterioration_rise", deterioration),
        ("reliable_change", reliable_change),
        ("noticeable_points", noticeable_improvement),
    )
    return tuple(judge(change, definitions) for name, judge in judged if definitions.has(name))


def response(change: Change, definitions: OutcomeDefinitions) -> Finding:
    """Whether the score fell by the share that counts as a response; not classifiable from a low baseline."""
    names = _held(definitions, "response_fraction", "response_baseline_minimum")
    if change.fraction is None or change.baseline is None:
        return _finding("response", "unknown", Verdict.UNKNOWN, change, definitions, names)
    if len(names) > 1 and change.baseline < definitions.value("response_baseline_minimum"):
        return _finding("response", "not_classifiable", Verdict.UNKNOWN, change, definitions, names)
    is_met = change.fraction + _ROUNDING >= definitions.value("response_fraction")
    return _told("response", is_met, change, definitions, names)


def remission(change: Change, definitions: OutcomeDefinitions) -> Finding:
    """Whether the present score is below the scale's limit for remission."""
    if change.current is None:
        return _finding("remission", "unknown", Verdict.UNKNOWN, change, definitions, ("remission_below",))
    is_met = change.current < definitions.value("remission_below")
    return _told("remission", is_met, change, definitions, ("remission_below",))


def deterioration(change: Change, definitions: OutcomeDefinitions) -> Finding:
    """Whether the score rose by the limit over the baseline, or over the best score of the course."""
    names = ("deterioration_rise",)
    references = [score for score in (change.baseline, change.best) if score is not None]
    if change.current is None or not references:
        return _finding("deterioration", "unknown", Verdict.UNKNOWN, change, definitions, names)
    is_met = change.current - min(references) >= definitions.value("deterioration_rise")
    return _told("deterioration", is_met, change, definitions, names)


def reliable_change(change: Change, definitions: OutcomeDefinitions) -> Finding:
    """Whether the score moved, either way, by more than measurement error explains."""
    names = ("reliable_change",)
    if change.fall is None:
        return _finding("reliable_change", "unknown", Verdict.UNKNOWN, change, definitions, names)
    is_met = abs(change.fall) >= definitions.value("reliable_change")
    return _told("reliable_change", is_met, change, definitions, names)


def noticeable_improvement(change: Change, definitions: OutcomeDefinitions) -> Finding:
    """Whether the score improved by the points and, where there is one, the share that people notice."""
    names = _held(definitions, "noticeable_points", "noticeable_fraction")
    name = "noticeable_rise" if definitions.higher_is_better else "noticeable"
    if change.fall is None or (len(names) > 1 and change.fraction is None):
        return _finding(name, "unknown", Verdict.UNKNOWN, change, definitions, names)
    gain = -change.fall if definitions.higher_is_better else change.fall
    is_met = gain >= definitions.value("noticeable_points")
    if len(names) > 1 and change.fraction is not None:
        is_met = is_met and change.fraction + _ROUNDING >= definitions.value("noticeable_fraction")
    return _told(name, is_met, change, definitions, names)


def _held(definitions: OutcomeDefinitions, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if definitions.has(name))


def _told(
    name: str, is_met: bool, change: Change, definitions: OutcomeDefinitions, names: tuple[str, ...]
) -> Finding:
    verdict = Verdict.MET if is_met else Verdict.NOT_MET
    return _finding(name, verdict.value, verdict, change, definitions, names)


def _finding(
    name: str,
    told: str,
    verdict: Verdict,
    change: Change,
    definitions: OutcomeDefinitions,
    names: tuple[str, ...],
) -> Finding:
    values: dict[str, FindingValue] = {n: definitions.entries[n].quantity for n in names}
    scores = {"baseline": change.baseline, "current": change.current, "best": change.best}
    values |= {n: Quantity(float(score), ONE) for n, score in scores.items() if score is not None}
    return Finding(
        rule=f"outcomes.{definitions.scale}.{name}",
        ref="OUT",
        verdict=verdict,
        severity=Severity.CAUTION,
        message=f"outcomes.{name}.{told}",
        values=values,
        facts=(),
        sources=definitions.sources(*names),
    )
