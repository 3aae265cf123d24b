"""P11: the live board: 20 sites of 100 open sessions, 10 screens each, vitals, an alarm a second.

A screen is what a browser does with the board: a stream of changes, and at each alarm a request for the strip
of alarms, until the alarm stands in the answer. Readings and alarms are appended to their streams as actions
append them, by a process of the bench; what they cost the database counts, what deciding on them costs the
web does not (P3, P12). A board draws its hundred tiles again at most every ten seconds: one such drawing is
measured apart, and is not in the sum. ``KAIROS_BENCH_SECONDS=180`` takes the whole three minutes; without it
twenty seconds are taken. Then ``live`` is killed, and twelve seconds more are taken and told apart.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.p15_cds_hooks import KAIROS, _port, _stat, _wait_for, _words
from benchmarks.result import Result

SITES, SESSIONS, SCREENS = (int(n) for n in os.environ.get("KAIROS_BENCH_FLOOR", "20x100x10").split("x"))
AFTER = 12
LATE_S = 15.0
PATIENCE_S = 300.0
SECONDS = int(os.environ.get("KAIROS_BENCH_SECONDS", "20"))
VITAL_EVERY_S = 10.0
GOAL_S = 1.0
GOAL_CORE = 1.0
PEER_MS = 64.0
_COUNTED = (b"\0web\0", b"\0live\0", b"postgres")


@dataclass
class Watched:
    """What the screens have seen: for each alarm, when it was committed and when each screen showed it."""

    raised: dict[str, float] = field(default_factory=dict)
    shown: dict[tuple[int, str], float] = field(default_factory=dict)
    doubled: int = 0
    changes: int = 0
    killed_at: float = 0.0
    written: int = 0
    ticks: dict[int, tuple[int, int]] = field(default_factory=dict)


def run() -> Iterator[Result]:
    """Start Kairos in a fresh home, fill it, open the screens, and count."""
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
            sites = _seed(environment)
            found = asyncio.run(_measure(host, sites, environment, served.pid))
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(timeout=30)
    yield from _results(*found)


def _results(seen: Watched, cores: float, board_ms: float, floor_ms: float) -> Iterator[Result]:
    waits = {(screen, alarm): at - seen.raised[alarm] for (screen, alarm), at in seen.shown.items()}
    before = sorted(w for (_, alarm), w in waits.items() if seen.raised[alarm] < seen.killed_at)
    after = sorted(w for (_, alarm), w in waits.items() if seen.raised[alarm] >= seen.killed_at)
    wanted = len(seen.raised) * SCREENS
    shape = f"{SITES} sites of {SESSIONS} sessions, {SCREENS} screens each, {SECONDS} s"
    p99 = before[int(len(before) * 0.99)] if before else float("inf")
    what = f"alarm on screen, 99th centile: {shape}"
    floor, peer = floor_ms / 1000, PEER_MS / 1000
    yield Result("P11", what, p99, "s wall", GOAL_S, len(before), floor=floor, peer=peer)
    worst = after[-1] if after else float("inf")
    yield Result("P11-restart", "the longest wait once live was killed", worst, "s wall", None, len(after))
    lost = "alarms that a screen of the site never showed"
    yield Result("P11-lost", lost, wanted - len(waits), "alarms", 0, wanted)
    yield Result("P11-doubled", "alarms shown twice on one screen", seen.doubled, "alarms", 0, wanted)
    wanted_readings = round(SITES * SESSIONS * (SECONDS + AFTER) / VITAL_EVERY_S)
    spent = f"live, web and database; {seen.written} of {wanted_readings} readings, {seen.changes} words told"
    yield Result("P11-cpu", spent, cores, "cores", GOAL_CORE, 1)
    drawn = f"one board of {SESSIONS} tiles drawn again, not in the sum"
    yield Result("P11-board", drawn, board_ms, "ms wall", None, 3)


def _seed(environment: dict[str, str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.live_board_seed", str(SITES), str(SESSIONS)]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found: list[dict[str, Any]] = json.loads(made.splitlines()[-1])
    return found


async def _measure(
    host: str, sites: list[dict[str, Any]], environment: dict[str, str], root: int
) -> tuple[Watched, float, float, float]:
    seen = Watched()
    board_ms = min([await _timed(host, sites[0]["cookie"], "/board/part/") for _ in range(3)]) * 1000
    floor_ms = min([await _timed(host, sites[0]["cookie"], "/healthz") for _ in range(5)]) * 1000
    screens = [
        asyncio.create_task(_screen(host, number * SCREENS + place, site["cookie"], seen))
        for number, site in enumerate(sites)
        for place in range(SCREENS)
    ]
    await asyncio.sleep(5)
    roots = {root, _postmaster(environment)}
    began, counting = time.perf_counter(), asyncio.create_task(_count(roots, seen))
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.live_board_writer", str(SECONDS + AFTER), str(VITAL_EVERY_S)),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdin and writer.stdout
    writer.stdin.write(json.dumps(sites).encode() + b"\n")
    restart: asyncio.Task[None] | None = None
    while line := await writer.stdout.readline():
        told = json.loads(line)
        if "written" in told:
            seen.written = told["written"]
            continue
        restart = restart or asyncio.create_task(_kill_live(root, SECONDS, seen))
        seen.raised[told["alarm"]] = told["at"]
    taken_s = time.perf_counter() - began
    await _until_shown(seen)
    counting.cancel()
    taken = sum(last - first for first, last in seen.ticks.values()) / os.sysconf("SC_CLK_TCK")
    cores = taken / taken_s
    for task in screens:
        task.cancel()
    await asyncio.gather(*screens, return_exceptions=True)
    return seen, cores, board_ms, floor_ms


async def _until_shown(seen: Watched) -> None:
    """Wait until every screen has shown every alarm of its site: late is not lost. Patience has an end."""
    deadline = time.monotonic() + LATE_S
    while len(seen.shown) < len(seen.raised) * SCREENS and time.monotonic() < deadline:
        await asyncio.sleep(0.5)


async def _kill_live(root: int, after: float, seen: Watched) -> None:
    """End the process that gives the streams, as a fault would; its keeper starts another."""
    await asyncio.sleep(after)
    for pid in _ours({root}, (b"\0live\0",)):
        os.kill(pid, signal.SIGKILL)
    seen.killed_at = time.time()


async def _count(roots: set[int], seen: Watched) -> None:
    """Keep what each process has used so far: one that ended is not forgotten."""
    while True:
        for pid in _ours(roots, _COUNTED):
            stat = _stat(Path(f"/proc/{pid}"))
            if stat:
                seen.ticks[pid] = (seen.ticks.get(pid, (stat[2], 0))[0], stat[2])
        await asyncio.sleep(1)


def _postmaster(environment: dict[str, str]) -> int:
    """Return the process id of the embedded server, which is no child of ours."""
    found = next(Path(environment["KAIROS_HOME"]).rglob("postmaster.pid"))
    return int(found.read_text().splitlines()[0])


async def _screen(host: str, number: int, cookie: str, seen: Watched) -> None:
    """Listen as a browser does, ask for the strip of alarms at each word; come back when cut off."""
    while True:
        try:
            await _listen(host, number, cookie, seen)
        except (OSError, asyncio.IncompleteReadError):
            pass
        await asyncio.sleep(1)


async def _listen(host: str, number: int, cookie: str, seen: Watched) -> None:
    reader, writer = await _open(host, cookie, "/live/events")
    heard = asyncio.Event()
    looking = asyncio.create_task(_look_when(heard, host, number, cookie, seen))
    event = ""
    try:
        while line := (await reader.readline()).decode():
            if line.startswith("event: "):
                event = line[7:].strip()
            elif line.startswith("data: ") and event in ("changed", "catch-up"):
                seen.changes += 1
                if event == "catch-up" or json.loads(line[6:]).get("topic") == "alarm":
                    heard.set()
    finally:
        looking.cancel()
        writer.close()


async def _look_when(heard: asyncio.Event, host: str, number: int, cookie: str, seen: Watched) -> None:
    """Fetch the strip of alarms at each word and note what it shows; one that comes meanwhile asks again."""
    while True:
        await heard.wait()
        heard.clear()
        body = await _get(host, cookie, "/board/alarms/")
        at, told = time.time(), [part[:36] for part in body.split('data-key="')[1:]]
        for alarm in told:
            seen.shown.setdefault((number, alarm), at)
        seen.doubled += len(told) - len(set(told))


async def _timed(host: str, cookie: str, path: str) -> float:
    began = time.perf_counter()
    await _get(host, cookie, path)
    return time.perf_counter() - began


async def _get(host: str, cookie: str, path: str) -> str:
    reader, writer = await _open(host, cookie, path, "Connection: close\r\nKairos-Background: 1\r\n")
    try:
        return (await reader.read()).decode(errors="replace")
    finally:
        writer.close()


async def _open(
    host: str, cookie: str, path: str, more: str = ""
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: sessionid={cookie}\r\n{more}\r\n"
    writer.write(asked.encode())
    await writer.drain()
    return reader, writer


def _ours(roots: set[int], marks: tuple[bytes, ...]) -> list[int]:
    """Return the processes below these roots, and the roots, whose command line holds a mark."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _is_below(int(folder.name), roots):
            words = _words(int(folder.name))
            if any(mark in words for mark in marks):
                found.append(int(folder.name))
    return found


def _is_below(pid: int, roots: set[int]) -> bool:
    while pid > 1 and pid not in roots:
        stat = _stat(Path(f"/proc/{pid}"))
        pid = stat[1] if stat else 0
    return pid in roots
