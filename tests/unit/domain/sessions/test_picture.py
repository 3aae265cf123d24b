"""The picture of a stream, under the protocol and the limits it was opened with."""

import pytest

from kairos.content.release import load_release
from kairos.domain.sessions.picture import look_at
from kairos.vocab.errors import Missing
from tests.support.dosing_sessions import at, opened, protocol


def test_a_stream_is_looked_at_under_the_protocol_that_opened_it():
    stream = opened()
    entries, book = stream.entries, load_release().parameters
    seen = look_at(entries, protocols={entries[0].event.protocol: protocol()}, book=book, now=at(1))
    assert (seen.protocol, seen.now) == (protocol(), at(1))
    assert seen.state == stream.look(1).state


@pytest.mark.parametrize("entries", [(), opened().entries])
def test_without_a_protocol_nothing_is_shown(entries):
    with pytest.raises(Missing, match="no protocol that the content knows"):
        look_at(entries, protocols={}, book=load_release().parameters, now=at(1))
