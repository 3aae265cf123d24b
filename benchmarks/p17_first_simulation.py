"""P17: importing the public door of pharmacology, and the first simulation in a new process."""

import subprocess
import sys
from collections.abc import Iterator
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from benchmarks.result import Result
from scripts.repository import ROOT

IMPORT_S, FIRST_S = 0.5, 2.0
ROUNDS = 5
DOOR = "import kairos.pharmacology"
FIRST = 'from kairos.pharmacology import simulate; simulate("perez-ruixo-2021", 84, route="nasal", age=45)'


def run() -> Iterator[Result]:
    """Time whole processes, less one that does nothing; kernels lie compiled on disk.

    One thread does all of it, so the CPU seconds are what a quiet machine takes; the wall clock of a
    busy one stands beside them.
    """
    nothing, _ = _seconds("pass")
    _seconds(FIRST)
    floor = _seconds("import numpy, numba")[0] - nothing
    for name, what, code, goal in (
        ("P17", "import kairos.pharmacology", DOOR, IMPORT_S),
        ("P17-first", "first simulation in a new process", FIRST, FIRST_S),
    ):
        cpu, wall = _seconds(code)
        yield Result(name, what, cpu - nothing, "s CPU", goal, ROUNDS, floor=floor)
        yield Result(
            f"{name}-wall",
            "the same by the wall clock, Python's start included",
            wall,
            "s wall",
            None,
            ROUNDS,
        )
    yield Result("P17-floor", "import numpy, numba", floor, "s CPU", None, ROUNDS)


def _seconds(code: str) -> tuple[float, float]:
    """Return CPU and wall seconds, the best of several rounds each."""
    cpus, walls = [], []
    for _ in range(ROUNDS):
        before, wall = getrusage(RUSAGE_CHILDREN), perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        walls.append(perf_counter() - wall)
        after = getrusage(RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(cpus), min(walls)
