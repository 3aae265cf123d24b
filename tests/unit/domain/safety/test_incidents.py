"""S-136: a report says something; an incident closes only with a review that leaves nothing out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kairos.domain.safety.incidents import (
    Cause,
    IncidentArea,
    IncidentKind,
    IncidentReport,
    IncidentReview,
    check_report,
    check_review,
)
from kairos.vocab.errors import InvalidInput, NotAllowed

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
REPORT = IncidentReport(IncidentKind.NEAR_MISS, IncidentArea.MEDICINE, NOW, "The wrong bag was on chair 3.")
REVIEW = IncidentReview(
    happened="Two bags stood on one tray.",
    causes=(Cause.SURROUNDINGS, Cause.STEPS_UNCLEAR),
    changed="One tray a chair, from today.",
    learned="Bags for two people never share a tray.",
    shared_with="The morning meeting of 3 March.",
)


def test_a_report_that_says_what_and_when_is_taken():
    check_report(REPORT, now=NOW)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"told": "  "}, "told"), ({"happened_at": NOW + timedelta(minutes=1)}, "happened_at")],
)
def test_a_report_of_nothing_or_of_tomorrow_is_refused(changed, field):
    with pytest.raises(InvalidInput) as refused:
        check_report(replace(REPORT, **changed), now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_whole_review_closes():
    check_review(REVIEW, is_closed=False)


@pytest.mark.parametrize("left_out", ["happened", "changed", "learned", "shared_with", "causes"])
def test_a_review_that_leaves_something_out_closes_nothing(left_out):
    empty = () if left_out == "causes" else " "
    with pytest.raises(InvalidInput) as refused:
        check_review(replace(REVIEW, **{left_out: empty}), is_closed=False)
    assert [problem.field for problem in refused.value.problems] == [left_out]


def test_no_cause_found_stands_alone():
    check_review(replace(REVIEW, causes=(Cause.NOT_FOUND,)), is_closed=False)
    with pytest.raises(InvalidInput, match="cannot both be so"):
        check_review(replace(REVIEW, causes=(Cause.NOT_FOUND, Cause.STAFFING)), is_closed=False)


def test_it_closes_once():
    with pytest.raises(NotAllowed, match="its review stands"):
        check_review(REVIEW, is_closed=True)
