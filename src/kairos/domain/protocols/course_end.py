"""How a course ends, and how follow-up does."""

from collections.abc import Iterable
from enum import StrEnum

from kairos.domain.protocols.course import PlannedStatus
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class CourseEnd(StrEnum):
    """Why a course ended. ``AS_PLANNED``: nothing of it was left to hold."""

    AS_PLANNED = "as_planned"
    NO_BENEFIT = "no_benefit"
    SIDE_EFFECTS = "side_effects"
    PATIENT_ASKED = "patient_asked"
    NOT_ELIGIBLE = "not_eligible"
    OTHER = "other"


class FollowUpEnd(StrEnum):
    """Why nobody follows somebody up any longer."""

    HANDED_OVER = "handed_over"
    PATIENT_ASKED = "patient_asked"
    OUT_OF_REACH = "out_of_reach"
    OTHER = "other"


def check_end(reason: str, statuses: Iterable[str]) -> CourseEnd:
    """Return the reason of a course's end, or refuse to end it.

    Parameters
    ----------
    statuses : iterable of str    of its planned sessions

    Raises
    ------
    NotAllowed      a session of it is running
    InvalidInput    no reason of the list, or "as planned" while sessions are left
    """
    held = set(statuses)
    if PlannedStatus.OPEN in held:
        raise NotAllowed("a session of this course is running; end it before the course")
    if reason not in set(CourseEnd):
        raise InvalidInput(Problem("reason", "choose why the course ends"))
    if reason == CourseEnd.AS_PLANNED and PlannedStatus.PLANNED in held:
        message = "sessions are still planned; cancel them, or choose why the course ends before them"
        raise InvalidInput(Problem("reason", message))
    return CourseEnd(reason)
