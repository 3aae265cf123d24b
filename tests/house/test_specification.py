"""The specification tests are complete, ordered, and printed as they stand."""

import ast

import pytest

from scripts import print_specs
from scripts.repository import ROOT, python_files, shown

FILES = [p for p in python_files(ROOT / "tests" / "spec") if p.name.startswith("test_")]


def test_every_spec_file_stands_in_the_table_of_contents_and_nothing_else_does():
    listed = {
        print_specs.spec_file(chapter, section)
        for chapter, (_, _, sections) in print_specs.contents().items()
        for section in sections
    }
    assert {shown(p) for p in listed} == {shown(p) for p in FILES}


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_each_section_and_each_paragraph_has_words(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(module)
    tests = (n for n in module.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))
    assert [t.name for t in tests if not ast.get_docstring(t)] == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_each_table_has_a_header_and_rows_of_its_width(path):
    section = print_specs.read_section(path)
    for paragraph in section.paragraphs:
        for table in paragraph.tables:
            assert len(table) > 1
            assert {len(row) for row in table} == {len(table[0])}


def test_the_printed_page_is_fresh():
    """If this fails: ``make docs``."""
    assert print_specs.PAGE.read_text(encoding="utf-8") == print_specs.page()


def test_a_section_is_printed_with_its_table(tmp_path):
    source = tmp_path / "test_it.py"
    source.write_text(
        '"""A title.\n\nWords of\nintroduction.\n"""\n\n'
        'SITUATIONS = (("pressure", "verdict"), ("high", Verdict.NOT_MET), (None, V.UNKNOWN), ((), True))\n\n'
        'def test_a():\n    """It holds."""\n    assert SITUATIONS\n',
        encoding="utf-8",
    )
    section = print_specs.read_section(source)
    assert (section.title, section.introduction) == ("A title", "Words of introduction.")
    (paragraph,) = section.paragraphs
    assert paragraph.text == "It holds."
    assert paragraph.tables == (
        (("pressure", "verdict"), ("high", "not met"), ("none", "unknown"), ("none", "yes")),
    )


ROWS = {"dose": 7, "bp": 5, "fast": 1, "mon": 5, "rems": 2}
"""How many rows of values each part of the clinical specification of a session has."""
TESTS = [p for folder in ("spec", "unit", "wired") for p in python_files(ROOT / "tests" / folder)]


def test_each_row_of_a_session_has_a_test_named_so():
    named = {
        node.name
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    rows = [f"{part}_{number:02}_" for part, most in ROWS.items() for number in range(1, most + 1)]
    assert [row for row in rows if not any(row in name for name in named)] == []
