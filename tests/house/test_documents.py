"""The written side: links are alive, pictures are used and present, decisions are complete."""

import re

import pytest

from scripts.repository import PACKAGE, ROOT, shown, tracked_files

PAGES = [p for p in tracked_files() if p.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
DECISION_PARTS = (
    "## Context",
    "## Options",
    "## Decision",
    "## Consequences",
    "## What would make us revisit",
)
FIRST_DECISIONS = 10


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_relative_links_are_alive(page):
    dead = [link for link in links_of(page) if not target(page, link).exists()]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_to_a_heading_meet_one(page):
    dead = [
        link for link in links_of(page) if "#" in link and anchor(link) not in headings(target(page, link))
    ]
    assert dead == []


def test_every_picture_is_shown_somewhere():
    shown_pictures = {target(page, link) for page in PAGES for link in links_of(page)}
    pictures = [p for p in tracked_files() if p.is_relative_to(ROOT / "docs" / "pictures")]
    assert [shown(p) for p in pictures if p.resolve() not in shown_pictures] == []


def test_the_first_screen_of_the_readme():
    """Above the first heading: what it is, what it is not, a picture and the two commands."""
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[0]
    for piece in ("is not", "docs/pictures/board.png", "make demo", "make test"):
        assert piece in first_screen


@pytest.mark.parametrize("decision", DECISIONS, ids=shown)
def test_a_decision_has_all_its_parts(decision):
    text = decision.read_text(encoding="utf-8")
    positions = [text.find(part) for part in DECISION_PARTS]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_decisions_are_numbered_without_gaps():
    numbers = [int(p.name.split("-")[0]) for p in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= FIRST_DECISIONS


def test_every_decision_stands_in_the_list_of_decisions():
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in DECISIONS if p.name not in listed] == []


def test_there_are_two_changelogs():
    assert (ROOT / "CHANGELOG.md").exists()
    assert (PACKAGE / "content" / "CHANGELOG.md").exists()


@pytest.mark.parametrize("kind", ["tutorial", "how-to", "reference", "explanation"])
def test_each_of_the_four_kinds_has_a_page(kind):
    assert list((ROOT / "docs" / kind).glob("*.md"))


def links_of(page):
    """Return the links that stay inside the repository; code blocks are no links."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def target(page, link):
    path = link.split("#")[0]
    return (page.parent / path).resolve() if path else page


def anchor(link):
    return link.split("#", 1)[1]


def headings(page):
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_can_be_found_from_the_first_one():
    """No page of ``docs`` is an island: its name stands in the index, or in the list of decisions."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    islands = [
        shown(p)
        for p in PAGES
        if p.is_relative_to(ROOT / "docs") and "adr" not in p.parts and p != ROOT / "docs" / "README.md"
        if p.relative_to(ROOT / "docs").as_posix() not in index
    ]
    assert islands == []
