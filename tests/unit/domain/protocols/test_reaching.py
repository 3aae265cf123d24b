"""How somebody can be reached: which ways come first, and which addresses are none."""

from dataclasses import replace
from uuid import UUID

import pytest

from kairos.domain.protocols.reaching import Channel, ContactWay, check_way, ways_to_try
from kairos.vocab.errors import InvalidInput

MAIL = ContactWay(UUID(int=1), Channel.MAIL, "bo@example.org")
OTHER = ContactWay(UUID(int=2), Channel.OTHER, "ntfys://push.example.org/bo")
PUSH = ContactWay(UUID(int=3), Channel.PUSH, "https://push.example.org/x", secret=("k", "a"))


def test_the_quickest_way_that_is_on_comes_first():
    older = replace(PUSH, id=UUID(int=4))
    assert ways_to_try([MAIL, older, OTHER, PUSH]) == (PUSH, older, OTHER, MAIL)
    assert ways_to_try([MAIL, replace(PUSH, is_on=False)]) == (MAIL,)


@pytest.mark.parametrize("way", [MAIL, OTHER, PUSH])
def test_an_address_of_its_kind_is_taken(way):
    check_way(way)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (replace(MAIL, address="bo"), "not an address of e-mail"),
        (replace(OTHER, address="push.example.org"), "begins with a kind"),
        (replace(OTHER, address="dbus://"), "acts on the server itself"),
        (replace(PUSH, secret=None), "this browser gave no address"),
        (replace(PUSH, address="http://push.example.org/x"), "this browser gave no address"),
        (replace(OTHER, address="ntfys://" + "x" * 2000), "more than 2000 characters"),
    ],
)
def test_any_other_address_is_refused(way, said):
    with pytest.raises(InvalidInput, match=said):
        check_way(way)
