"""``kairos content lint`` names each fault with file and line."""

import json
import shutil

import pytest

from kairos.cli import content
from kairos.cli.main import main
from kairos.content.loader import CONTENT_ROOT

CHECKED = "2026-11-22"  # the day on which the shipped content was looked at


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Content with one fault."""
    (tmp_path / "citations.yaml").write_text("k:\n  title: t\n")
    monkeypatch.setattr(content, "CONTENT_ROOT", tmp_path)


def test_the_shipped_content_is_in_order(capsys):
    assert main(["content", "lint", "--on", CHECKED]) == 0
    assert "in order" in capsys.readouterr().out
    assert main(["content", "lint", "--on", CHECKED, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []


def test_a_fault_is_told_with_its_place(capsys, broken):
    assert main(["content", "lint"]) == 1
    assert capsys.readouterr().err.startswith("citations.yaml:2: kind is missing")
    assert main(["content", "lint", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["line"] == 2


def test_content_whose_review_is_due_is_at_fault(capsys):
    assert main(["content", "lint", "--on", "2031-01-01"]) == 1
    assert "the review was due by" in capsys.readouterr().err


def test_another_folder_of_content(capsys, tmp_path):
    (tmp_path / "citations.yaml").write_text("k:\n  title: t\n")
    assert main(["content", "lint", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("citations.yaml:2: kind is missing")


def test_a_folder_without_content_is_bad_input(capsys, tmp_path):
    for root in (tmp_path, tmp_path / "none"):
        assert main(["content", "lint", "--root", str(root), "--json"]) == 2
        said = capsys.readouterr()
        assert not said.out and "there is no content in" in said.err


def test_what_nothing_reads_and_what_is_missing_is_named(capsys, tmp_path):
    root = tmp_path / "content"
    shutil.copytree(CONTENT_ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.rmtree(root / "crisis")
    (root / "rules" / "intake.yaml").rename(root / "rules" / "intakes.yaml")
    (root / "rulse").mkdir()
    (root / "rulse" / "mine.yaml").write_text("a: {b: c}\n")
    assert main(["content", "lint", "--on", CHECKED, "--root", str(root)]) == 1
    told = capsys.readouterr().err
    assert "crisis/:1: is missing" in told
    assert "rules/intake.yaml:1: is missing" in told
    assert "rules/intakes.yaml:1: nothing reads this file; under rules/ there are eligibility/" in told
    assert "rulse/mine.yaml:1: nothing reads this file; there are absorption" in told
