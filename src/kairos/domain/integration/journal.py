"""The journal: what the server keeps of it, and what it refuses to keep.

The words are closed on the patient's device. The server holds closed entries, and the journal's key closed in
two ways: under what a passphrase gives, and under what a printed recovery code gives. It can open neither.
"""

import base64
import binascii
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem

ITERATIONS = 600_000
"""How often PBKDF2-HMAC-SHA-256 is repeated; fewer are refused.

Source: OWASP, Password Storage Cheat Sheet, section PBKDF2 (the figure for HMAC-SHA-256 since 2023)."""
NOTICE = "2026-11"
"""The version of what a patient acknowledges before the first word."""
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KEY_BYTES = 32
_MOST_BYTES = 128 * 1024


class WayIn(StrEnum):
    """What opens the journal's key."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class ShareState(StrEnum):
    """Whether an entry is shared from now on, or no longer."""

    SHARED = "shared"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The journal's key closed in one way. Salt, nonce and box are base64."""

    salt: str
    iv: str
    box: str
    iterations: int


@dataclass(frozen=True, slots=True)
class Closed:
    """One entry as the device closed it. Nonce and box are base64."""

    iv: str
    box: str


def check_wrapped(wrapped: Wrapped) -> None:
    """Refuse a key that was not closed as it must be.

    Raises
    ------
    InvalidInput    a salt, nonce or box of the wrong size, or fewer repetitions than asked for
    """
    sizes = (_size(wrapped.salt), _size(wrapped.iv), _size(wrapped.box))
    if sizes != (_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES + _TAG_BYTES):
        raise InvalidInput(Problem("key", "the key did not arrive closed as it must be; load the page again"))
    if wrapped.iterations < ITERATIONS:
        asked = (
            f"the key was closed with {wrapped.iterations} repetitions; {ITERATIONS} are asked for at least"
        )
        raise InvalidInput(Problem("key", asked))


def check_closed(closed: Closed) -> None:
    """Refuse an entry that is not closed, or longer than is kept.

    Raises
    ------
    InvalidInput
    """
    box = _size(closed.box)
    if _size(closed.iv) != _NONCE_BYTES or box <= _TAG_BYTES:
        raise InvalidInput(Problem("entry", "the entry did not arrive closed; nothing was kept"))
    if box > _MOST_BYTES:
        told = f"the entry has {box} bytes; {_MOST_BYTES} are kept at most. Divide it into two"
        raise InvalidInput(Problem("entry", told))


def check_readers(chosen: Collection[UUID], team: Iterable[UUID]) -> None:
    """Refuse to share with nobody, or with somebody who is not of the team.

    Raises
    ------
    InvalidInput
    """
    if not chosen:
        raise InvalidInput(Problem("with_whom", "choose who may read it"))
    if not set(chosen) <= set(team):
        raise InvalidInput(Problem("with_whom", "somebody chosen is not of your team now; choose again"))


def _size(text: str) -> int:
    """Return how many bytes a base64 text stands for; -1 where it is none."""
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return -1
