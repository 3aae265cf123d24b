"""What imports cannot show: the core reads no clock, no file, no environment, and prints nothing."""

import ast

import pytest

from scripts.repository import PACKAGE, python_files, shown

CORE = (PACKAGE / "domain", PACKAGE / "vocab")
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}
FORBIDDEN_ATTRIBUTES = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "monotonic"),
    ("os", "environ"),
}
FORBIDDEN_IMPORTS = {
    "os",
    "random",
    "secrets",
    "time",
    "pathlib",
    "logging",
    "io",
    "socket",
    "subprocess",
    "sys",
}


@pytest.mark.parametrize("path", python_files(*CORE), ids=shown)
def test_the_core_is_pure(path):
    assert list(impurities(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "open('a')",
        "datetime.now()",
        "date.today()",
        "os.environ['A']",
        "import random",
        "from time import sleep",
        "datetime.datetime.now()",
    ],
)
def test_the_check_sees_each_of_them(source):
    assert list(impurities(ast.parse(source)))


def impurities(module):
    """Yield a line number and a name for each thing that a pure module does not do."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield node.lineno, node.func.id
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in FORBIDDEN_ATTRIBUTES:
            yield node.lineno, f"{_last_name(node.value)}.{node.attr}"
        if isinstance(node, ast.Import):
            yield from (
                (node.lineno, a.name) for a in node.names if a.name.split(".")[0] in FORBIDDEN_IMPORTS
            )
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FORBIDDEN_IMPORTS:
            yield node.lineno, node.module


def _last_name(node):
    return getattr(node, "id", getattr(node, "attr", ""))
