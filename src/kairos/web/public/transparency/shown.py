"""The words of a programme's figures, and a row's share of the whole."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.domain.outcomes.disclosure import Shown
from kairos.domain.outcomes.transparency import FigureTable
from kairos.queries.transparency import FiguresVersion

TABLE_WORDS: dict[FigureTable, tuple[Promise, Promise]] = {
    FigureTable.SCREENING: (
        _("Who was checked, and who may start"),
        _("Everyone who was checked before a start. A signed decision turns people away or lets them start."),
    ),
    FigureTable.EVENTS: (
        _("Who was harmed or felt unwell"),
        _("Everyone who had a session. What nobody reported is not in it."),
    ),
    FigureTable.WATCHED: (
        _("Was someone watching"),
        _("Every session that was held, from its start until the person left."),
    ),
    FigureTable.OUTCOME: (
        _("Did low mood get less"),
        _("Everyone who had a session: the last answers to one set of questions, against those before it."),
    ),
    FigureTable.COURSES: (
        _("Was there more than the drug"),
        _("Every course: a meeting before, someone watching each session, a meeting after."),
    ),
}
ROW_WORDS: dict[str, Promise] = {
    "cleared": _("May start"),
    "screened_out": _("Turned away, or not now"),
    "undecided": _("Not decided yet"),
    "none_reported": _("Nothing was reported"),
    "reported": _("Something was reported"),
    "serious": _("Something serious was reported"),
    "throughout": _("Watched all the time"),
    "lost": _("The watch was lost for a while"),
    "not_known": _("Not known"),
    "remission": _("Almost no signs left"),
    "response": _("Half as many signs, or fewer"),
    "less": _("Less change, none, or worse"),
    "low_at_start": _("Too few signs at the start to tell"),
    "not_measured": _("Not measured"),
    "parts_3": _("All three"),
    "parts_2": _("Two of them"),
    "parts_1": _("One of them"),
    "parts_0": _("None of them"),
}
_WHOLE = 100


def version_shown(version: FiguresVersion) -> dict[str, Any]:
    """Return one version in words."""
    return {
        "version": version.version,
        "day": version.from_day,
        "smallest": version.smallest,
        "tables": tables_shown(version.tables),
    }


def tables_shown(tables: Mapping[FigureTable, Shown]) -> list[dict[str, Any]]:
    """Return each table with its rows; a count that is hidden is None, and so is its share."""
    return [_table(table, tables[table]) for table in FigureTable if table in tables]


def _table(table: FigureTable, shown: Shown) -> dict[str, Any]:
    heading, about = TABLE_WORDS[table]
    total = shown.totals[0] if shown.totals else None
    rows = [
        {"word": ROW_WORDS[row], "count": counts[0] if counts else None, "share": _share(counts, total)}
        for row, counts in shown.rows.items()
    ]
    return {"name": table.value, "heading": heading, "about": about, "rows": rows, "total": total}


def _share(counts: tuple[int, ...] | None, total: int | None) -> int | None:
    """Return the share in whole percent; only where the count itself is shown."""
    return round(_WHOLE * counts[0] / total) if counts and total else None
