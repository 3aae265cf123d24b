"""The examples are short, and run."""

import os
import subprocess
import sys

import pytest

from scripts.repository import ROOT, python_files, shown

LONGEST = 60
EXAMPLES = python_files(ROOT / "examples")


@pytest.mark.parametrize("example", EXAMPLES, ids=shown)
def test_an_example_fits_on_a_page(example):
    assert len(example.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("example", EXAMPLES, ids=shown)
def test_an_example_runs_and_says_something(example, tmp_path):
    """As a reader would start it: warnings count as errors, and nothing is written into the checkout."""
    run = subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        cwd=tmp_path,
        env=os.environ | {"KAIROS_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    assert run.stderr == ""
