"""Which columns of a table hold which question. They are known or named; nothing is guessed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from kairos.analytics.item_scores import total_item
from kairos.analytics.item_tables import ItemTable
from kairos.content.release import ContentRelease
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.domain.instruments.survey import BY_HAND, SurveySource
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class ScoredColumns:
    """The columns to read, the question each one answers, and the codes that hold in them."""

    columns: tuple[str, ...]
    items: tuple[Item, ...]
    survey: SurveySource
    respondent: str = ""


def scored_columns(
    table: ItemTable, instrument: Instrument, release: ContentRelease, named: str | None
) -> ScoredColumns:
    """Return the columns of a table.

    Raises
    ------
    InvalidInput    they are neither named nor those of a known source, or the names do not fit
    """
    scored = tuple(item for item in instrument.items if item.scored)
    if named is None:
        survey, columns = _known(table, instrument, release)
        return ScoredColumns(columns, scored, survey, _respondent(table, survey))
    columns = tuple(_column(table, name) for name in next(csv.reader([named], skipinitialspace=True), []))
    if len(set(columns)) != len(columns):
        raise _refused("a column is named twice; each question has its own")
    survey = _survey_of(columns, instrument, release)
    items = instrument.items
    if len(columns) == len(scored):
        items = scored
    elif len(columns) == 1 and instrument.totalling.entered is not None:
        items = (total_item(instrument),)
    elif len(columns) != len(items):
        raise _refused(f"{len(columns)} columns are named; {_expected(instrument)}")
    pairs = [(column, item) for column, item in zip(columns, items, strict=True) if item.scored]
    return ScoredColumns(
        tuple(column for column, _ in pairs),
        tuple(item for _, item in pairs),
        survey,
        _respondent(table, survey),
    )


def _known(
    table: ItemTable, instrument: Instrument, release: ContentRelease
) -> tuple[SurveySource, tuple[str, ...]]:
    """Return the known source whose columns the table has, or Kairos' own item ids."""
    by_hand = release.surveys[BY_HAND]
    offers = [(s, s.columns[instrument.id]) for s in release.surveys.values() if instrument.id in s.columns]
    offers += [(by_hand, instrument.scored_ids)] if instrument.scored_ids else []
    found = [(survey, names) for survey, names in offers if _has_all(table, names)]
    if len(found) != 1:
        raise _refused(
            f"the columns of {table.path.name} are not those of a known source, and they are not guessed; "
            f"name them with --columns, in the order of the questions: {_expected(instrument)}"
        )
    survey, names = found[0]
    return survey, tuple(_column(table, name) for name in names)


def _survey_of(columns: tuple[str, ...], instrument: Instrument, release: ContentRelease) -> SurveySource:
    """Return the source that the named columns belong to; the order of a known one is known."""
    named = [name.casefold() for name in columns]
    for survey in release.surveys.values():
        known = [name.casefold() for name in survey.columns.get(instrument.id, ())]
        if known and sorted(known) == sorted(named):
            if known != named:
                order = ",".join(survey.columns[instrument.id])
                raise _refused(f"these are columns of {survey.title}, in another order; expected {order}")
            return survey
    return release.surveys[BY_HAND]


def _column(table: ItemTable, name: str) -> str:
    """Return the column of a name; capitals matter only where they tell two columns apart."""
    wanted = name.strip()
    fits = [column for column in table.columns if column == wanted]
    fits = fits or [column for column in table.columns if column.casefold() == wanted.casefold()]
    if not fits:
        raise _refused(f"{table.path.name} has no column {wanted!r}")
    if len(fits) > 1:
        raise _refused(f"{table.path.name} has several columns {wanted!r}; give each its own name")
    return fits[0]


def _has_all(table: ItemTable, names: Iterable[str]) -> bool:
    held = {column.casefold() for column in table.columns}
    return all(name.casefold() in held for name in names)


def _respondent(table: ItemTable, survey: SurveySource) -> str:
    return next(
        (c for c in table.columns if survey.respondent and c.casefold() == survey.respondent.casefold()), ""
    )


def _expected(instrument: Instrument) -> str:
    parts = []
    if instrument.scored_ids:
        parts.append(f"{len(instrument.scored_ids)} for {', '.join(instrument.scored_ids)}")
    if 0 < len(instrument.scored_ids) < len(instrument.items):
        parts.append(f"{len(instrument.items)} with those that are not scored")
    if instrument.totalling.entered is not None:
        parts.append("1 for totals")
    return f"{instrument.short_title} takes {', or '.join(parts)}"


def _refused(message: str) -> InvalidInput:
    return InvalidInput(Problem("columns", message))
