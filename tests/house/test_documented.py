"""Public functions of the core say what they do; modules of the three rooms say why they exist."""

import ast

import pytest

from scripts.repository import PACKAGE, python_files, shown

ROOMS = (PACKAGE / "vocab", PACKAGE / "domain", PACKAGE / "actions")
UNWANTED_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
}


@pytest.mark.parametrize("path", python_files(*ROOMS), ids=shown)
def test_public_names_are_documented(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(module)
    public = (
        n for n in module.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")
    )
    assert [n.name for n in public if not ast.get_docstring(n)] == []


def test_no_module_is_named_after_nothing():
    """What is shared has a subject: no ``utils``, ``helpers``, ``common``, ``manager``, ``service``."""
    assert [shown(p) for p in python_files(PACKAGE) if p.stem in UNWANTED_NAMES] == []


def test_no_work_is_left_as_a_note():
    """Nothing waits in a comment; what is not done is not there."""
    left = [
        shown(p)
        for p in python_files(PACKAGE)
        for word in ("TO" + "DO", "FIX" + "ME", "X" * 3)
        if word in p.read_text(encoding="utf-8")
    ]
    assert left == []
