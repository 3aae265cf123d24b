"""Tables of answers on disk: CSV and SAS transport files, gzipped or not, read block by block."""

import csv
import gzip
import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from kairos.vocab.errors import InvalidInput, Problem

BLOCK_ROWS = 100_000
_GZIP = b"\x1f\x8b"
_SAS = b"HEADER RECORD*******LIBRARY HEADER RECORD"
_SAS_8 = b"HEADER RECORD*******LIBV8"
_HEAD_BYTES = 4096
_CARD_BYTES = 80
_SEPARATORS = ",;\t"
_UNREADABLE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
    csv.Error,
)


class TableKind(StrEnum):
    """What a file is, told by its first bytes and not by its name."""

    CSV = "csv"
    SAS = "xpt"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ItemTable:
    """A file of rows: its columns in order, and, for text, what separates them."""

    path: Path
    kind: TableKind
    columns: tuple[str, ...]
    separator: str = ","

    def blocks(self, columns: Sequence[str], *, rows: int = BLOCK_ROWS) -> Iterator[Any]:
        """Yield blocks of the named columns as arrays of shape (r, k): numbers from SAS, text from CSV.

        Raises
        ------
        InvalidInput    the file cannot be read to its end, or a line has not the columns of the first
        """
        places = [self.columns.index(name) for name in columns]
        with _reading(self.path) as file:
            if self.kind is TableKind.SAS:
                yield from _sas_blocks(file, places, rows)
                return
            with io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="") as text:
                lines = self._lines(csv.reader(text, delimiter=self.separator))
                while block := list(islice(lines, rows)):
                    yield np.array([[line[place] for place in places] for line in block], dtype=object)

    def _lines(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        """Yield the lines after the first; an empty one is a row only where a row is one cell."""
        width = len(self.columns)
        next(reader, None)
        for number, line in enumerate(reader, start=1):
            if len(line) == width:
                yield line
            elif not line:
                yield from [[""]] if width == 1 else []
            elif len(line) < width or any(line[width:]):
                raise _refused(
                    self.path, f"row {number} has {len(line)} cells, and the first line names {width}"
                )
            else:
                yield line


def kind_of(path: Path) -> TableKind:
    """Return what a file holds.

    Raises
    ------
    InvalidInput    not there, empty, or neither text nor SAS transport
    """
    with _reading(path) as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise _refused(path, "the file is empty")
    if head.startswith(_SAS):
        return TableKind.SAS
    if head.startswith(_SAS_8):
        raise _refused(path, "a SAS transport file of version 8; save it as version 5, or as CSV")
    if b"\0" in head:
        raise _refused(path, "neither CSV, SAS transport (.xpt) nor JSON; save it as one of these")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return TableKind.JSON if start in (b"{", b"[") else TableKind.CSV


def open_table(path: Path, kind: TableKind) -> ItemTable:
    """Return a table with its columns; nothing but its head is read.

    Raises
    ------
    InvalidInput    the head cannot be read
    """
    with _reading(path) as file:
        if kind is TableKind.SAS:
            return ItemTable(path, kind, tuple(_sas_reader(file, 1).columns))
        with io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="") as text:
            line = text.readline()
            separator = max(_SEPARATORS, key=line.count)
            columns = next(csv.reader(chain([line], text), delimiter=separator), [])
    return ItemTable(path, kind, tuple(name.strip() for name in columns), separator)


def _sas_reader(file: IO[bytes], rows: int) -> Any:
    """Return the reader of a transport file; what it only warns of, such as a file cut off, is an error."""
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return pd.read_sas(file, format="xport", encoding="latin-1", chunksize=rows)


def _sas_blocks(file: IO[bytes], places: list[int], rows: int) -> Iterator[Any]:
    for frame in _sas_reader(file, rows):
        block = frame.iloc[:, places]
        is_text = any(kind.kind != "f" for kind in block.dtypes)
        yield block.fillna("").astype(str).to_numpy(dtype=object) if is_text else block.to_numpy(dtype=float)
    # Records are padded to whole cards with blanks. Anything else is the beginning of a row without its end.
    if file.read(_CARD_BYTES).strip(b" "):
        raise EOFError("the last row is not whole; the file was cut off: transfer it again")


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, gzipped or not; whatever is wrong with it becomes one clear refusal."""
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == _GZIP
            plain.seek(0)
            yield cast(IO[bytes], gzip.GzipFile(fileobj=plain)) if packed else plain
    except FileNotFoundError as error:
        raise _refused(path, "there is no such file") from error
    except (*_UNREADABLE, Warning) as error:
        raise _refused(path, f"cannot be read as a table ({error})") from error


def _refused(path: Path, message: str) -> InvalidInput:
    return InvalidInput(Problem(path.name, message))
