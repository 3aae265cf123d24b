"""Check-ins after a session: three, each asked before its silence is told."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.check_ins_after import CheckInMoment, HowIAm, check_answer, check_ins_after
from kairos.vocab.errors import InvalidInput

ENDED = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)


def test_somebody_is_asked_after_4_24_and_72_hours_and_silence_is_told():
    limits = LimitsInForce(load_release().parameters, ENDED.date())
    planned = check_ins_after(ENDED, limits)
    assert [each.moment for each in planned] == list(CheckInMoment)
    assert [each.asks_at - ENDED for each in planned] == [timedelta(hours=h) for h in (4, 24, 72)]
    assert all(each.asks_at < each.closes_at for each in planned)
    assert all(a.closes_at < b.asks_at for a, b in pairwise(planned))


def test_only_the_three_answers_are_taken():
    assert check_answer("help") is HowIAm.HELP
    with pytest.raises(InvalidInput, match="one of the three"):
        check_answer("fine")
