"""A record as a document to read: one part a table, a line a row: when, what, and all else that was kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from uuid import UUID

from kairos.interop.paper.document import Sheet as PaperSheet
from kairos.interop.paper.document import Table, Words

_WHEN = (
    *(
        "true_at",
        "signed_at",
        "answered_at",
        "ordered_at",
        "verified_at",
        "raised_at",
        "starts_at",
        "made_at",
    ),
    *("stated_at", "reviewed_at", "withdrawn_at", "invalidated_at", "pgh_created_at", "recorded_at"),
)
_WHAT = (
    *("words.code", "concept", "term", "type", "kind", "action", "instrument", "rule", "resource_type"),
    *("template", "channel", "purpose", "state", "protocol", "stage", "item", "role", "pgh_label"),
)
_WIDTHS = (3, 4, 9)


def sheet_of(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    header: tuple[str, str, str],
    zone: tzinfo,
) -> PaperSheet:
    """Return one table of a record as a part of a document, times in the person's own zone."""
    lines = tuple(_line(columns, row, zone) for row in rows)
    return PaperSheet(title, (Table(header, lines, _WIDTHS),))


def empty_sheet(title: str, words: Iterable[str]) -> PaperSheet:
    """Return a part that says something in paragraphs."""
    return PaperSheet(title, tuple(Words(each) for each in words))


def _line(columns: Sequence[str], row: Sequence[object], zone: tzinfo) -> tuple[str, str, str]:
    told = {
        name: value for name, value in zip(columns, row, strict=True) if value not in (None, "", "{}", "[]")
    }
    at = next((name for name in _WHEN if name in told), "")
    what = next((name for name in _WHAT if name in told), "")
    rest = [
        f"{name.removeprefix('words.').replace('_', ' ')}: {_said(value, zone)}"
        for name, value in told.items()
        if name not in (at, what) and not isinstance(value, UUID)
    ]
    return _said(told.get(at, ""), zone), _said(told.get(what, ""), zone), "; ".join(rest)


def _said(value: object, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if isinstance(value, str) and " " not in value else str(value)
