"""The bytes of a file that a command was given."""

import sys
from pathlib import Path

from kairos.vocab.errors import InvalidInput, Problem


def content_of(name: str) -> bytes:
    """Return the bytes of a file, or of stdin.

    Raises
    ------
    InvalidInput    it cannot be read
    """
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InvalidInput(Problem(name, f"cannot be read: {error.strerror or 'unknown cause'}")) from error
