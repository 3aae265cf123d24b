"""The import contracts of the house are loaded and kept."""

import re
import subprocess
import sys
from pathlib import Path

from scripts.repository import ROOT

CONTRACTS_AT_LEAST = 9


def test_every_import_contract_is_kept():
    """Run import-linter as ``make check`` does; a contract that does not load counts as broken."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    counts = re.search(r"Contracts: (\d+) kept, (\d+) broken", run.stdout)
    assert counts is not None, run.stdout[-3000:] + run.stderr[-1000:]
    kept, broken = map(int, counts.groups())
    assert broken == 0, run.stdout[-3000:]
    assert kept >= CONTRACTS_AT_LEAST
    assert run.returncode == 0
