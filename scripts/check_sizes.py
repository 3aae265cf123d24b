"""Report how long functions and files are; fail where one is over the hard limits.

``python -m scripts.check_sizes`` prints median, 90th percentile and maximum of lines that are not blank.
A function counts from its ``def`` to its end, without decorators and docstring. Targets: function
median 8, p90 30; file median 120, p90 350. Hard: no function over 60 lines, no file over 500,
tables and content excepted.
"""

import ast
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.repository import PACKAGE, python_files, shown

FUNCTION_LIMIT = 60
FILE_LIMIT = 500
TABLES = ("migrations",)


@dataclass(frozen=True)
class Size:
    """How many lines one function or file has."""

    where: str
    lines: int


def function_sizes(paths: list[Path]) -> list[Size]:
    """Return the size of each function and method in the files."""
    return [size for path in paths for size in _functions_of(path)]


def file_sizes(paths: list[Path]) -> list[Size]:
    """Return the size of each file."""
    return [Size(shown(p), _filled(p.read_text(encoding="utf-8").splitlines())) for p in paths]


def counted_files() -> list[Path]:
    """Return the files that the targets speak of: the package, without migrations."""
    return [p for p in python_files(PACKAGE) if not set(TABLES) & set(p.parts)]


def too_long(sizes: list[Size], limit: int) -> list[str]:
    """Return a line for each that is over the limit."""
    return [f"{s.where}: {s.lines} lines, limit {limit}" for s in sizes if s.lines > limit]


def summary(name: str, sizes: list[Size]) -> str:
    """Return the line that ``make check`` prints."""
    lines = sorted(s.lines for s in sizes)
    largest = max(sizes, key=lambda s: s.lines)
    p90 = lines[int(0.9 * (len(lines) - 1))]
    median = statistics.median(lines)
    return f"{name}: {len(lines)}, median {median:g}, p90 {p90}, max {largest.lines} ({largest.where})"


def _functions_of(path: Path) -> list[Size]:
    text = path.read_text(encoding="utf-8")
    functions = (
        n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [Size(f"{shown(path)}:{f.lineno} {f.name}", _lines(f, text.splitlines())) for f in functions]


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    total = _filled(lines[function.lineno - 1 : function.end_lineno])
    if ast.get_docstring(function) is None:
        return total
    docstring = function.body[0]
    return total - _filled(lines[docstring.lineno - 1 : docstring.end_lineno])


def _filled(lines: list[str]) -> int:
    return sum(bool(line.strip()) for line in lines)


def main() -> int:
    """Print both summaries and every breach."""
    files = counted_files()
    functions, whole = function_sizes(files), file_sizes(files)
    print(summary("functions", functions))
    print(summary("files", whole))
    breaches = too_long(functions, FUNCTION_LIMIT) + too_long(whole, FILE_LIMIT)
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
