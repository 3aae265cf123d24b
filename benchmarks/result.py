"""What a benchmark reports: one JSON line for machines, one line for people."""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass

from benchmarks.measure import peak_rss_mb
from scripts.repository import ROOT


@dataclass(frozen=True)
class Result:
    """One measured goal. ``goal`` is the most that is allowed; ``floor`` and ``peer`` may be missing."""

    id: str
    what: str
    value: float
    unit: str
    goal: float | None
    n: int
    floor: float | None = None
    peer: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal holds; None where there is none."""
        return None if self.goal is None else self.value <= self.goal

    def json_line(self) -> str:
        """Return the line that machines read."""
        ratios = {
            "ratio_to_floor": _ratio(self.value, self.floor),
            "ratio_to_peer": _ratio(self.value, self.peer),
        }
        place = {"commit": _commit(), "python": platform.python_version(), "cores": os.cpu_count()}
        return json.dumps(
            {**asdict(self), "met": self.met, **ratios, "rss_mb": round(peak_rss_mb(), 1), **place}
        )

    def human_line(self) -> str:
        """Return the line that people read."""
        word = {True: "met", False: "MISSED", None: "no goal"}[self.met]
        goal = "" if self.goal is None else f" (goal {self.goal:g} {self.unit})"
        return f"{self.id}: {self.what}: {self.value:.4g} {self.unit}{goal}: {word}, n = {self.n}"


def _ratio(value: float, base: float | None) -> float | None:
    return round(value / base, 3) if base else None


def _commit() -> str | None:
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
