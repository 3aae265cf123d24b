"""A record as one archive: a CSV file a table, the files as they came, and a page that says what is there."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_RISKY = frozenset("=+-@\t\r")
_UNSAFE = frozenset('/\\:*?"<>|') | {chr(number) for number in range(32)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its header, its rows."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def archive(
    sheets: Iterable[Sheet], files: Iterable[tuple[str, bytes]], *, about: str, at: datetime
) -> bytes:
    """Return a ZIP file with each table that has rows, the files, and ``READ-ME.txt``.

    Parameters
    ----------
    about : str      what ``READ-ME.txt`` says
    at : datetime    when it was made; the time of each part
    """
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        packed.writestr(_part("READ-ME.txt", at), about)
        for sheet in sheets:
            if sheet.rows:
                packed.writestr(_part(f"tables/{sheet.name}.csv", at), as_csv(sheet))
        for number, (name, content) in enumerate(files, start=1):
            packed.writestr(_part(f"files/{number:03}-{plain_name(name)}", at), content)
    return held.getvalue()


def as_csv(sheet: Sheet) -> bytes:
    """Return a table as CSV that spreadsheets open: UTF-8 with its mark, no cell that runs as a formula."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(sheet.header)
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return held.getvalue().encode("utf-8-sig")


def plain_name(name: str) -> str:
    """Return a name that any system can keep, which leads nowhere else."""
    kept = "".join("-" if letter in _UNSAFE else letter for letter in name).strip(". ")
    return kept[-100:] or "file"


def _cell(value: object) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return value
        case datetime():
            return value.isoformat()
    text = str(value)
    return f"'{text}" if text[:1] in _RISKY else text


def _part(name: str, at: datetime) -> ZipInfo:
    part = ZipInfo(name, at.timetuple()[:6])
    part.compress_type = ZIP_DEFLATED
    return part
