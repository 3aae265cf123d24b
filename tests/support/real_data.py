"""Real records: where they are, and what happens to tests that need them where there are none.

A test marked ``real_data`` reads them from ``KAIROS_REAL_DATA``, one marked ``articles`` reads the articles
that lie beside them. Where they are absent such tests are left out with one printed line that counts them;
with ``CI=true`` their absence fails the run.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_LEFT_OUT = pytest.StashKey[int]()


def real_data_folder() -> Path:
    """Return the folder of real records; a relative one counts from the checkout."""
    return (ROOT / os.environ.get("KAIROS_REAL_DATA", "../shared/data")).resolve()


def articles_folder() -> Path:
    """Return the folder of the articles whose claims were checked; it lies beside the real records."""
    return real_data_folder().parent / "articles"


def _lacks(item: pytest.Item) -> bool:
    needs = {"real_data": real_data_folder, "articles": articles_folder}
    return any(item.get_closest_marker(name) and not folder().is_dir() for name, folder in needs.items())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs real records where there are none; refuse to in CI."""
    needing = [item for item in items if _lacks(item)]
    if not needing:
        return
    if os.environ.get("CI", "").lower() == "true":
        raise pytest.UsageError(
            f"{len(needing)} tests need real records; set KAIROS_REAL_DATA to their folder"
        )
    config.stash[_LEFT_OUT] = len(needing)
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Count in one line what was left out."""
    left_out = config.stash.get(_LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(
            f"{left_out} tests of real records left out: KAIROS_REAL_DATA is not there"
        )
