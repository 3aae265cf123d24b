"""The totals of many people at once, and what they add up to.

The same rules as for one person (``domain/instruments/scoring.py``), over columns: a missing answer leaves
the total unknown. A test holds the two equal.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kairos.analytics.item_answers import Answers, Flags, Numbers
from kairos.domain.instruments.cut_offs import CutOff
from kairos.domain.instruments.questionnaire import Band, Instrument, Item
from kairos.vocab.verdict import Verdict

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowScores:
    """The scores of r people, each array of shape (r,).

    ``total`` is NaN where an item is missing; ``answered`` counts valid answers. ``self_harm`` is 1 where
    the instrument's question on self-harm is answered with anything that starts the safety pathway, 0
    where it is answered otherwise, NaN where it is not answered or not asked.
    """

    total: Numbers
    answered: Counts
    is_refused: Flags
    self_harm: Numbers


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many totals lie in a named range, both ends included."""

    band: Band
    count: int


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many totals reach a published line; of a line for one sex, everybody: the sex is not read."""

    line: CutOff
    count: int


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """What a data set adds up to. ``complete`` + ``partial`` + ``empty`` = ``rows``.

    ``mean``, ``sd`` (n - 1) and ``bands`` are of complete rows; None where there are too few.
    ``item9_positive`` is None for an instrument without a question on self-harm.
    """

    rows: int
    complete: int
    partial: int
    empty: int
    refused: int
    mean: float | None
    sd: float | None
    bands: tuple[BandCount, ...]
    item9_positive: int | None
    lines: tuple[LineCount, ...] = ()


def score_rows(answers: Answers, instrument: Instrument, items: tuple[Item, ...]) -> RowScores:
    """Score every row by the instrument's content. ``items`` are the columns, all of the scored ones."""
    values = answers.values
    is_complete = ~np.isnan(values).any(axis=1)
    points = {item.id: _points(values[:, k], item) for k, item in enumerate(items)}
    return RowScores(
        total=np.where(is_complete, _add_up(points, instrument), np.nan),
        answered=np.count_nonzero(~np.isnan(values), axis=1),
        is_refused=np.any(answers.refused, axis=1),
        self_harm=_self_harm(values, items),
    )


def total_item(instrument: Instrument) -> Item:
    """Return the one item that stands for an entered total."""
    return Item("total", "Total", (), span=instrument.totalling.entered)


def _points(column: Numbers, item: Item) -> Numbers:
    return min(item.values) + max(item.values) - column if item.reverse else column


def _add_up(points: dict[str, Numbers], instrument: Instrument) -> Numbers:
    rule = instrument.totalling
    once = {item for domain in rule.domains for item in domain.items} & set(points)
    singly = [column for item, column in points.items() if item not in once]
    together = [np.max([points[i] for i in d.items], axis=0) for d in rule.domains if once]
    factor = 1 if "total" in points else rule.factor
    return np.asarray(factor * np.sum([*singly, *together], axis=0), dtype=np.float64)


def _self_harm(values: Numbers, items: tuple[Item, ...]) -> Numbers:
    for k, item in enumerate(items):
        if item.safety:
            least = min(step.at_least for step in item.safety)
            return np.where(np.isnan(values[:, k]), np.nan, (values[:, k] >= least).astype(np.float64))
    return np.full(len(values), np.nan)


@dataclass(slots=True)
class Tally:
    """Counts blocks of rows as they come; exact, whatever the size of the blocks."""

    instrument: Instrument
    items: tuple[Item, ...]
    rows: int = 0
    empty: int = 0
    refused: int = 0
    item9: int = 0
    totals: dict[int, int] = field(default_factory=dict)

    def add(self, scores: RowScores) -> None:
        """Count one block of rows."""
        self.rows += len(scores.total)
        self.empty += int(np.count_nonzero(scores.answered == 0))
        self.refused += int(np.count_nonzero(scores.is_refused))
        self.item9 += int(np.nansum(scores.self_harm))
        known, counts = np.unique(scores.total[~np.isnan(scores.total)].astype(np.int64), return_counts=True)
        for total, count in zip(known.tolist(), counts.tolist(), strict=True):
            self.totals[total] = self.totals.get(total, 0) + count

    def summary(self) -> ScoreSummary:
        """Return what was counted so far."""
        complete = sum(self.totals.values())
        has_item9 = any(item.safety for item in self.items)
        return ScoreSummary(
            rows=self.rows,
            complete=complete,
            partial=self.rows - complete - self.empty,
            empty=self.empty,
            refused=self.refused,
            mean=self._mean(complete),
            sd=self._deviation(complete),
            bands=tuple(BandCount(band, self._within(band)) for band in self.instrument.bands),
            item9_positive=self.item9 if has_item9 else None,
            lines=tuple(LineCount(line, self._reaching(line)) for line in self.instrument.cut_offs),
        )

    def _mean(self, n: int) -> float | None:
        return sum(total * count for total, count in self.totals.items()) / n if n else None

    def _deviation(self, n: int) -> float | None:
        if n < 2:
            return None
        whole = sum(total * count for total, count in self.totals.items())
        squares = sum(total * total * count for total, count in self.totals.items())
        # Whole numbers until the last step: nothing is lost to rounding, however many rows there are.
        return float(((n * squares - whole * whole) / (n * (n - 1))) ** 0.5)

    def _within(self, band: Band) -> int:
        return sum(count for total, count in self.totals.items() if band.lowest <= total <= band.highest)

    def _reaching(self, line: CutOff) -> int:
        reached = (line.judge(total, sex=line.sex) is Verdict.MET for total in self.totals)
        return sum(count for count, is_met in zip(self.totals.values(), reached, strict=True) if is_met)
