"""``kairos content lint-text`` names sentence, place, claim and what may be said instead."""

import io
import json

import pytest

from kairos.cli.main import main

SAID = "Ketamine may help.\nKetamine is not addictive.\n"


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(tmp_path / name)

    return write


def listed(capsys, path, *words):
    """Return the exit code and the list that was printed."""
    code = main(["content", "lint-text", path, "--json", *words])
    said = capsys.readouterr()
    assert said.err == ""
    return code, json.loads(said.out)


def test_each_fault_is_an_object_of_one_list(capsys, written):
    code, found = listed(capsys, written("a.txt", SAID))
    assert code == 1
    assert [list(each) for each in found] == [["sentence", "start", "end", "row", "verdict", "better"]]
    assert found[0]["row"] == "C-055"
    assert found[0]["verdict"] == "overstated"
    assert found[0]["better"].startswith("It can be misused.")
    assert SAID[found[0]["start"] : found[0]["end"]] == found[0]["sentence"] == "Ketamine is not addictive."


def test_a_text_in_order(capsys, written):
    assert listed(capsys, written("a.txt", "Ketamine may help.")) == (0, [])
    assert main(["content", "lint-text", written("a.txt", "")]) == 0
    assert "no claim found" in capsys.readouterr().out


def test_for_people_line_row_and_better_statement(capsys, written):
    assert main(["content", "lint-text", written("a.txt", SAID)]) == 1
    told = capsys.readouterr().out
    assert "a.txt:2: C-055 overstated" in told
    assert "said:   Ketamine is not addictive." in told
    assert "better: It can be misused." in told
    assert told.endswith("sentences at fault: 1\n")


def test_a_page_and_a_markdown_file_are_read_as_people_see_them(capsys, written):
    page = "<p title='never'>Ketamine is <b>not</b> addic<i>tive</i>.</p>"
    _, found = listed(capsys, written("a.html", page))
    assert found[0]["sentence"] == "Ketamine is not addictive."
    assert page[found[0]["start"] : found[0]["end"]] == "Ketamine is <b>not</b> addic<i>tive</i>."
    assert listed(capsys, written("a.md", "Ketamine is **not** addictive."))[0] == 1
    assert listed(capsys, written("b.txt", page), "--form", "html")[0] == 1


def test_from_stdin(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SAID.encode())))
    assert listed(capsys, "-")[0] == 1


def test_what_cannot_be_read_is_bad_input(capsys, tmp_path, written):
    for path in (str(tmp_path / "none.txt"), written("a.txt", b"caf\xe9")):
        assert main(["content", "lint-text", path, "--json"]) == 2
        said = capsys.readouterr()
        assert not said.out and path in said.err
