"""Counting values into bins that are numbered by the leading bits of the values themselves."""

from kairos.domain.pharmacology.kernels.compiled import Array, compiled


@compiled
def count(bits: Array, shift: int, first: int, counts: Array) -> None:
    """Add one to the bin of each value.

    Parameters
    ----------
    bits : int64 array, shape (a, p, t)        the values' bits, none negative
    shift : int                                how many bits do not count
    first : int                                number of the lowest bin
    counts : int64 array, shape (a, t, bins)   changed in place; whatever lies outside falls into the end bins
    """
    last = counts.shape[2] - 1
    for a in range(bits.shape[0]):
        for i in range(bits.shape[1]):
            for k in range(bits.shape[2]):
                counts[a, k, min(max((bits[a, i, k] >> shift) - first, 0), last)] += 1
