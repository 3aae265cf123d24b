"""The words of danger: what is missing or contradicts itself is a fault with its line."""

import pytest

from kairos.content.load_danger_words import load_danger_words
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release

TOP = "language: en\nsource: cite:x\ncertainty: default\n"
TOP += "denials: [never]\nno_denials: [no longer]\nfillers: [of]\n"
GROUPS = "groups: {a: [one], b: [two]}\n"


def read(signs, path="danger_words/en.yaml"):
    lint = Lint(citations=frozenset({"x"}))
    text = f"{TOP}{GROUPS}signs:\n  s.t: {signs}\n"
    books = load_danger_words(ContentSource((ContentFile(path, text.encode()),)), lint)
    return books, [fault.fault for fault in lint.faults]


@pytest.mark.parametrize(
    ("signs", "fault"),
    [
        ("{concerns: life, level: urgent}", "says nothing"),
        ("{concerns: luck, level: urgent, says: [x]}", "expected one of life"),
        ("{concerns: life, level: soon, says: [x]}", "expected one of routine_plus"),
        ("{concerns: life, level: urgent, says: [x], denied: silent}", "never silent"),
        ("{concerns: life, level: urgent, together: [{of: [a, c], within: 5}]}", "not known: ['c']"),
        ("{concerns: life, level: urgent, together: [{of: [a], within: 5}]}", "two groups or more"),
    ],
)
def test_what_is_wrong_with_a_sign_is_named(signs, fault):
    _, faults = read(signs)
    assert fault in faults[0]


def test_a_file_is_named_after_its_language():
    books, faults = read("{concerns: body, level: urgent, says: [x], denied: silent}", "danger_words/fr.yaml")
    assert not books
    assert "named after it" in faults[0]


def test_every_sign_of_the_release_has_its_level_and_source():
    books = load_release().danger_words
    assert "en" in books
    assert all(book.signs and book.sources for book in books.values())
