"""Each row of the table of faults names a test, and that test exists."""

import re

import pytest

from tests.house.test_repository import ROOT

PAGE = ROOT / "docs" / "explanation" / "faults.md"
ROWS = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")][1:]


def test_the_table_has_rows() -> None:
    assert len(ROWS) > 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_row_names_a_test_that_exists(row: str) -> None:
    named = re.search(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
    assert named, row
    assert f"def {named[2]}(" in (ROOT / named[1]).read_text()
