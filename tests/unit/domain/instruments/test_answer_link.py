from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kairos.domain.instruments.answer_link import AnswerLink, LinkPurpose, LinkState, link_state

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LINK = AnswerLink(UUID(int=1), UUID(int=2), "phq9", LinkPurpose.ANSWER_QUESTIONNAIRE, NOW - HOUR, NOW + HOUR)


@pytest.mark.parametrize(
    ("link", "state"),
    [
        (LINK, LinkState.OPEN),
        (replace(LINK, opens_at=NOW), LinkState.OPEN),
        (replace(LINK, opens_at=NOW + HOUR), LinkState.NOT_YET),
        (replace(LINK, expires_at=NOW), LinkState.EXPIRED),
        (replace(LINK, spent_at=NOW), LinkState.SPENT),
        (replace(LINK, spent_at=NOW, revoked_at=NOW), LinkState.REVOKED),
        (replace(LINK, purpose="look_at_chart"), LinkState.WRONG_PURPOSE),
    ],
)
def test_a_link_does_one_thing_for_a_while_once(link, state):
    assert link_state(link, LinkPurpose.ANSWER_QUESTIONNAIRE, now=NOW) is state


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="now has no time zone"):
        link_state(LINK, LinkPurpose.ANSWER_QUESTIONNAIRE, now=NOW.replace(tzinfo=None))
