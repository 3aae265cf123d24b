"""What must be settled before a clinician can sign an eligibility decision, and where it leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from kairos.domain.eligibility.decision import Decision
from kairos.vocab.finding import Finding
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Severity, Verdict

STAGE_AFTER: Mapping[Decision, Stage] = {
    Decision.START: Stage.ELIGIBLE,
    Decision.NOT_NOW: Stage.NOT_NOW,
    Decision.REFER: Stage.REFERRED,
    Decision.NO: Stage.DECLINED,
}


class ObstacleKind(StrEnum):
    """Why a decision cannot be signed yet. ``EXCLUDED`` has no way round for anybody."""

    EXCLUDED = "excluded"
    NOT_YET = "not_yet"
    OPEN = "open"
    NO_REASON = "no_reason"
    NO_WHY = "no_why"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing between the clinician and the signature; ``rule`` is empty where it concerns the whole."""

    kind: ObstacleKind
    rule: str = ""


def obstacles(
    findings: Sequence[Finding], decision: Decision, *, why: str, reasons: Mapping[str, str]
) -> tuple[Obstacle, ...]:
    """Return what stands between the clinician and a signature, the gravest first.

    To start, nothing may be unknown, no absolute rule may speak against it, what only new facts can
    lift must be lifted, and each relative rule needs a reason. Every decision says why.

    Parameters
    ----------
    why : str            why this was decided
    reasons : mapping    the reason to go on in spite of a relative finding, by rule
    """
    found = [] if decision is not Decision.START else _against_start(findings, reasons)
    if not why.strip():
        found.append(Obstacle(ObstacleKind.NO_WHY))
    return tuple(sorted(found, key=lambda o: list(ObstacleKind).index(o.kind)))


def needing_reason(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the rules that a clinician may go on in spite of, each with a reason."""
    return tuple(f.rule for f in findings if f.verdict is Verdict.NOT_MET and f.severity is Severity.RELATIVE)


def _against_start(findings: Sequence[Finding], reasons: Mapping[str, str]) -> list[Obstacle]:
    if not findings:
        return [Obstacle(ObstacleKind.OPEN)]
    unknown = [Obstacle(ObstacleKind.OPEN, f.rule) for f in findings if f.is_open]
    against = [f for f in findings if f.verdict is Verdict.NOT_MET]
    blocking = [Obstacle(_BLOCKS[f.severity], f.rule) for f in against if f.severity in _BLOCKS]
    silent = [
        Obstacle(ObstacleKind.NO_REASON, rule)
        for rule in needing_reason(against)
        if not reasons.get(rule, "").strip()
    ]
    return [*blocking, *unknown, *silent]


_BLOCKS = {Severity.ABSOLUTE: ObstacleKind.EXCLUDED, Severity.DEFER: ObstacleKind.NOT_YET}


def fingerprint(findings: Iterable[Finding]) -> str:
    """Return a short text that changes when any finding does: what was seen is what is signed."""
    told = sorted(
        f"{f.rule}|{f.verdict}|{f.severity}|{f.unsettled or ''}|{f.message}|{','.join(sorted(f.facts))}"
        for f in findings
    )
    return sha256("\n".join(told).encode()).hexdigest()
