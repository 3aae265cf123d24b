"""What the scores propose at the looks a course has: an early one, and the stop rule at its end.

A proposal is never a decision: the clinician signs.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.outcomes.change import Change
from kairos.vocab.quantities import ONE

_ROUNDING = 1e-9
_PREFIX = "outcomes.course."


class CourseProposal(StrEnum):
    """What the rules propose after so many infusions."""

    GO_ON = "go_on"
    REVIEW = "review"
    STOP_RULE = "stop_rule"
    CLINICIAN_DECIDES = "clinician_decides"
    MAINTENANCE_DECISION = "maintenance_decision"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class CourseReview:
    """The proposal, the improvement it rests on (share of baseline, "1"), and the sources of the limits."""

    proposal: CourseProposal
    improvement: float | None
    infusions_given: int
    sources: tuple[str, ...]


def review_course(change: Change, *, infusions_given: int, book: ParameterBook, on: date) -> CourseReview:
    """Return what the scores propose after so many infusions.

    Parameters
    ----------
    change : Change          baseline before the course, and the score now
    infusions_given : int    completed infusions of this course
    book, on                 the parameters and the day from which they are read

    Returns
    -------
    CourseReview             ``NOT_KNOWN`` where a look is due and the scores cannot tell
    """
    names = ("review_after", "decide_after", "stop_below_fraction", "maintenance_from_fraction")
    entries = {name: book.entry(_PREFIX + name, on=on) for name in names}
    limits = {name: entry.quantity.value_in(ONE) for name, entry in entries.items()}
    sources = tuple(dict.fromkeys(key for entry in entries.values() for key in entry.sources))
    proposal = _propose(change.fraction, infusions_given, limits)
    return CourseReview(proposal, change.fraction, infusions_given, sources)


def _propose(improvement: float | None, given: int, limits: dict[str, float]) -> CourseProposal:
    if given < limits["decide_after"]:
        return CourseProposal.REVIEW if given == limits["review_after"] else CourseProposal.GO_ON
    if improvement is None:
        return CourseProposal.NOT_KNOWN
    if improvement + _ROUNDING >= limits["maintenance_from_fraction"]:
        return CourseProposal.MAINTENANCE_DECISION
    is_below = improvement + _ROUNDING < limits["stop_below_fraction"]
    return CourseProposal.STOP_RULE if is_below else CourseProposal.CLINICIAN_DECIDES
