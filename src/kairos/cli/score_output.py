"""What ``kairos score`` writes: one line a row, the summary as JSON, the summary for a terminal."""

import csv
import gzip
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np

from kairos.analytics.item_answers import Answers
from kairos.analytics.item_scores import RowScores, ScoreSummary
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.vocab.errors import InvalidInput, Problem

_STATUS = ("empty", "partial", "complete")


class RowWriter:
    """Writes one line a row; the file appears under its name only when all of it is written."""

    def __init__(
        self, file: IO[str], instrument: Instrument, items: tuple[Item, ...], respondent: str
    ) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._instrument = instrument
        self._ids = [item.id for item in items]
        self._respondent = respondent
        self._has_item9 = any(item.safety for item in items)
        self._rows = 0
        named = [respondent] if respondent else []
        last = ["item9_positive"] if self._has_item9 else []
        self._writer.writerow(["row", *named, "status", "total", "band", "refused", "missing", *last])

    def write(self, answers: Answers, scores: RowScores, respondents: Sequence[str]) -> None:
        """Write a block of rows."""
        bands = {None: "", **{total: self._band(total) for total in _totals(scores)}}
        for k, total in enumerate(_totals(scores)):
            self._rows += 1
            named = [respondents[k]] if self._respondent else []
            missing = [] if total is not None else self._missing(answers, k)
            status = _STATUS[2 if total is not None else min(int(scores.answered[k]), 1)]
            refused = int(scores.is_refused[k])
            harm = scores.self_harm[k]
            last = [("" if np.isnan(harm) else int(harm))] if self._has_item9 else []
            shown = "" if total is None else total
            self._writer.writerow(
                [self._rows, *named, status, shown, bands[total], refused, " ".join(missing), *last]
            )

    def _band(self, total: int | None) -> str:
        band = None if total is None else self._instrument.band_of(total)
        return band.name if band else ""

    def _missing(self, answers: Answers, row: int) -> list[str]:
        return [name for name, value in zip(self._ids, answers.values[row], strict=True) if np.isnan(value)]


def _totals(scores: RowScores) -> list[int | None]:
    return [None if np.isnan(total) else int(total) for total in scores.total.tolist()]


@contextmanager
def rows_file(out: Path | None, source: Path) -> Iterator[IO[str] | None]:
    """Open the file for the rows beside its place; it takes its name when everything went well."""
    if out is None:
        yield None
        return
    if out.exists() and out.samefile(source):
        raise InvalidInput(Problem("out", "this is the file that is read; name another one"))
    part = out.with_name(f".{out.name}.part")
    try:
        with _opened(part, packed=out.suffix == ".gz") as file:
            yield file
        os.replace(part, out)
    except OSError as error:
        raise InvalidInput(Problem("out", f"{out.name} cannot be written: {error.strerror}")) from error
    finally:
        part.unlink(missing_ok=True)


def _opened(part: Path, *, packed: bool) -> IO[str]:
    if packed:
        return gzip.open(part, "wt", encoding="utf-8", newline="")
    return part.open("w", encoding="utf-8", newline="")


def summary_object(summary: ScoreSummary) -> dict[str, Any]:
    """Return the object of the command's contract."""
    return {
        "rows": summary.rows,
        "complete": summary.complete,
        "partial": summary.partial,
        "empty": summary.empty,
        "refused": summary.refused,
        "mean": summary.mean,
        "sd": summary.sd,
        "bands": [
            {"label": one.band.name, "min": one.band.lowest, "max": one.band.highest, "n": one.count}
            for one in summary.bands
        ],
        "item9_positive": summary.item9_positive,
    }


def summary_lines(title: str, summary: ScoreSummary) -> Iterator[str]:
    """Yield the summary for a terminal."""
    yield f"{title}: {summary.rows} rows"
    yield f"  complete {summary.complete}, partial {summary.partial}, empty {summary.empty}"
    yield f"  with an answer refused or not known: {summary.refused}"
    if summary.mean is not None:
        spread = "" if summary.sd is None else f", SD {summary.sd:.3f}"
        yield f"  of complete rows: mean {summary.mean:.3f}{spread}"
    for one in summary.bands:
        share = f" ({one.count / summary.complete:.1%})" if summary.complete else ""
        yield f"    {one.band.name} ({one.band.lowest} to {one.band.highest}): {one.count}{share}"
    for reached in summary.lines:
        whom = f", were all {reached.line.sex}" if reached.line.sex else ""
        yield f"  {reached.line.name}{whom}: {reached.count}"
    if summary.item9_positive is not None:
        yield f"  question on self-harm answered with more than never: {summary.item9_positive}"
