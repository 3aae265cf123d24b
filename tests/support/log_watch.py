"""A fixture that reads every log line of a test and fails it where one tells about a person."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.canaries import found_in


class Listening(logging.Handler):
    """Keeps each line as it would be written, with its arguments and its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))

    @property
    def telling(self) -> list[str]:
        """The lines that hold a canary word."""
        return [line for line in self.lines if found_in(line)]


@pytest.fixture(autouse=True)
def nothing_of_a_person_is_logged() -> Iterator[Listening]:
    """Listen to all loggers, also to those that do not pass their lines on."""
    listening = Listening()
    closed = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    ears = [logging.getLogger(), *(logger for logger in closed if not logger.propagate)]
    for logger in ears:
        logger.addHandler(listening)
    yield listening
    for logger in ears:
        logger.removeHandler(listening)
    assert listening.telling == []
