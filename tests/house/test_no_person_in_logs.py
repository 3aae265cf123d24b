"""No test of an action or a screen leaves a person's words in a log: the watch, and that it hears."""

import ast
import logging

import pytest

from scripts.repository import ROOT
from tests.support import canaries
from tests.support.log_watch import Listening

WATCHED = ("wired", "web")


@pytest.mark.parametrize("folder", WATCHED)
def test_every_test_with_a_database_is_watched(folder):
    """The folder's ``conftest.py`` brings the watch in, for all tests below it."""
    text = (ROOT / "tests" / folder / "conftest.py").read_text(encoding="utf-8")
    imported = {a.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom) for a in n.names}
    assert "nothing_of_a_person_is_logged" in imported


def test_people_of_these_tests_bear_the_watched_words():
    builder = (ROOT / "tests" / "support" / "clinic.py").read_text(encoding="utf-8")
    assert "canaries.FAMILY" in builder
    assert "canaries.GIVEN" in builder


def test_the_watch_hears_arguments_and_tracebacks():
    listening = Listening()
    logger = logging.getLogger("kairos.test_of_the_watch")
    logger.addHandler(listening)
    try:
        logger.warning("saved %s", canaries.FAMILY)
        logger.warning("saved rule %s", "eligibility.pregnancy")
        try:
            raise ValueError(canaries.FREE_TEXT)
        except ValueError:
            logger.exception("it went wrong")
    finally:
        logger.removeHandler(listening)
    assert len(listening.lines) == 3
    assert len(listening.telling) == 2
