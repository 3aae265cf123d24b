"""The open screens: what each wants to know, and what waits to be told."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

GATHER_SECONDS = 1.0
HEARTBEAT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Change:
    """Something changed: ids only. The page fetches what it shows, and is checked there again."""

    programme: UUID
    topic: str
    id: str
    is_urgent: bool = False


def read_change(payload: str) -> Change | None:
    """Return the change that a notification tells, None for one that is not ours."""
    try:
        told: dict[str, Any] = json.loads(payload)
        programme = UUID(str(told["programme"]))
        return Change(programme, str(told["topic"]), str(told["id"]), bool(told.get("urgent", False)))
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(eq=False, slots=True)
class Screen:
    """One open stream. ``topics`` empty: everything of its programmes."""

    programmes: frozenset[UUID]
    topics: frozenset[str]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    urgent: dict[Change, None] = field(default_factory=dict)
    ordinary: dict[Change, None] = field(default_factory=dict)
    must_catch_up: bool = True
    is_closed: bool = False
    told_at: float = float("-inf")

    def wants(self, change: Change) -> bool:
        """Whether the change is of its programmes and topics."""
        if change.programme not in self.programmes:
            return False
        names = {change.topic, f"{change.topic}:{change.id}"}
        return not self.topics or not self.topics.isdisjoint(names)

    def tell(self, change: Change) -> None:
        """Keep the change for the next message. An urgent one, or the first of others, wakes the stream."""
        waiting = self.urgent if change.is_urgent else self.ordinary
        if change.is_urgent or not waiting:
            self.wake.set()
        waiting[change] = None

    def catch_up(self) -> None:
        """Have the page fetch everything: changes may have been missed."""
        self.must_catch_up = True
        self.wake.set()

    def close(self) -> None:
        """End the stream."""
        self.is_closed = True
        self.wake.set()

    async def wait(self, beat_at: float) -> None:
        """Wait until there is something to say, at the latest until the next heartbeat."""
        until = beat_at
        if self.ordinary:
            until = min(until, self.told_at + GATHER_SECONDS)
        try:
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                await self.wake.wait()
        except TimeoutError:
            return
        self.wake.clear()

    def take(self, now: float) -> bytes:
        """Return what is to be said now: alarms at once, other changes gathered, one message a second."""
        if self.must_catch_up:
            self.must_catch_up = False
            self.urgent.clear()
            self.ordinary.clear()
            return b"event: catch-up\ndata: {}\n\n"
        said = dict(self.urgent)
        self.urgent.clear()
        if self.ordinary and now >= self.told_at + GATHER_SECONDS:
            said |= self.ordinary
            self.ordinary.clear()
            self.told_at = now
        return b"".join(map(_render, said))


@lru_cache(maxsize=4096)
def _render(change: Change) -> bytes:
    """Return what every screen is told of a change; written once for all of them."""
    data = json.dumps({"topic": change.topic, "id": change.id, "urgent": change.is_urgent})
    return f"event: changed\ndata: {data}\n\n".encode()


class Screens:
    """All open screens of this process, found by programme."""

    def __init__(self) -> None:
        self._by_programme: dict[UUID, set[Screen]] = {}
        self._all: set[Screen] = set()

    def __len__(self) -> int:
        """How many are open."""
        return len(self._all)

    def add(self, screen: Screen) -> None:
        """Open."""
        self._all.add(screen)
        for programme in screen.programmes:
            self._by_programme.setdefault(programme, set()).add(screen)

    def remove(self, screen: Screen) -> None:
        """Forget."""
        self._all.discard(screen)
        for programme in screen.programmes:
            watching = self._by_programme.get(programme, set())
            watching.discard(screen)
            if not watching:
                self._by_programme.pop(programme, None)

    def tell(self, change: Change) -> None:
        """Tell every screen of the programme that wants to know."""
        for screen in self._by_programme.get(change.programme, ()):
            if screen.wants(change):
                screen.tell(change)

    def each(self) -> Iterable[Screen]:
        """Return the open screens."""
        return tuple(self._all)
