"""The loops of the jobs process: each calls one action, again and again, and keeps going when it fails."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import connection

log = logging.getLogger("kairos.jobs")

STALLED_SECONDS = 20.0
_LONGEST_PAUSE = 5.0


@dataclass(slots=True)
class Loop:
    """One thing done every ``every`` seconds. ``turn`` claims its own work, so two processes share it."""

    name: str
    every: float
    turn: Callable[[], object]
    failures: int = 0
    turned_at: float = field(default_factory=time.monotonic)

    def is_stalled(self, now: float) -> bool:
        """Whether its last turn that went well is too long ago."""
        return now - self.turned_at > STALLED_SECONDS + self.every

    async def run(self, threads: ThreadPoolExecutor) -> None:
        """Take turns until cancelled."""
        while True:
            await asyncio.get_running_loop().run_in_executor(threads, self.take_turn)
            pause = min(self.every * 2**self.failures, max(self.every, _LONGEST_PAUSE))
            await asyncio.sleep(pause)

    def take_turn(self) -> None:
        """Take one turn; a failure is logged by its kind only, for its message may hold what was in a row."""
        try:
            self.turn()
        except Exception as error:
            self.failures = min(self.failures + 1, 6)
            log.warning("%s failed (%s); trying again", self.name, type(error).__name__)
            connection.close()
        else:
            self.failures = 0
            self.turned_at = time.monotonic()


def has_stalled(loops: Iterable[Loop]) -> bool:
    """Whether any loop no longer turns."""
    now = time.monotonic()
    return any(loop.is_stalled(now) for loop in loops)
