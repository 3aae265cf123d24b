"""The claims registry is whole, says its own words, and stands on citations that say what was read."""

import re

import pytest

from kairos.content.release import load_release
from scripts.repository import PACKAGE
from tests.support.real_data import articles_folder

CLAIMS = load_release().claims
SAME_WORDS = 6  # so many in a row are a quotation
OWN_WORDS = ("claims", "claim_patterns", "regulatory", "text/en/regulatory.yaml")


def words(text):
    """Return the words of a text, without case and signs."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))


def runs(text):
    """Return every run of words long enough to be a quotation."""
    said = words(text)
    return {tuple(said[at : at + SAME_WORDS]) for at in range(len(said) - SAME_WORDS + 1)}


def test_there_are_all_claims_that_were_found():
    assert list(CLAIMS) == [f"C-{number:03d}" for number in range(1, 83)]


@pytest.mark.articles
def test_no_claim_is_told_in_the_words_of_an_article():
    articles = [path.read_text(encoding="utf-8") for path in sorted(articles_folder().glob("*.txt"))]
    assert articles
    theirs = set().union(*map(runs, articles))
    places = [PACKAGE / "content" / name for name in OWN_WORDS]
    files = [file for place in places for file in (sorted(place.glob("*.yaml")) or [place])]
    copied = [(file.name, run) for file in files for run in runs(file.read_text(encoding="utf-8")) & theirs]
    assert copied == []


def test_the_check_sees_words_in_a_row():
    assert runs("One two, three four: FIVE six.") == {("one", "two", "three", "four", "five", "six")}
    assert runs("one two three four five") == set()
