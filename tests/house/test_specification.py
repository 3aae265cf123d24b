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
