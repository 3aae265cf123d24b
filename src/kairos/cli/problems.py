"""Maps what can go wrong in a command to its exit code and one message, in one place."""

import sys
import traceback
from pathlib import Path

from kairos.vocab.errors import KairosError

DONE = 0
FOUND_WRONG = 1
BAD_INPUT = 2
OUR_FAULT = 3


class CannotRun(RuntimeError):
    """Something of this machine or installation is not as it must be; the message says what to do."""


def report(error: Exception) -> int:
    """Print what happened on stderr and return the exit code.

    A bug is told by its kind and place only: its message may hold what was in a record.
    """
    if isinstance(error, KairosError):
        print(f"kairos: {error}", file=sys.stderr)
        return BAD_INPUT
    if isinstance(error, CannotRun):
        print(f"kairos: {error}", file=sys.stderr)
        return OUR_FAULT
    print(f"kairos: a fault of the program: {type(error).__name__}", file=sys.stderr)
    for frame in traceback.extract_tb(error.__traceback__)[-6:]:
        print(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}", file=sys.stderr)
    return OUR_FAULT
