"""Where a command may write: into a folder that is there, and never over what it reads."""

import os
from collections.abc import Iterable
from pathlib import Path

from kairos.vocab.errors import InvalidInput, Problem


def free_place(name: str, *, read: Iterable[str | Path]) -> Path:
    """Return the place for a file that is to be written.

    Raises
    ------
    InvalidInput    it is one of the files that are read, or nothing can be written there
    """
    path = Path(name)
    if not os.access(path.parent, os.W_OK) or not path.parent.is_dir():
        raise InvalidInput(Problem("out", f"{name} cannot be written: no folder {path.parent} to write to"))
    if path.is_dir():
        raise InvalidInput(Problem("out", f"{name} is a folder; name a file"))
    if path.exists() and any(Path(one).exists() and path.samefile(one) for one in read):
        raise InvalidInput(Problem("out", f"{name} is a file that is read; name another one"))
    return path
