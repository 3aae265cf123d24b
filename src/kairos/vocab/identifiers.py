"""Identifiers: UUID version 7, made by whoever creates the thing, sortable by time of making."""

from datetime import datetime
from uuid import UUID

RANDOM_BYTES = 10


def uuid7(*, now: datetime, randomness: bytes) -> UUID:
    """Return the UUIDv7 for an instant and ten random bytes.

    Parameters
    ----------
    now : datetime            aware; kept to the millisecond
    randomness : bytes        exactly 10 bytes from a secure source

    Returns
    -------
    UUID                      version 7, variant RFC 9562

    Raises
    ------
    ValueError                a naive instant, or another number of bytes

    Source
    ------
    RFC 9562, section 5.7.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone; give an aware instant")
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"randomness has {len(randomness)} bytes; give {RANDOM_BYTES}")
    milliseconds = int(now.timestamp() * 1000)
    low = int.from_bytes(randomness, "big")
    value = milliseconds << 80 | low
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
