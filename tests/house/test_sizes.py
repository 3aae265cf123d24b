"""Functions and files stay small enough to be read in one go."""

import statistics

from scripts.check_sizes import (
    FILE_LIMIT,
    FUNCTION_LIMIT,
    counted_files,
    file_sizes,
    function_sizes,
    summary,
    too_long,
)

MEDIAN_FUNCTION = 8
P90_FUNCTION = 30
MEDIAN_FILE = 120


def test_no_function_is_over_the_limit():
    assert too_long(function_sizes(counted_files()), FUNCTION_LIMIT) == []


def test_no_file_is_over_the_limit():
    assert too_long(file_sizes(counted_files()), FILE_LIMIT) == []


def test_the_usual_function_and_file_are_short():
    functions = sorted(s.lines for s in function_sizes(counted_files()))
    assert statistics.median(functions) <= MEDIAN_FUNCTION
    assert functions[int(0.9 * (len(functions) - 1))] <= P90_FUNCTION
    assert statistics.median(s.lines for s in file_sizes(counted_files())) <= MEDIAN_FILE


def test_the_report_names_the_longest(tmp_path, monkeypatch):
    source = tmp_path / "long.py"
    source.write_text(
        'def f():\n    """Words\n    more words."""\n\n    a = 1\n    return a\n', encoding="utf-8"
    )
    monkeypatch.setattr("scripts.check_sizes.shown", lambda path: path.name)
    sizes = function_sizes([source])
    assert [(s.where, s.lines) for s in sizes] == [("long.py:1 f", 3)]
    assert summary("functions", sizes) == "functions: 1, median 3, p90 3, max 3 (long.py:1 f)"
    assert too_long(sizes, 2) == ["long.py:1 f: 3 lines, limit 2"]
