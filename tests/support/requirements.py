"""The table of requirements (``docs/requirements.md``), and whether the tests that it names have run.

A run of everything fails where a test that the table names did not pass in it. A run of a part says nothing
of the rest.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.real_data import articles_folder

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "requirements.md"
WHOLE = "whole"
_CELL = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r"`([^`]+)`")
_PASSED = pytest.StashKey[set[str]]()


@dataclass(frozen=True)
class Requirement:
    """One row: what is asked, where it lives, the tests that show it, and what is missing of it."""

    id: str
    places: tuple[str, ...]
    tests: tuple[str, ...]
    standing: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is missing."""
        return self.standing == WHOLE

    @property
    def reason(self) -> str:
        """What is missing and why, after the word that says how it stands."""
        return self.standing.partition(":")[2].strip()


def read_rows(text: str) -> list[Requirement]:
    """Return the rows of the tables in a page."""
    return [_row(line) for line in text.splitlines() if re.match(r"\| [SX]-\d", line)]


def _row(line: str) -> Requirement:
    said, places, tests, standing = (cell.strip() for cell in _CELL.split(line)[1:-1])
    return Requirement(
        said.split()[0], tuple(_QUOTED.findall(places)), tuple(_QUOTED.findall(tests)), standing
    )


def not_run(named: Iterable[str], passed: Iterable[str]) -> list[str]:
    """Return the tests named, of which no case passed; ``passed`` are ids with their cases in brackets."""
    functions = {each.partition("[")[0] for each in passed}
    return sorted(set(named) - functions)


def is_there(test: str) -> bool:
    """Whether ``tests/a/test_b.py::test_c`` names a function that is there."""
    file, _, name = test.partition("::")
    if not name or not (ROOT / file).is_file():
        return False
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return name in {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}


def is_of_everything(config: pytest.Config) -> bool:
    """Whether this run was asked for the whole suite."""
    chosen = (config.getoption(name, default=None) for name in ("keyword", "markexpr", "deselect", "lf"))
    return config.args == config.getini("testpaths") and not any(chosen)


def listen(config: pytest.Config) -> None:
    """Hear from now on what passes."""
    config.stash[_PASSED] = set()
    config.pluginmanager.register(_Listener(config.stash[_PASSED]))


class _Listener:
    """Hears what passed; in a parallel run the first process hears it of all."""

    def __init__(self, passed: set[str]) -> None:
        self._passed = passed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of everything in which a test that the table names did not pass."""
    config = session.config
    if hasattr(config, "workerinput") or config.option.collectonly or not is_of_everything(config):
        return
    if not articles_folder().is_dir():
        return  # what needs them was left out and counted; in CI their absence fails by itself
    named = [test for row in read_rows(PAGE.read_text(encoding="utf-8")) for test in row.tests]
    missing = not_run(named, config.stash[_PASSED])
    if missing:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        for test in missing if reporter else ():
            reporter.write_line(f"{PAGE.name} names a test that did not pass in this run: {test}", red=True)
