"""The clinician's decision: what must be settled before it can be signed, and whether one still stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kairos.vocab.finding import Finding
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Severity, Verdict


class Choice(StrEnum):
    """What a clinician may decide. Rules advise; only a signature decides."""

    START = "start"
    NOT_NOW = "not_now"
    REFER = "refer"
    NO = "no"


STAGE_AFTER: Mapping[Choice, Stage] = {
    Choice.START: Stage.ELIGIBLE,
    Choice.NOT_NOW: Stage.NOT_NOW,
    Choice.REFER: Stage.REFERRED,
    Choice.NO: Stage.DECLINED,
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
    findings: Sequence[Finding], choice: Choice, *, why: str, reasons: Mapping[str, str]
) -> tuple[Obstacle, ...]:
    """Return what stands between the clinician and a signature, the gravest first.

    To start, nothing may be unknown, no absolute rule may speak against it, what only new facts can
    lift must be lifted, and each relative rule needs a reason. Every decision says why.

    Parameters
    ----------
    why : str            why this was decided
    reasons : mapping    the reason to go on in spite of a relative finding, by rule
    """
    found = [] if choice is not Choice.START else _against_start(findings, reasons)
    if not why.strip():
        found.append(Obstacle(ObstacleKind.NO_WHY))
    return tuple(sorted(found, key=lambda o: list(ObstacleKind).index(o.kind)))


def needing_reason(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the rules that a clinician may go on in spite of, each with a reason."""
    return tuple(
        f.rule for f in findings if f.verdict is Verdict.NOT_MET and f.severity is Severity.RELATIVE
    )


def _against_start(findings: Sequence[Finding], reasons: Mapping[str, str]) -> list[Obstacle]:
    if not findings:
        return [Obstacle(ObstacleKind.OPEN)]
    unknown = [Obstacle(ObstacleKind.OPEN, f.rule) for f in findings if f.verdict is Verdict.UNKNOWN]
    against = [f for f in findings if f.verdict is Verdict.NOT_MET]
    blocking = [Obstacle(_BLOCKS[f.severity], f.rule) for f in against if f.severity in _BLOCKS]
    silent = [
        Obstacle(ObstacleKind.NO_REASON, rule)
        for rule in needing_reason(against)
        if not reasons.get(rule, "").strip()
    ]
    return [*blocking, *unknown, *silent]


_BLOCKS = {Severity.ABSOLUTE: ObstacleKind.EXCLUDED, Severity.DEFER: ObstacleKind.NOT_YET}


class Standing(StrEnum):
    """Whether a person may be taken on: by a signed decision that nothing graver has overtaken since."""

    UNDECIDED = "undecided"
    STANDS = "stands"
    OVERTAKEN = "overtaken"
    DECIDED_AGAINST = "decided_against"


def standing(choice: str, findings: Iterable[Finding]) -> Standing:
    """Return whether the newest decision lets a course go on.

    Parameters
    ----------
    choice : str      the newest signed choice, empty where nobody has decided
    findings          what the rules answer today; one absolute rule that is not met overtakes a start
    """
    if not choice:
        return Standing.UNDECIDED
    if choice != Choice.START:
        return Standing.DECIDED_AGAINST
    excluded = any(f.verdict is Verdict.NOT_MET and f.severity is Severity.ABSOLUTE for f in findings)
    return Standing.OVERTAKEN if excluded else Standing.STANDS
