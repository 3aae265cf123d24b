"""Scoring one file, block by block: read, judge every cell, add up, write the rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kairos.analytics.item_answers import Answers, answers_of
from kairos.analytics.item_scores import ScoreSummary, Tally, score_rows
from kairos.analytics.item_tables import ItemTable, TableKind, kind_of, open_table
from kairos.cli.score_columns import ScoredColumns, scored_columns
from kairos.cli.score_output import RowWriter, rows_file
from kairos.cli.score_responses import answers_in, response_rows
from kairos.content.release import ContentRelease
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.vocab.errors import InvalidInput, Problem

Say = Callable[[str], None]
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Block:
    answers: Answers
    respondents: list[str]


@dataclass(frozen=True, slots=True)
class _Rows:
    """A file as blocks of rows: which questions, and the column that names the person, if any."""

    items: tuple[Item, ...]
    respondent: str
    blocks: Iterator[_Block]


@dataclass(slots=True)
class _Faults:
    """Cells that are no answer, counted; the first ones by row and question, none by what it holds."""

    cells: int = 0
    rows: int = 0
    places: list[str] = field(default_factory=list)

    def add(self, answers: Answers, items: tuple[Item, ...], before: int) -> None:
        """Count the faults of a block that begins after ``before`` rows."""
        self.cells += int(np.count_nonzero(answers.bad))
        self.rows += int(np.count_nonzero(answers.bad.any(axis=1)))
        for row, k in np.argwhere(answers.bad)[: _SHOWN - len(self.places)]:
            self.places.append(f"row {before + int(row) + 1} {items[k].id}")

    def check(self, instrument: Instrument) -> None:
        """Refuse the file where anything in it is no answer.

        Raises
        ------
        InvalidInput
        """
        if self.cells:
            more = f" and {self.cells - len(self.places)} more" if self.cells > len(self.places) else ""
            message = (
                f"{self.cells} answers in {self.rows} rows are none of {instrument.short_title}, and no "
                f"known code for refused or don't know: {', '.join(self.places)}{more}. Row 1 is the first "
                "after the names of the columns. Nothing is scored; correct them or leave them empty"
            )
            raise InvalidInput(Problem("answers", message))


def score_file(
    path: Path,
    instrument: Instrument,
    *,
    release: ContentRelease,
    columns: str | None,
    questionnaire: Path | None,
    out: Path | None,
    say: Say,
) -> ScoreSummary:
    """Score a file and return what it adds up to.

    Raises
    ------
    InvalidInput    the file, its columns or one of its answers cannot be used
    """
    if not instrument.has_total:
        raise InvalidInput(
            Problem("instrument", f"{instrument.short_title} has no total; it is assessed, not added up")
        )
    rows = _rows(path, instrument, release, columns, questionnaire, say)
    tally, faults = Tally(instrument, rows.items), _Faults()
    with rows_file(out, path) as file:
        writer = RowWriter(file, instrument, rows.items, rows.respondent) if file else None
        for block in rows.blocks:
            faults.add(block.answers, rows.items, tally.rows)
            scores = score_rows(block.answers, instrument, rows.items)
            tally.add(scores)
            if writer and not faults.cells:
                writer.write(block.answers, scores, block.respondents)
            say(f"{tally.rows} rows read")
        faults.check(instrument)
    return tally.summary()


def _rows(
    path: Path,
    instrument: Instrument,
    release: ContentRelease,
    columns: str | None,
    questionnaire: Path | None,
    say: Say,
) -> _Rows:
    kind = kind_of(path)
    if kind is TableKind.JSON:
        if columns is not None:
            raise InvalidInput(Problem("columns", "FHIR responses have no columns; leave --columns out"))
        return _from_responses(path, instrument, release, questionnaire, say)
    if questionnaire is not None:
        raise InvalidInput(
            Problem("questionnaire", "a Questionnaire says what FHIR responses answer; this is a table")
        )
    table = open_table(path, kind)
    chosen = scored_columns(table, instrument, release, columns)
    codes = ", ".join(str(code) for code in sorted(chosen.survey.codes))
    say(f"{chosen.survey.title}: {codes} are read as refused or don't know where they are no answer")
    return _Rows(chosen.items, chosen.respondent, _blocks(table, chosen))


def _blocks(table: ItemTable, chosen: ScoredColumns) -> Iterator[_Block]:
    named = [chosen.respondent] if chosen.respondent else []
    width = len(chosen.columns)
    for cells in table.blocks([*chosen.columns, *named]):
        respondents = [_plain(cell) for cell in cells[:, width]] if named else []
        yield _Block(answers_of(cells[:, :width], chosen.items, chosen.survey), respondents)


def _plain(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def _from_responses(
    path: Path, instrument: Instrument, release: ContentRelease, questionnaire: Path | None, say: Say
) -> _Rows:
    items = tuple(item for item in instrument.items if item.scored)
    every = tuple(release.instruments.values())
    found = response_rows(path, instrument, every, questionnaire=questionnaire, say=say)
    block = _Block(answers_in(found, items), [row.id for row in found])
    return _Rows(items, "response", iter([block]))
