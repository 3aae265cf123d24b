"""Real processes of ours, as an operator starts them, and what is left of them."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

STOP_SECONDS = 10
PATIENCE_SECONDS = 90
_tick = threading.Event()


def free_port() -> int:
    """Return a port that nobody uses at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Ask again and again; fail, saying what was waited for."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"waited {seconds} s for: {what}"
        _tick.wait(0.1)


def get(url: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Return status and body; 0 where nobody answers."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


class Running:
    """One ``kairos`` command in a process of its own."""

    def __init__(self, words: list[str], log: Path, **variables: str) -> None:
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("DATABASE_", "DJANGO_", "KAIROS_", "PORT"))
        }
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kairos.cli.main", *words],
                env=kept | variables,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        """Return what it printed so far."""
        return self.log.read_text(errors="replace")

    def started(self, name: str) -> int:
        """Return the process id that it printed last for one of its parts."""
        lines = [line for line in self.said().splitlines() if f"{name} started (process" in line]
        return int(lines[-1].rsplit(" ", 1)[1].rstrip(")"))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and return its exit code; longer than it may take is a failure."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def end(self) -> None:
        """Make sure it is gone, whatever happened in the test."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def running(words: list[str], log: Path, **variables: str) -> Iterator[Running]:
    """Run a command for as long as the block."""
    command = Running(words, log, **variables)
    try:
        yield command
    finally:
        command.end()


def parts(port: int) -> dict[str, Any]:
    """Return what the health page says; empty where nobody answers."""
    status, body = get(f"http://127.0.0.1:{port}/healthz")
    return json.loads(body) | {"status": status} if status else {}


def is_well(port: int) -> bool:
    """Whether the health page says that all parts are there."""
    return parts(port).get("status") == 200


def alive_with(mark: str) -> list[str]:
    """Return the living processes whose command line, environment or folder names the mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = _text(folder / "cmdline")
            around = _text(folder / "environ") + str((folder / "cwd").readlink())
            if int(folder.name) != os.getpid() and words and mark in words + around:
                found.append(f"{folder.name} {words}")
    return found


def _text(path: Path) -> str:
    return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")


class Stream:
    """An event stream as a browser opens it."""

    def __init__(self, port: int, cookie: str, topics: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Cookie": cookie} if cookie else {}
        self._connection.request("GET", f"/live/events?topics={topics}", headers=headers)
        self.answer = self._connection.getresponse()
        self.status = self.answer.status

    def next(self) -> tuple[str, str]:
        """Return the next event's name and data."""
        told: dict[str, str] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            told[name] = value
        return told.get("event", ""), told.get("data", "")

    def until(self, event: str) -> str:
        """Return the data of the next event of this name."""
        for _ in range(50):
            name, data = self.next()
            if name == event:
                return data
        raise AssertionError(f"no {event} came")

    def __enter__(self) -> "Stream":
        """Use it as a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Go away."""
        self.close()

    def close(self) -> None:
        """Go away."""
        self.answer.close()
        self._connection.close()


def refused(port: int, cookie: str = "") -> int:
    """Return the status that a stream which must not open gets."""
    with Stream(port, cookie) as stream:
        return stream.status
