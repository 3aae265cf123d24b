"""One supervised process: started, watched, started again when it ends, stopped with all it started."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kairos.cli.child_process import dying_with_parent

_FIRST_PAUSE, _LONGEST_PAUSE, _SETTLED_SECONDS = 0.3, 10.0, 30.0


@dataclass(slots=True)
class Supervised:
    """A ``kairos`` command kept running. It has its own session, so Ctrl-C reaches only the supervisor."""

    name: str
    words: list[str]
    say: Callable[[str], None]
    variables: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    is_stopping: bool = False

    async def keep(self) -> None:
        """Run it again and again until ``stop``."""
        pause = _FIRST_PAUSE
        while not self.is_stopping:
            began = time.monotonic()
            code = await self._run_once()
            if self.is_stopping:
                return
            pause = _FIRST_PAUSE if time.monotonic() - began > _SETTLED_SECONDS else pause
            self.say(f"{self.name} ended ({_ending(code)}); starting it again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _run_once(self) -> int:
        self.process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "kairos.cli.main",
            *self.words,
            stdin=asyncio.subprocess.DEVNULL,
            env=os.environ | self.variables,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
        self.say(f"{self.name} started (process {process.pid})")
        try:
            return await process.wait()
        finally:
            kill_group(process.pid)

    async def stop(self, seconds: float) -> None:
        """Ask it to end, then end it with all that it started."""
        self.is_stopping = True
        process = self.process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await process.wait()
        kill_group(process.pid)


def kill_group(leader: int) -> None:
    """End whatever is left of a process's session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
