"""Ids made here: UUIDv7 from this machine's clock and the operating system's randomness."""

import secrets
from datetime import UTC, datetime
from uuid import UUID

from kairos.vocab.identifiers import RANDOM_BYTES, uuid7


def new_id() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid7(now=datetime.now(UTC), randomness=secrets.token_bytes(RANDOM_BYTES))
