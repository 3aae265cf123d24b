"""``docs/requirements.md`` says of each requirement where it lives, what shows it, and what is missing."""

import pytest

from scripts.repository import ROOT
from tests.support.requirements import PAGE, is_there, not_run, read_rows

ROWS = read_rows(PAGE.read_text(encoding="utf-8"))
ASKED = (range(22, 49), range(87, 96), range(122, 128), (135,), range(147, 158))
STANDINGS = ("whole", "partly", "not yet")


def test_every_row_asked_for_has_one_line():
    assert [row.id for row in ROWS] == [f"S-{number:03d}" for part in ASKED for number in part]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_it_lives_where_the_line_says(row):
    assert [place for place in row.places if not (ROOT / place).exists()] == []
    assert row.places or row.standing.startswith("not yet")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_its_tests_are_there(row):
    """That they ran and passed is asked at the end of each run of everything."""
    assert [test for test in row.tests if not is_there(test)] == []
    assert row.tests or row.standing.startswith("not yet")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_nothing_stands_in_part_without_a_reason(row):
    word = row.standing.partition(":")[0]
    assert word in STANDINGS
    assert bool(row.reason) is not row.is_whole


def test_a_test_has_run_where_one_of_its_cases_passed():
    named = ["tests/a.py::test_x", "tests/a.py::test_y", "tests/b.py::test_x"]
    assert not_run(named, ["tests/a.py::test_x[1-a]", "tests/b.py::test_x"]) == ["tests/a.py::test_y"]


def test_a_line_is_read_with_its_places_tests_and_standing():
    (row,) = read_rows("| S-001 A row | `a/b`, `c` | `t.py::test_a` `t.py::test_b` | partly: so far |\n| x |")
    assert (row.places, row.tests) == (("a/b", "c"), ("t.py::test_a", "t.py::test_b"))
    assert (row.is_whole, row.reason) == (False, "so far")
