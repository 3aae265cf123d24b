"""The end of a course.

A course ends for a reason that somebody signs, and never while somebody is at the pump.
"""

import pytest

from kairos.domain.protocols.course_end import CourseEnd, check_end
from kairos.vocab.errors import InvalidInput, NotAllowed


@pytest.mark.parametrize("reason", [end for end in CourseEnd if end != CourseEnd.AS_PLANNED])
def test_a_course_can_end_early_for_each_reason(reason: CourseEnd) -> None:
    """A course can end early for each of the reasons."""
    assert check_end(reason, ["done", "planned", "cancelled"]) is reason


def test_as_planned_means_that_nothing_is_left_to_hold() -> None:
    """As planned means that no session is left to hold."""
    assert check_end("as_planned", ["done", "cancelled"]) is CourseEnd.AS_PLANNED
    with pytest.raises(InvalidInput, match="sessions are still planned; cancel them, or choose why"):
        check_end("as_planned", ["done", "planned"])


def test_no_course_ends_while_a_session_of_it_runs() -> None:
    """No course ends while a session of it runs."""
    with pytest.raises(NotAllowed, match="running; end it before the course"):
        check_end("no_benefit", ["done", "open"])


@pytest.mark.parametrize("reason", ["", "bored"])
def test_a_reason_is_needed(reason: str) -> None:
    """A course ends for one of the listed reasons, never for none."""
    with pytest.raises(InvalidInput, match="choose why the course ends"):
        check_end(reason, ["done"])
