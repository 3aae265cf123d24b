"""The tests keep the rules for tests: each asserts something, and none is left out in silence."""

import ast
from itertools import pairwise

import pytest

from scripts.repository import ROOT, python_files, shown

FILES = [p for p in python_files(ROOT / "tests") if p.name.startswith("test_")]
PURE = ("unit", "spec", "properties", "reference", "house")
ASSERTING = ("assert", "check", "expect", "refuse", "raises", "fails", "wait_for", "wait_until")
LEFT_OUT = {"skip", "skipif", "xfail", "importorskip"}


def functions_in(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]


def last_name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def calls_in(function):
    return {last_name(n.func) for n in ast.walk(function) if isinstance(n, ast.Call)}


def asserting_functions(path):
    """Return the functions of a file that assert: by themselves, by what they call, or through another."""
    functions = [
        n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)
    ]
    names = {
        f.name
        for f in functions
        if any(isinstance(n, ast.Assert) for n in ast.walk(f))
        or any(call.lstrip("_").startswith(ASSERTING) for call in calls_in(f))
    }
    while more := {f.name for f in functions if f.name not in names and calls_in(f) & names}:
        names |= more
    return names


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_each_test_asserts_something(path):
    asserting = asserting_functions(path)
    assert [t.name for t in functions_in(path) if t.name not in asserting] == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_no_test_is_left_out_in_silence(path):
    """What needs real records says so with its own mark, is counted when left out, and fails in CI."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    used = {last_name(n) for n in ast.walk(module) if isinstance(n, ast.Attribute)}
    assert used & LEFT_OUT == set()


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.relative_to(ROOT / "tests").parts[0] in PURE], ids=shown
)
def test_pure_tests_do_not_wait(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert [
        n.lineno for n in ast.walk(module) if isinstance(n, ast.Call) and last_name(n.func) == "sleep"
    ] == []


@pytest.mark.parametrize("path", [*FILES, ROOT / "tests" / "support" / "browser.py"], ids=shown)
def test_nobody_asks_a_page_that_is_left_whether_it_has_loaded(path):
    """It says yes, and the next address drops what was sent; `leaving()` waits for the next page."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = pairwise(lines)
    assert [
        first.strip() for first, then in pairs if ".click()" in first and "wait_for_load_state(" in then
    ] == []


def test_pure_tests_open_no_database():
    """Words, domain and content are tested without PostgreSQL, and so is their specification."""
    asking = [
        shown(p) for p in FILES if p.relative_to(ROOT / "tests").parts[0] in ("unit", "spec", "properties")
    ]
    assert [f for f in asking if "django_db" in (ROOT / f).read_text(encoding="utf-8")] == []
