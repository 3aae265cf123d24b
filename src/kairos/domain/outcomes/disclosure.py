"""Counts of people that may be shown to anyone: small ones hidden, and others so that no sum gives them away.

Where a row has a small count, the whole pair of rows that it stands in is hidden: the pairs are made by
the order of the table and whatever the counts are, for who knows that the next smallest was hidden could
work a count out of the choice. A pair whose own sum is small hides in twice as many rows, and so on. Where
the rows give out, the totals are hidden too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Counts = tuple[int, ...]
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as anyone may see it; ``None`` is hidden, whether small itself or for another's sake."""

    rows: Mapping[str, Counts | None]
    totals: Counts | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return self.totals is None or None in self.rows.values()


def is_small(count: int, smallest: int) -> bool:
    """Whether a count could tell who it is: at least one, and fewer than the smallest that is shown."""
    return 0 < count < smallest


def shown_table(table: Mapping[str, Counts], *, smallest: int) -> Shown:
    """Return a table without what could tell who somebody is.

    Parameters
    ----------
    table : mapping of str to tuple of int    the counts of each row, all of one length; columns are added up
    smallest : int                            the smallest count of people that is shown; 3 or more

    Returns
    -------
    Shown    rows in the same order; either all counts of a row are shown or none

    Raises
    ------
    ValueError    rows of different lengths, a count below nought, or a limit that hides too little
    """
    rows = list(table.items())
    _check(rows, smallest)
    hidden = _hidden([counts for _, counts in rows], smallest)
    if hidden is None:
        return Shown(dict.fromkeys(table), None)
    left = {name: None if place in hidden else counts for place, (name, counts) in enumerate(rows)}
    return Shown(left, _sums([counts for _, counts in rows]))


def _hidden(rows: Sequence[Counts], smallest: int) -> frozenset[int] | None:
    """Return the places that are hidden; ``None`` where even all of them together come to a small count."""
    size = 2
    while True:
        blocks = [
            block
            for block in _blocks(len(rows), size)
            if any(is_small(count, smallest) for place in block for count in rows[place])
        ]
        if all(_is_enough([rows[place] for place in block], smallest) for block in blocks):
            return frozenset(place for block in blocks for place in block)
        if size >= len(rows):
            return None
        size *= 2


def _blocks(count: int, size: int) -> list[range]:
    """Return the places in blocks of a size; one place that would be left alone joins the block before."""
    starts = list(range(0, count, size))
    if len(starts) > 1 and count - starts[-1] == 1:
        starts.pop()
    return [range(start, end) for start, end in pairwise([*starts, count])]


def _check(rows: Sequence[tuple[str, Counts]], smallest: int) -> None:
    if smallest < _FEWEST:
        raise ValueError(f"the smallest count shown is {_FEWEST} or more, or a hidden one could be told")
    if len({len(counts) for _, counts in rows}) > 1:
        raise ValueError("every row has as many counts as every other")
    if any(count < 0 for _, counts in rows for count in counts):
        raise ValueError("a count of people is nought or more")


def _sums(rows: Sequence[Counts]) -> Counts:
    return tuple(map(sum, zip(*rows, strict=True)))


def _is_enough(rows: Sequence[Counts], smallest: int) -> bool:
    return len(rows) > 1 and all(total >= smallest for total in _sums(rows))
