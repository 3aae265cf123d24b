"""Content files: every fault is reported with its file and line."""

import pytest

from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, each_entry, read_source
from kairos.domain.evidence.citations import Basis


def table(text):
    """Return the mapping a file holds."""
    return ContentFile("rules/a.yaml", text.encode()).table()


def fault(text, ask):
    """Return the one fault that asking a table causes."""
    with pytest.raises(ContentError) as caught:
        ask(table(text))
    (found,) = caught.value.faults
    return str(found)


@pytest.mark.parametrize(
    ("text", "ask", "message"),
    [
        ("a: 1\nb:\n", lambda t: t.need("b"), "rules/a.yaml:2: b is missing"),
        ("a: 1\n", lambda t: t.need("z"), "rules/a.yaml:1: z is missing"),
        ("a: 1\nb: 2\n", lambda t: t.only("a"), "rules/a.yaml:2: unexpected key 'b'; expected one of a"),
        ("a: 1\n", lambda t: t.text("a"), "rules/a.yaml:1: a must be a text, not 1"),
        ("a: x\n", lambda t: t.number("a"), "rules/a.yaml:1: a must be a number, not 'x'"),
        ("a: true\n", lambda t: t.number("a"), "rules/a.yaml:1: a must be a number, not True"),
        ("a: x\n", lambda t: t.flag("a"), "rules/a.yaml:1: a must be true or false, not 'x'"),
        ("a: x\n", lambda t: t.day("a"), "rules/a.yaml:1: a must be a day like 2026-01-01, not 'x'"),
        (
            "a: x\n",
            lambda t: t.one_of("a", Basis),
            "rules/a.yaml:1: a is 'x'; expected one of label, trial, guideline, consensus, default",
        ),
        ("a: [1]\n", lambda t: t.texts("a"), "rules/a.yaml:1: a must hold texts, not 1"),
        ("a: 1\n", lambda t: t.table("a"), "rules/a.yaml:1: a must be a mapping"),
        ("a: [1]\n", lambda t: t.tables("a"), "rules/a.yaml:1: a must be a list of mappings"),
    ],
)
def test_a_fault_names_file_line_and_cause(text, ask, message):
    assert fault(text, ask) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "rules/a.yaml:2: not YAML"),
        ("a: 1\na: 2\n", "rules/a.yaml:2: the key 'a' stands twice"),
        ("- 1\n", "rules/a.yaml:1: expected a mapping at the top of the file"),
        ("a: 2026-13-01\n", "rules/a.yaml:1: a value cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(text, message):
    with pytest.raises(ContentError) as caught:
        table(text)
    assert str(caught.value).startswith(message)


def test_a_table_gives_its_values():
    read = table("a: x\nb: 1.5\nc: 2026-01-01\nd: [x, y]\ne: {f: trial}\ng: [{h: 1}]\ni: true\n")
    assert (read.text("a"), read.number("b"), str(read.day("c"))) == ("x", 1.5, "2026-01-01")
    assert (read.texts("d"), read.texts("a"), read.texts("z")) == (("x", "y"), ("x",), ())
    assert read.table("e").one_of("f", Basis) is Basis.TRIAL
    assert read.tables("g")[0]["h"] == 1
    assert read.tables("z") == []
    assert read.flag("i") and not read.flag("z")
    assert read.text("z", "instead") == "instead"


def test_all_faults_are_told_at_once():
    lint = Lint(citations=frozenset({"known"}))
    files = [ContentFile("a.yaml", b"x: {source: cite:unknown}\ny: {}\nz: {source: known}\nw: 1\n")]
    seen = []
    each_entry(files, lint, lambda name, entry: seen.append((name, lint.sources(entry))))
    assert seen == [("z", ("known",))]
    with pytest.raises(ContentError) as caught:
        lint.finish()
    assert [f.line for f in caught.value.faults] == [1, 2, 4]
    Lint().finish()


def test_equal_files_have_an_equal_version(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1\n")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "b.md").write_text("words")
    (tmp_path / "notes.txt").write_text("not content")
    (tmp_path / "CHANGELOG.md").write_text("not content either")
    source = read_source(tmp_path)
    assert [file.path for file in source.files] == ["a.yaml", "text/b.md"]
    assert source.version == read_source(tmp_path).version
    (tmp_path / "a.yaml").write_text("a: 2\n")
    assert source.version != read_source(tmp_path).version
    assert [file.path for file in source.under("text/")] == []
    assert [file.path for file in source.under("a.yaml")] == ["a.yaml"]
    assert isinstance(source, ContentSource)
