"""The heading of a score chart: one claim in words that never says more than the scores do.

A claim is the id of a text and the values that fill it; content holds the sentence by language and
audience.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.outcomes.change import Change, remission, response
from kairos.domain.outcomes.course_review import CourseReview
from kairos.domain.outcomes.definitions import OutcomeDefinitions
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be rendered: ``texts.render(claim.message, claim.values)``."""

    message: str
    values: Mapping[str, str]
    sources: tuple[str, ...]


def claim_of_change(change: Change, definitions: OutcomeDefinitions, *, scale_name: str) -> Claim:
    """Return how the score moved: fell, rose, unchanged, or not known.

    ``scale_name`` is what readers call the scale (the text ``scale.phq9``).
    """
    names = ("response_fraction", "response_baseline_minimum", "remission_below")
    sources = definitions.sources(*names)
    if change.baseline is None:
        return Claim("claims.no_baseline", {"scale": scale_name}, sources)
    values = {"scale": scale_name, "baseline": str(change.baseline)}
    if change.fall is None:
        return Claim("claims.no_later_score", values, sources)
    values |= {"current": str(change.current), "percent": _percent(abs(change.fraction or 0.0))}
    word = "unchanged" if change.fall == 0 else "fell" if change.fall > 0 else "rose"
    return Claim(f"claims.{word}", values, sources)


def claims_of_definitions(change: Change, definitions: OutcomeDefinitions) -> tuple[Claim, ...]:
    """Return what response and remission mean here and whether they were reached."""
    return (
        _defined("response", change, definitions, ("response_fraction", "response_baseline_minimum")),
        _defined("remission", change, definitions, ("remission_below",)),
    )


def _defined(name: str, change: Change, definitions: OutcomeDefinitions, names: tuple[str, ...]) -> Claim:
    finding = (response if name == "response" else remission)(change, definitions)
    told = "met" if finding.verdict is Verdict.MET else finding.message.rsplit(".", 1)[-1]
    values = {n: _number(n, definitions.value(n)) for n in names}
    return Claim(f"claims.{name}.{told}", values, finding.sources)


def claim_of_course(review: CourseReview) -> Claim:
    """Return what the rules propose after so many infusions."""
    values = {"infusions_given": str(review.infusions_given)}
    if review.improvement is not None:
        values["improvement"] = _percent(review.improvement)
    return Claim(f"course.{review.proposal}", values, review.sources)


def _percent(share: float) -> str:
    """Return a share in whole percent, rounded towards nought: it never says more."""
    return f"{int(share * 100 + (1e-9 if share >= 0 else -1e-9))} %"


def _number(name: str, value: float) -> str:
    return f"{value * 100:g} %" if name.endswith("fraction") else f"{value:g}"
