"""A document as a PDF that a screen reader can read (PDF/UA-1): headings, words, tables.

Who makes a document hands in every word of it. The fonts are those within the typesetter, so a document is
the same everywhere. A name in letters that they lack does not keep a document back: then the machine's fonts
are used as well, and the file makes no promise to screen readers.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

TEMPLATE = Path(__file__).with_name("document.typ")
STANDARD: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    strong: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header; ``widths`` are shares of the page, ``tall`` leaves room to write in."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    heading: str = ""
    tall: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What begins on a page of its own."""

    heading: str
    parts: tuple[Words | Table, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``language`` is a code such as ``en``; the footer stands on every page.

    ``size_pt`` is the size of its letters, in points.
    """

    title: str
    language: str
    author: str
    footer: str
    sheets: tuple[Sheet, ...]
    size_pt: int = 10


def as_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1.

    Parameters
    ----------
    document : Document    with at least one sheet; every table has as many widths as columns

    Raises
    ------
    ValueError    a row or the widths of a table do not fit its header
    """
    import typst

    for sheet in document.sheets:
        for part in sheet.parts:
            _check_table(part)
    template = TEMPLATE.read_bytes()
    told = {"document": msgspec.json.encode(document).decode()}
    try:
        return typst.compile(
            template, format="pdf", sys_inputs=told, ignore_system_fonts=True, pdf_standards=STANDARD
        )
    except typst.TypstError:
        return typst.compile(template, format="pdf", sys_inputs=told)


def _check_table(part: Words | Table) -> None:
    if isinstance(part, Table):
        columns = len(part.header)
        if len(part.widths) != columns or any(len(row) != columns for row in part.rows):
            raise ValueError(f"each row and the widths of a table have {columns} columns, as its header")
