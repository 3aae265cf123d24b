"""``kairos serve``: everything on one port, kept running until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import contextlib
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

from kairos.cli.database_session import check_may_embed
from kairos.cli.environment import Environment, read_environment
from kairos.cli.front_door import FrontDoor
from kairos.cli.health import Health
from kairos.cli.postgres import EmbeddedPostgres, PostgresFailed
from kairos.cli.problems import CannotRun
from kairos.cli.supervised import Supervised, kill_group

# Together with what PostgreSQL may take, below the ten seconds in which all must have ended.
_STOP_SECONDS = 2.5
_LAST_SECONDS = 4.5
JOBS = "jobs"
_WATCH_SECONDS = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say on which address of this machine to listen."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (127.0.0.1); PORT names the port"
    )
    parser.add_argument("--workers", type=int, default=2, help="web worker processes (2)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; leave nothing running."""
    return serve(read_environment(), host=arguments.host, workers=arguments.workers)


def serve(
    environment: Environment,
    *,
    host: str = "127.0.0.1",
    workers: int = 2,
    prepare: Sequence[Sequence[str]] = (),
    beside: Sequence[Sequence[str]] = (),
    when_ready: Callable[[], None] = lambda: None,
) -> int:
    """Serve until stopped, after the commands of ``prepare`` have run; leave nothing running.

    Parameters
    ----------
    beside : commands    kept running beside web, live and jobs

    Raises
    ------
    InvalidInput    production without ``DATABASE_URL``
    CannotRun       the port is taken, the database does not start, a command failed
    """
    if not environment.database_url:
        check_may_embed(environment)
    with _socket_folder() as sockets:
        serving = Serving(environment, sockets, host, workers)
        serving.prepare += prepare
        serving.processes += [Supervised(words[0], list(words), say) for words in beside]
        serving.when_ready = when_ready
        asyncio.run(serving.run())
    say("stopped")
    return 0


def say(line: str) -> None:
    """Print one event."""
    print(f"kairos: {line}", flush=True)


@contextlib.contextmanager
def _socket_folder() -> Iterator[Path]:
    """Give a private folder with a short name for the sockets of web and live."""
    folder = Path(tempfile.mkdtemp(prefix="kairos-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Serving:
    """The database, the three processes and the front door of one run."""

    def __init__(self, environment: Environment, sockets: Path, host: str, workers: int) -> None:
        self.environment = environment
        self.host = host
        web, live = sockets / "web.sock", sockets / "live.sock"
        self.health = Health(environment, web, live)
        self.door = FrontDoor(web, live, self.health.answer, trusts_proxy=environment.is_production)
        self.postgres = None if environment.database_url else EmbeddedPostgres(environment.home, say)
        self.prepare: list[Sequence[str]] = [] if environment.database_url else [["migrate", "--quiet"]]
        self.when_ready: Callable[[], None] = lambda: None
        self.processes = [
            Supervised("web", ["web", "--listen", f"unix:{web}", "--workers", str(workers)], say),
            Supervised("live", ["live", "--listen", f"unix:{live}"], say),
            Supervised(JOBS, ["jobs"], say),
        ]

    async def run(self) -> None:
        """Start in order, keep, and stop in the opposite order."""
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        try:
            server = await self.door.open(self.environment.port, self.host)
        except OSError as error:
            raise CannotRun(
                f"port {self.environment.port} cannot be used ({error.strerror}); set PORT"
            ) from error
        tasks: list[asyncio.Task[None]] = []
        try:
            self._start_database()
            for words in self.prepare:
                await self._run_first(words, stop)
            if not stop.is_set():
                tasks = [asyncio.create_task(part) for part in self._parts()]
                await stop.wait()
            say("stopping")
        finally:
            server.close()
            await self._stop(tasks)

    def _parts(self) -> list[Coroutine[Any, Any, None]]:
        parts = [process.keep() for process in self.processes]
        return [*parts, self._say_when_ready(), *([self._keep_database()] if self.postgres else [])]

    def _start_database(self) -> None:
        if self.postgres is None:
            return
        self.postgres.start()
        say("database started" if self.postgres.is_ours else "database: joined the one that runs")

    async def _run_first(self, words: Sequence[str], stop: asyncio.Event) -> None:
        """Run a command to its end, in a process of its own: this one stays small, without Django."""
        if stop.is_set():
            return
        command = [sys.executable, "-m", "kairos.cli.main", *words]
        process = await asyncio.create_subprocess_exec(*command, start_new_session=True)
        stopping, ended = asyncio.create_task(stop.wait()), asyncio.create_task(process.wait())
        await asyncio.wait({stopping, ended}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            kill_group(process.pid)
            await ended
        elif ended.result():
            raise CannotRun(f"'kairos {' '.join(words)}' failed; the reason stands above")
        else:
            say(f"{words[0]} done")

    async def _keep_database(self) -> None:
        """Start the database again when it ends. Starting stays on this thread, see ``dying_with_parent``."""
        assert self.postgres
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            if self.postgres.is_ours and not self.postgres.has_ended():
                continue
            if not self.postgres.is_ours and await asyncio.to_thread(self.postgres.answers):
                continue
            say("database ended; starting it again")
            try:
                self.postgres.start()
                say("database started")
            except PostgresFailed as error:
                say(str(error))

    async def _say_when_ready(self) -> None:
        while set((await self.health.parts()).values()) != {"ok"}:
            await asyncio.sleep(0.3)
        say(f"ready at http://{self.host}:{self.environment.port}/")
        self.when_ready()

    async def _stop(self, tasks: "list[asyncio.Task[None]]") -> None:
        """Stop what writes; then jobs, which seals the audit as its last act; then the database."""
        *writing, jobs = sorted(self.processes, key=lambda process: process.name == JOBS)
        await asyncio.gather(*(process.stop(_STOP_SECONDS) for process in writing))
        await jobs.stop(_LAST_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.postgres:
            await asyncio.to_thread(self.postgres.stop)
