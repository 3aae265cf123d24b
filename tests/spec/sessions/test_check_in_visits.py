"""Check-in visits: how long somebody may be treated without a clinician having seen them.

S-122: a visit that is overdue keeps the next dose from opening. Counted from the first dose of the course, or
from the last visit; before the first dose the signed decision is the visit.
"""

from datetime import UTC, datetime, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.visits import PlanChange, check_visit, check_visit_in_time, visit_standing
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.verdict import Verdict

FIRST = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LIMITS = LimitsInForce(load_release().parameters, FIRST.date())
EVERY = LIMITS.span("visits.check_in_every")
DAY = timedelta(days=1)

# situation | first dose | last visit, since the first dose | asked, since it | verdict
SITUATIONS = [
    ("before the first dose", None, None, 0 * DAY, Verdict.MET),
    ("on the last day in time", FIRST, None, EVERY, Verdict.MET),
    ("a minute late", FIRST, None, EVERY + timedelta(minutes=1), Verdict.NOT_MET),
    ("seen since", FIRST, 10 * DAY, EVERY + DAY, Verdict.MET),
    ("seen too long ago", FIRST, 10 * DAY, EVERY + 11 * DAY, Verdict.NOT_MET),
    ("seen in an earlier course", FIRST, -40 * DAY, EVERY, Verdict.MET),
]


@pytest.mark.parametrize(("situation", "first", "visit", "at", "verdict"), SITUATIONS)
def test_whether_the_visit_is_in_time(situation, first, visit, at, verdict):
    """A visit that is overdue keeps the next dose from opening, with the day on which it was due."""
    last = None if visit is None else FIRST + visit
    standing = visit_standing(first_dose_at=first, last_visit_at=last, limits=LIMITS, now=FIRST + at)
    assert standing.verdict is verdict, situation
    if verdict is Verdict.MET:
        check_visit_in_time(standing)
    else:
        with pytest.raises(NotAllowed, match="check-in visit was due on"):
            check_visit_in_time(standing)


def test_a_visit_asks_each_heading_and_a_change_says_why():
    """It cannot be signed with a heading left empty; a change of the plan without its reason is refused."""
    required, known = ["mood"], ["mood", "notes"]
    assert check_visit(required, known, {"mood": " better ", "notes": ""}, "none", "") == (
        {"mood": "better"},
        PlanChange.NONE,
    )
    with pytest.raises(InvalidInput) as refused:
        check_visit(required, known, {"hat": "x"}, "dose", " ")
    assert {problem.field for problem in refused.value.problems} == {"mood", "hat", "why"}
    with pytest.raises(InvalidInput, match="must be one of"):
        check_visit([], known, {}, "moon", "")
