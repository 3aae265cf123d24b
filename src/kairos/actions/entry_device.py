"""From which device an entry comes: its clock, and what its maker had seen. The entrance says it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kairos.domain.sessions.told import EntryDevice

_DEVICE: ContextVar[EntryDevice | None] = ContextVar("entry_device", default=None)


@contextmanager
def told_from(device: EntryDevice | None) -> Iterator[None]:
    """Note with each entry made inside the block from which device it came; it is no part of the command."""
    token = _DEVICE.set(device)
    try:
        yield
    finally:
        _DEVICE.reset(token)


def device_of_entry() -> EntryDevice | None:
    """Return the device of the entry that is being made; ``None`` where nobody said."""
    return _DEVICE.get()
