"""Quantiles of values that are never all in memory: counted in bins whose width is a part of the value.

Each octave has 128 bins, so a quantile is met within 0.4 % of its value, and two counts add up: whatever the
order of the parts and the number of threads, the answer is the same to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.system import Floats

BITS_OF_A_BIN = 45
"""The bits of a float64 below its exponent and the seven bits that number a bin."""
LOWEST = 2.0**-30
OCTAVES = 50
BINS = OCTAVES * 128 + 2
"""One below for what is smaller (read as 0), one above for what is larger."""


def _number(value: float) -> int:
    return int(np.array(value).view(np.int64) >> BITS_OF_A_BIN)


FIRST = _number(LOWEST) - 1


@dataclass(frozen=True, slots=True, eq=False)
class ValueCounts:
    """How many values fell into each bin, by reading and time: int64 array, shape (a, t, bins)."""

    counts: NDArray[np.int64]

    @classmethod
    def none_yet(cls, readings: int, times: int) -> "ValueCounts":
        """Return empty bins."""
        return cls(np.zeros((readings, times, BINS), dtype=np.int64))

    def add(self, values: Floats) -> None:
        """Count values, float64 array, shape (a, p, t), none negative; all of one unit."""
        from kairos.domain.pharmacology.kernels.counting import count

        count(np.asarray(values, dtype=np.float64).view(np.int64), BITS_OF_A_BIN, FIRST, self.counts)

    def together_with(self, others: "Sequence[ValueCounts]") -> "ValueCounts":
        """Return these counts and others as one."""
        return ValueCounts(sum((other.counts for other in others), start=self.counts.copy()))

    def quantiles(self, levels: Sequence[float]) -> Floats:
        """Return float64 array, shape (levels, a, t), each in the middle of the bin in which it lies.

        Parameters
        ----------
        levels : 0 to 1
        """
        running = np.cumsum(self.counts, axis=2)
        total = running[:, :, -1:]
        found = [np.argmax(running > level * (total - 1), axis=2) for level in levels]
        return np.asarray(_middles()[np.array(found)])


def _middles() -> Floats:
    """Return the value in the middle of each bin; 0 for the lowest."""
    edges = (np.arange(FIRST, FIRST + BINS + 1, dtype=np.int64) << BITS_OF_A_BIN).view(np.float64)
    middles = 0.5 * (edges[:-1] + edges[1:])
    middles[0] = 0.0
    return middles
