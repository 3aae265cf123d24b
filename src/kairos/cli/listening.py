"""Where a process listens: a socket file (behind the front door) or an address (behind a proxy)."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A socket file, else host and port."""

    uds: Path | None
    host: str
    port: int


def add_listen_argument(parser: argparse.ArgumentParser, port: int) -> None:
    """Add ``--listen``."""
    parser.add_argument(
        "--listen",
        default=f"127.0.0.1:{port}",
        metavar="HOST:PORT|unix:FILE",
        help=f"where to listen (127.0.0.1:{port})",
    )


def read_place(text: str) -> Place:
    """Return the place.

    Raises
    ------
    InvalidInput
    """
    if text.startswith("unix:"):
        return Place(Path(text.removeprefix("unix:")), "", 0)
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise InvalidInput(Problem("--listen", f"is {text!r}; give HOST:PORT or unix:FILE"))
    return Place(None, host, int(port))
