"""What differs between a plan and its protocol's proposal is kept with the course, and comes back."""

from datetime import date, timedelta

from kairos.content.release import load_release
from kairos.domain.protocols.plan_differences import (
    PlanDifference,
    from_details,
    plan_differences,
    to_details,
)

TEMPLATE = load_release().protocols["iv_racemic_clinic"].course
MONDAY = date(2026, 3, 9)
PROPOSED = [MONDAY + timedelta(days=day) for day in (0, 3, 7, 10, 14, 17)]


def test_the_proposal_itself_differs_in_nothing():
    assert plan_differences(TEMPLATE, PROPOSED) == ()


def test_a_moved_session_a_missing_one_and_one_more():
    moved = [*PROPOSED[:1], PROPOSED[1] + timedelta(days=1), *PROPOSED[2:]]
    assert plan_differences(TEMPLATE, moved) == (PlanDifference(2, PROPOSED[1], moved[1]),)
    assert plan_differences(TEMPLATE, PROPOSED[:5]) == (PlanDifference(6, PROPOSED[5], None),)
    more = PROPOSED[5] + timedelta(days=7)
    assert plan_differences(TEMPLATE, [*PROPOSED, more]) == (PlanDifference(7, None, more),)


def test_what_is_kept_comes_back():
    found = plan_differences(TEMPLATE, PROPOSED[:5])
    assert from_details({"therapy": "kap"} | to_details(found)) == found
    assert from_details(to_details(())) == ()
    assert from_details({}) is None
