"""Work shared among the machine's cores; the kernels let go of the interpreter's lock."""

import os
from concurrent.futures import ThreadPoolExecutor

from kairos.domain.pharmacology.propagation import Sharing, Work, alone

PIECES_A_THREAD = 4
"""Pieces are smaller than a thread's share, so that a slow one does not hold up the rest."""


def sharing_among(threads: int | None = None) -> Sharing:
    """Return a way to share work among so many threads; as many as there are cores, where none is named."""
    wanted = threads or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    many = wanted or 1
    if many == 1:
        return alone

    def share(work: Work, units: int) -> None:
        step = max(1, -(-units // (many * PIECES_A_THREAD)))
        with ThreadPoolExecutor(many) as pool:
            for piece in [
                pool.submit(work, first, min(first + step, units)) for first in range(0, units, step)
            ]:
                piece.result()

    return share
