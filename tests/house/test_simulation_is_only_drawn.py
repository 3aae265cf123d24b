"""What is simulated is drawn behind what was measured: nothing that decides, alarms or releases reads it."""

import ast

import pytest

from scripts.repository import PACKAGE, python_files, shown

DECIDES = (
    "domain/rules",
    "domain/protocols",
    "domain/eligibility",
    "domain/sessions",
    "domain/integration",
    "domain/outcomes",
    "actions",
    "queries",
    "jobs",
    "live",
    "interop",
    "store",
)
SIMULATES = ("kairos.pharmacology", "kairos.domain.pharmacology")


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("folder", DECIDES)
def test_nothing_that_decides_reads_a_simulation(folder):
    files = python_files(PACKAGE / folder)
    assert files
    read = [
        f"{shown(path)}: {name}" for path in files for name in _imports(path) if name.startswith(SIMULATES)
    ]
    assert not read


def test_the_console_draws_the_window_and_the_record_does_not():
    sessions = PACKAGE / "web" / "clinic" / "sessions"
    readers = {
        path.name
        for path in python_files(sessions)
        if any(name.startswith(SIMULATES) for name in _imports(path))
    }
    assert readers == {"expected_page.py"}
    assert "simulated=False" in (sessions / "record_page.py").read_text(encoding="utf-8")
