"""Check-in visits: how long somebody in treatment may go without a clinician having seen them.

A visit that is overdue keeps the next dose from opening. Before the first dose of a course the signed
decision to start is the visit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.verdict import Verdict


class PlanChange(StrEnum):
    """What a visit changes of the plan; the log of changes is made of these."""

    NONE = "none"
    SPACING = "spacing"
    DOSE = "dose"
    MEDICINES = "medicines"
    SUPPORT = "support"
    PAUSE = "pause"
    END = "end"


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """Whether a clinician has seen the person lately enough. ``due_at`` is None before a first dose."""

    verdict: Verdict
    due_at: datetime | None


def visit_standing(
    *, first_dose_at: datetime | None, last_visit_at: datetime | None, limits: LimitsInForce, now: datetime
) -> VisitStanding:
    """Return how a course stands with its check-in visits.

    Parameters
    ----------
    first_dose_at    when the first dose of this course was given; None before it
    last_visit_at    when a clinician last saw the person, in any course

    Source
    ------
    ``visits.check_in_every``, our own default.
    """
    if first_dose_at is None:
        return VisitStanding(Verdict.MET, None)
    seen_at = max(at for at in (first_dose_at, last_visit_at) if at is not None)
    due_at = seen_at + limits.span("visits.check_in_every")
    return VisitStanding(Verdict.NOT_MET if now > due_at else Verdict.MET, due_at)


def check_visit_in_time(standing: VisitStanding) -> None:
    """Refuse the next dose where the visit is overdue.

    Raises
    ------
    NotAllowed
    """
    if standing.verdict is not Verdict.MET and standing.due_at is not None:
        raise NotAllowed(
            f"the check-in visit was due on {standing.due_at:%Y-%m-%d}; a clinician sees the person and "
            "signs the visit before the next dose opens"
        )


def check_visit(
    required: Sequence[str], known: Sequence[str], given: Mapping[str, str], change: str, why: str
) -> tuple[dict[str, str], PlanChange]:
    """Return the filled headings and what the visit changes.

    Raises
    ------
    InvalidInput    a heading that must be filled is empty, one is unknown, or a change has no reason
    """
    filled = {name: given.get(name, "").strip() for name in known}
    problems = [
        Problem(name, "write what was asked and answered; the visit cannot be signed without it")
        for name in required
        if not filled[name]
    ]
    problems += [Problem(name, "is no heading of this visit") for name in sorted(set(given) - set(known))]
    if change not in set(PlanChange):
        problems.append(Problem("change", f"must be one of {', '.join(PlanChange)}"))
    elif change != PlanChange.NONE and not why.strip():
        problems.append(Problem("why", "say why the plan is changed; it stands in the log of changes"))
    if problems:
        raise InvalidInput(*problems)
    return {name: words for name, words in filled.items() if words}, PlanChange(change)
