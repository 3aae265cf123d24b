"""The scorecard's file: every item has a source, and an id of its own."""

from kairos.content.load_scorecard import load_scorecard
from kairos.content.loader import ContentFile, ContentSource, Lint, read_source

ITEM = "{id: %s, ask: 'Is it?', why: 'Because.', source: cite:known, certainty: memory}"
FILE = "language: xx\nitems: [%s]\nred_flags: [%s]\n"


def loaded(text):
    lint = Lint(citations=frozenset({"known"}))
    found = load_scorecard(ContentSource((ContentFile("scorecard/xx.yaml", text.encode()),)), lint)
    return found, [fault.fault for fault in lint.faults]


def test_what_ships_is_in_order():
    from kairos.content.load_citations import load_citations

    source, lint = read_source(), Lint()
    lint.citations = frozenset(load_citations(source, lint))
    items = load_scorecard(source, lint)["en"]
    assert lint.faults == []
    assert [item.is_red_flag for item in items] == sorted(item.is_red_flag for item in items)


def test_items_come_before_red_flags():
    found, faults = loaded(FILE % (ITEM % "a", ITEM % "b"))
    assert faults == []
    assert [(item.id, item.is_red_flag) for item in found["xx"]] == [("a", False), ("b", True)]


def test_an_id_that_stands_twice_is_a_fault():
    assert loaded(FILE % (ITEM % "a", ITEM % "a"))[1] == ["a stands twice; give each item an id of its own"]


def test_an_item_without_a_known_source_is_a_fault():
    assert "not in citations.yaml" in loaded(FILE % (ITEM.replace("known", "other") % "a", ""))[1][0]
