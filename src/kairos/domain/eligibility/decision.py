"""A clinician's signed decision, and whether it still lets a course be planned or a session open."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.verdict import Advice, Severity, Verdict

RULE = "eligibility.signed_decision"
_SOURCES = ("kairos-requirements",)


class Decision(StrEnum):
    """What a clinician can decide."""

    START = "start"
    NOT_NOW = "not_now"
    REFER = "refer"
    NO = "no"


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """The newest decision about a person: what, and when it was signed."""

    decision: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class LaterAdvice:
    """What the newest screening advises, and when it was made."""

    advice: Advice
    recorded_at: datetime


def decision_standing(signed: SignedDecision | None, newest: LaterAdvice | None, *, now: datetime) -> Finding:
    """Return whether a decision to start stands.

    MET only where the newest decision is to start, and no later screening excludes. UNKNOWN where
    nobody has decided. NOT_MET for any other decision, and where a later screening excludes: then a
    clinician decides anew.

    Parameters
    ----------
    signed : SignedDecision | None    the newest decision of this person
    newest : LaterAdvice | None       the newest screening; only one made after the signature counts
    now : datetime                    aware; a decision from later does not count yet
    """
    if signed is None or signed.signed_at > now:
        return _finding(Verdict.UNKNOWN, "decision.none", {})
    values: dict[str, FindingValue] = {"signed_at": signed.signed_at}
    if signed.decision != Decision.START:
        return _finding(Verdict.NOT_MET, "decision.other", values)
    if newest and newest.recorded_at > signed.signed_at and newest.advice is Advice.EXCLUDED:
        return _finding(Verdict.NOT_MET, "decision.overtaken", values)
    return _finding(Verdict.MET, "decision.start", values)


def _finding(verdict: Verdict, message: str, values: dict[str, FindingValue]) -> Finding:
    return Finding(RULE, "S-002", verdict, Severity.DEFER, message, values, (), _SOURCES)
