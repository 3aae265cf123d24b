"""P14: ``make demo`` in a fresh clone, with no registry cache, until the first page answers."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Result
from scripts.repository import ROOT

GOAL_S = 90.0
PATIENCE_S = 600.0


def run() -> Iterator[Result]:
    """Clone what is committed, start it, wait for health and a page, stop it."""
    with tempfile.TemporaryDirectory(prefix="kb") as folder:
        clone = Path(folder) / "kairos"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = _free_port()
        uncached = {"PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1", "PORT": str(port)}
        away = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("KAIROS_", "DATABASE_URL", "VIRTUAL_ENV"))
        }
        before = time.perf_counter()
        demo = subprocess.Popen(
            ["make", "demo"],
            cwd=clone,
            env=away | uncached,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", demo)
            _wait_for(f"http://127.0.0.1:{port}/", demo)
            taken = time.perf_counter() - before
        finally:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(timeout=30)
    yield Result("P14", "cold start of make demo to a page, caches empty", taken, "s wall", GOAL_S, 1)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"make demo ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # our own loopback address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise TimeoutError(f"no page after {PATIENCE_S:g} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
