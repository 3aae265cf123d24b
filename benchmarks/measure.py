"""How a benchmark measures: CPU time, memory, and a fixed piece of work to compare days by."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

REFERENCE_ROUNDS = 300_000


@dataclass
class Taken:
    """What a piece of work took, children included."""

    cpu_s: float = 0.0
    wall_s: float = 0.0


@contextmanager
def taking() -> Iterator[Taken]:
    """Measure the block: CPU seconds of this process and its ended children, and wall seconds."""
    taken = Taken()
    cpu, wall = _cpu_s(), time.perf_counter()
    yield taken
    taken.cpu_s, taken.wall_s = _cpu_s() - cpu, time.perf_counter() - wall


def cpu_per_call_us(work: Callable[[], object], *, calls: int, rounds: int = 5) -> float:
    """Return CPU microseconds a call, the best of several rounds: the machine is shared and noisy."""
    work()
    return min(_round(work, calls) for _ in range(rounds)) / calls * 1e6


def peak_rss_mb() -> float:
    """Return the largest resident memory so far of this process or of one ended child, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, children) / 1024


def reference_loop_us() -> float:
    """Return CPU microseconds of a fixed piece of plain Python, the yardstick between days."""
    return cpu_per_call_us(_reference, calls=1)


def _reference() -> int:
    total = 0
    for number in range(REFERENCE_ROUNDS):
        total = (total * 31 + number) % 1_000_003
    return total


def _round(work: Callable[[], object], calls: int) -> float:
    before = time.process_time()
    for _ in range(calls):
        work()
    return time.process_time() - before


def _cpu_s() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
