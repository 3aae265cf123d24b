"""At how many answers a response held, and where its line lies."""

import pytest

from kairos.domain.outcomes.response_count import claim_of_count, count_responses, highest_response
from tests.support.outcomes import START, the_definitions, weekly

PHQ9 = the_definitions("phq9")


def test_each_full_answer_after_the_baseline_counts():
    counted = count_responses(weekly(18, 12, 9, None, 8, 10), PHQ9)
    assert (counted.met, counted.of, counted.since) == (2, 4, START)
    claim = claim_of_count(counted, PHQ9, since="1 Nov 2026")
    assert claim is not None
    assert claim.values == {"met": "2", "of": "4", "since": "1 Nov 2026", "response_fraction": "50 %"}
    assert claim.sources


def test_without_baseline_or_later_answer_nothing_is_counted():
    for series in (weekly(), weekly(18), weekly(None, None)):
        counted = count_responses(series, PHQ9)
        assert counted.of == 0
        assert claim_of_count(counted, PHQ9, since="") is None


def test_from_a_low_baseline_nothing_counts_as_response():
    assert count_responses(weekly(8, 2), PHQ9).met == 0


@pytest.mark.parametrize(
    ("baseline", "highest"), [(19, 9), (18, 9), (20, 10), (10, 5), (9, None), (None, None)]
)
def test_the_line_lies_at_the_highest_score_that_is_a_response(baseline, highest):
    """Hand arithmetic: half of the baseline, rounded down; below the least baseline there is none."""
    assert highest_response(baseline, PHQ9) == highest
