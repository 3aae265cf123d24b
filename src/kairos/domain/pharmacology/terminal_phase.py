"""The last, straight part of a curve on a logarithmic scale: how fast a concentration falls in the end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST_POINTS = 3
"""Two points always lie on a line: its fit says nothing."""

SAME_FIT = 1e-4
"""Fits whose adjusted R2 lie this near the best count as equally good; the one with most points is taken."""


@dataclass(frozen=True, slots=True)
class TerminalPhase:
    """A straight line through the logarithms of the last concentrations.

    Parameters
    ----------
    rate : float              lambda-z, 1 / unit of time, > 0
    points : int              samples on the line, 3 or more
    starts, ends : float      times of its first and last sample
    r2_adjusted : float       how well it fits, at most 1
    """

    rate: float
    points: int
    starts: float
    ends: float
    r2_adjusted: float


def terminal_phase(times: Floats, concentrations: Floats) -> TerminalPhase | None:
    """Return the best fit through the last samples; None where no line through three or more falls.

    The lines through the last 3, the last 4, ... samples are compared by adjusted R2. Of those within
    1e-4 of the best, the one with most samples is taken: the "best fit" of Phoenix WinNonlin. A line
    that does not fall is none.

    Parameters
    ----------
    times, concentrations : float64 array, shape (n,)   only samples that may be used, all above zero

    Source
    ------
    Kim H et al., Transl Clin Pharmacol 2018;26:10-15 (NonCompart, held against WinNonlin 6.3 and 7.0)
    """
    count = len(times)
    lines = [
        _line(times[start:], np.log(concentrations[start:])) for start in range(count - FEWEST_POINTS + 1)
    ]
    falling = [line for line in lines if line.rate > 0]
    if not falling:
        return None
    best = max(line.r2_adjusted for line in falling)
    as_good = [line for line in falling if best - line.r2_adjusted < SAME_FIT]
    return max(as_good, key=lambda line: line.points)


def _line(times: Floats, logs: Floats) -> TerminalPhase:
    points = len(times)
    from_mean, log_from_mean = times - times.mean(), logs - logs.mean()
    spread, height = float(from_mean @ from_mean), float(log_from_mean @ log_from_mean)
    together = float(from_mean @ log_from_mean)
    explained = together**2 / (spread * height) if height > 0 else 0.0
    return TerminalPhase(
        rate=-together / spread,
        points=points,
        starts=float(times[0]),
        ends=float(times[-1]),
        r2_adjusted=1 - (1 - explained) * (points - 1) / (points - 2),
    )
