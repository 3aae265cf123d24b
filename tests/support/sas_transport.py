"""SAS transport files read by hand, byte by byte: an independent check of what the program reads.

Source: SAS Institute, TS-140, record layout of a data set in transport format, version 5.
"""

import gzip
from pathlib import Path

import numpy as np

_RECORD, _NAMESTR = 80, 140


def columns_of(path: Path) -> dict[str, np.ndarray]:
    """Return the numeric columns of a file; NaN where a value is missing."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    start = raw.index(b"HEADER RECORD*******NAMESTR")
    count = int(raw[start + 54 : start + 58])
    names = [_name(raw, start + _RECORD + k * _NAMESTR) for k in range(count)]
    data = raw[raw.index(b"HEADER RECORD*******OBS") + _RECORD :]
    rows = len(data) // (8 * count)
    cells = np.frombuffer(data[: rows * 8 * count], dtype=np.uint8).reshape(rows, count, 8)
    cells = cells[~(cells == 0x20).all(axis=(1, 2))]  # the last record is filled up with blanks
    return {name: _numbers(cells[:, k]) for k, name in enumerate(names)}


def _name(raw: bytes, at: int) -> str:
    kind, length = int.from_bytes(raw[at : at + 2]), int.from_bytes(raw[at + 4 : at + 6])
    assert (kind, length) == (1, 8), "only numbers of eight bytes are read here"
    return raw[at + 8 : at + 16].decode("ascii").strip()


def _numbers(cells: np.ndarray) -> np.ndarray:
    """Return IBM floating point numbers: sign and exponent of sixteen in one byte, then a fraction."""
    first = cells[:, 0].astype(np.int64)
    fraction = np.zeros(len(cells))
    for k in range(7):
        fraction += cells[:, k + 1] / 256.0 ** (k + 1)
    sign = np.where(first & 0x80, -1.0, 1.0)
    numbers = sign * fraction * 16.0 ** ((first & 0x7F) - 64)
    return np.where((fraction == 0) & (first != 0), np.nan, numbers)
