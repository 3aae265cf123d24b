"""What the server refuses to keep of a journal: what is not closed, and readers outside the team."""

import base64
from dataclasses import replace
from uuid import UUID

import pytest

from kairos.domain.integration.journal import (
    ITERATIONS,
    Closed,
    Wrapped,
    check_closed,
    check_readers,
    check_wrapped,
)
from kairos.vocab.errors import InvalidInput


def of(size):
    return base64.b64encode(bytes(size)).decode()


WRAPPED = Wrapped(salt=of(16), iv=of(12), box=of(48), iterations=ITERATIONS)


def test_a_key_closed_as_asked_is_kept():
    check_wrapped(WRAPPED)
    assert ITERATIONS >= 600_000  # OWASP, Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256


@pytest.mark.parametrize(
    "change", [{"salt": of(15)}, {"iv": of(16)}, {"box": of(32)}, {"box": "not base64"}, {"salt": "é"}]
)
def test_a_key_that_is_not_closed_is_refused(change):
    with pytest.raises(InvalidInput, match="did not arrive closed"):
        check_wrapped(replace(WRAPPED, **change))


def test_a_key_closed_with_fewer_repetitions_is_refused():
    with pytest.raises(InvalidInput, match="1000 repetitions; 600000"):
        check_wrapped(replace(WRAPPED, iterations=1000))


@pytest.mark.parametrize("closed", [Closed(of(12), of(16)), Closed(of(11), of(40)), Closed(of(12), "words")])
def test_an_entry_that_is_not_closed_is_refused(closed):
    with pytest.raises(InvalidInput, match="nothing was kept"):
        check_closed(closed)


def test_an_entry_has_a_longest_size():
    check_closed(Closed(of(12), of(128 * 1024)))
    with pytest.raises(InvalidInput, match="Divide it"):
        check_closed(Closed(of(12), of(128 * 1024 + 1)))


def test_readers_are_chosen_and_of_the_team():
    ana, ben = UUID(int=1), UUID(int=2)
    check_readers([ana], [ana, ben])
    with pytest.raises(InvalidInput, match="choose who"):
        check_readers([], [ana])
    with pytest.raises(InvalidInput, match="not of your team"):
        check_readers([ana, ben], [ana])
