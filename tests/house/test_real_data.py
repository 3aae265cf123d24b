"""Tests of real records are counted when they are left out, and never left out in CI."""

import os
import subprocess
import sys

from scripts.repository import ROOT

INNER = """
import pytest
from tests.support.real_data import pytest_collection_modifyitems, pytest_terminal_summary
"""
TESTS = """
import os
import pytest

@pytest.mark.real_data
def test_needs_records():
    assert "KAIROS_REAL_DATA" in os.environ

def test_needs_none():
    assert "PYTHONPATH" in os.environ
"""


def run_without_records(tmp_path, **environment):
    (tmp_path / "conftest.py").write_text(INNER, encoding="utf-8")
    (tmp_path / "test_inner.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = real_data: records\n", encoding="utf-8")
    outside = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST")}
    given = {"KAIROS_REAL_DATA": str(tmp_path / "nowhere"), "PYTHONPATH": str(ROOT), **environment}
    plain = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plain, str(tmp_path)],
        cwd=tmp_path,
        env=outside | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_left_out_with_one_line_that_counts_them(tmp_path):
    run = run_without_records(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 tests of real records left out" in run.stdout
    assert "1 passed, 1 deselected" in run.stdout


def test_their_absence_fails_in_ci(tmp_path):
    run = run_without_records(tmp_path, CI="true")
    assert run.returncode != 0
    assert "set KAIROS_REAL_DATA" in run.stdout + run.stderr


def test_all_of_them_run_where_there_are_records(tmp_path):
    run = run_without_records(tmp_path, KAIROS_REAL_DATA=str(tmp_path), CI="true")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 passed" in run.stdout
