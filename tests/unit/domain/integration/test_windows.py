from datetime import UTC, datetime, timedelta

from kairos.content.release import load_release
from kairos.domain.integration.windows import integration_windows, prompt_instants

ENDED = datetime(2026, 11, 24, 17, tzinfo=UTC)
BOOK = load_release().parameters


def test_two_meetings_are_offered_one_after_the_other():
    first, second = integration_windows(ENDED, book=BOOK)
    assert (first.opens_at - ENDED, first.closes_at - ENDED) == (timedelta(hours=24), timedelta(hours=48))
    assert (second.opens_at - ENDED, second.closes_at - ENDED) == (timedelta(hours=72), timedelta(days=7))


def test_prompts_come_on_each_of_the_first_days():
    assert prompt_instants(ENDED, book=BOOK) == tuple(ENDED + timedelta(days=n) for n in (1, 2, 3))
