"""How somebody can be reached away from the screen: the ways they chose, and which come first.

A way counts only while it is on, and whoever keeps it said that nobody else reads what arrives there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

LONGEST = 2000
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SCHEME = re.compile(r"[a-z][a-z0-9]+")
ON_THE_MACHINE = frozenset(
    {"dbus", "qt", "kde", "glib", "gnome", "macosx", "windows", "syslog", "file", "vapid", "smpp"}
)
"""What would do something on the machine that Kairos runs on instead of telling a person."""


class Channel(StrEnum):
    """A kind of way. Kairos's own screens need none: they always show."""

    PUSH = "push"
    OTHER = "other"
    MAIL = "mail"


URGENT_FIRST = (Channel.PUSH, Channel.OTHER, Channel.MAIL)


@dataclass(frozen=True, slots=True)
class ContactWay:
    """One way to reach somebody: a browser that takes push messages, an address of mail or of another kind.

    ``secret`` is what a browser needs besides its address: its public key and a shared secret.
    """

    id: UUID
    channel: Channel
    address: str
    is_on: bool = True
    secret: tuple[str, str] | None = None


def ways_to_try(ways: Iterable[ContactWay]) -> tuple[ContactWay, ...]:
    """Return the ways that are on, the quickest kind first and within a kind the newest first."""
    usable = [way for way in reversed(list(ways)) if way.is_on]
    return tuple(sorted(usable, key=lambda way: URGENT_FIRST.index(way.channel)))


def check_way(way: ContactWay) -> None:
    """Refuse an address that cannot be one of its kind.

    Raises
    ------
    InvalidInput
    """
    problem = _problem_with(way)
    if problem:
        raise InvalidInput(Problem("address", problem))


def _problem_with(way: ContactWay) -> str:
    if len(way.address) > LONGEST:
        return f"the address has more than {LONGEST} characters; check whether more was pasted than it"
    if way.channel is Channel.MAIL:
        return (
            "" if _MAIL.fullmatch(way.address) else "not an address of e-mail; it looks like name@example.org"
        )
    scheme = urlsplit(way.address).scheme
    if way.channel is Channel.PUSH:
        is_whole = scheme == "https" and way.secret is not None
        return (
            ""
            if is_whole
            else "this browser gave no address that can be used; allow its notices and try again"
        )
    if not _SCHEME.fullmatch(scheme):
        return "not an address that can be told; it begins with a kind and ://, as in ntfys://host/topic"
    if scheme in ON_THE_MACHINE:
        return f"{scheme}:// acts on the server itself and tells nobody; choose another kind"
    return ""
