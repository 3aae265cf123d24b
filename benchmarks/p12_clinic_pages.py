"""P12: what the chart and the session console cost, with 2,000 sessions open and 500 behind the person.

Counted is the processors' time of web and of the database, as a browser asks over HTTP. The floor is a page
of the same frame that shows nothing of anybody, in the same run. How often each asks the database is held by
``tests/web/test_statements.py``. ``KAIROS_BENCH_FLOOR=2x10x1`` takes a smaller floor.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.p11_live_board import PATIENCE_S, SESSIONS, SITES, _ours, _postmaster
from benchmarks.p15_cds_hooks import KAIROS, _port, _stat, _wait_for
from benchmarks.result import Result

HISTORY = 500
GOAL_CPU_MS = 25.0
CALLS = 100
WARM_UP = 10
_COUNTED = (b"\0web\0", b"postgres")


def run() -> Iterator[Result]:
    """Start Kairos in a fresh home, fill it, ask for each page, and count."""
    with tempfile.TemporaryDirectory(prefix="kb") as folder:
        environment = os.environ | {
            "KAIROS_HOME": f"{folder}/home",
            "KAIROS_ENV": "demo",
            "PORT": str(_port()),
        }
        served = subprocess.Popen(
            [KAIROS, "serve"], env=environment, start_new_session=True, stdout=sys.stderr
        )
        try:
            host = f"127.0.0.1:{environment['PORT']}"
            _wait_for(f"http://{host}/healthz", PATIENCE_S)
            made = _seed(environment)
            roots = {served.pid, _postmaster(environment)}
            pages = {
                "an empty page of the frame": "/account/",
                "chart": f"/people/{made['person']}/",
                "console": f"/sessions/{made['stream']}/",
            }
            taken = {name: _cpu_ms(host, made["cookie"], path, roots) for name, path in pages.items()}
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(timeout=30)
    yield from _results(taken)


def _results(taken: dict[str, float]) -> Iterator[Result]:
    empty = taken.pop("an empty page of the frame")
    shape = f"{SITES * SESSIONS} sessions open, {HISTORY} behind the person"
    for name, cost in taken.items():
        yield Result(f"P12-{name}", f"{name}: {shape}", cost, "ms CPU", GOAL_CPU_MS, CALLS, floor=empty)
    yield Result("P12-floor", "an empty page of the same frame", empty, "ms CPU", None, CALLS)


def _seed(environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.clinic_pages_seed", str(SITES), str(SESSIONS), str(HISTORY)]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(made.splitlines()[-1])
    return found


def _cpu_ms(host: str, cookie: str, path: str, roots: set[int]) -> float:
    """Return what one answer costs web and database together."""
    for _ in range(WARM_UP):
        _get(host, cookie, path)
    before = _ticks(roots)
    for _ in range(CALLS):
        _get(host, cookie, path)
    spent = sum(now - before.get(pid, 0) for pid, now in _ticks(roots).items())
    return spent / os.sysconf("SC_CLK_TCK") / CALLS * 1000


def _get(host: str, cookie: str, path: str) -> None:
    connection = http.client.HTTPConnection(host, timeout=PATIENCE_S)
    connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, f"{path} answered {answer.status}"


def _ticks(roots: set[int]) -> dict[int, int]:
    found = {pid: _stat(Path(f"/proc/{pid}")) for pid in _ours(roots, _COUNTED)}
    return {pid: stat[2] for pid, stat in found.items() if stat}
