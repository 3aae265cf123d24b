"""Ideas of claims: what must be said, what makes it honest, what denies it."""

import pytest

from kairos.domain.evidence.claim_patterns import ClaimIdea, ClaimPatterns, Phrases
from kairos.domain.evidence.plain_words import plain_words

NOTHING = plain_words("")


def idea(*parts, asserts=(), none=(), within=0, claim="C-001"):
    return ClaimIdea(
        claim=claim,
        all=tuple(Phrases(part) for part in parts),
        asserts=tuple(Phrases(part) for part in asserts),
        none=Phrases(none) if none else None,
        within=within,
    )


def said(text, *ideas, lead=""):
    patterns = ClaimPatterns(ideas, denials=Phrases(("not", "far from")))
    return [each.claim for each in patterns.claims_in(plain_words(text), plain_words(lead))]


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("cure", "a cure, the curer", [(1, 1)]),
        ("cure*", "a cure, the curer", [(1, 1), (3, 3)]),
        ("safe ... home", "a safe and quiet home", [(1, 4)]),
        ("safe ... home", "safe is not what anybody would call home", []),
        ("60-80%", "59% 60 % seven in ten 80.5% 81%", [(1, 1), (2, 2), (3, 3)]),
        ("found that $", "we found that", [(1, 2)]),
        ("found that $", "we found that it works", []),
        ("seven sins", "the 7 sins", [(1, 2)]),
    ],
)
def test_where_a_phrase_is_said(phrase, text, places):
    words = plain_words(text)
    assert list(Phrases((phrase,)).spans(words)) == places
    assert Phrases((phrase,)).said_in(words) == bool(places)


def test_all_of_it_must_be_said():
    cure = idea(("ketamine", "it"), ("cures",))
    assert said("It cures.", cure) == ["C-001"]
    assert said("It helps.", cure) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is a cure", ["C-001"]),
        ("It is not a cure", []),
        ("It is far from a cure", []),
        ("Not this one, a cure", ["C-001"]),
        ("Not what you and they call a cure", ["C-001"]),
        ("Not a cure then, and yet a cure", ["C-001"]),
    ],
)
def test_what_is_denied_shortly_before_in_the_same_clause_is_not_asserted(text, found):
    assert said(text, idea(asserts=[("cure",)])) == found


def test_what_makes_it_honest_silences_it():
    assert said("It cures, says nobody", idea(("cures",), none=("nobody",))) == []


def test_within_a_stretch_of_words():
    near = idea(("one",), ("two",), within=3)
    assert said("one and two", near) == ["C-001"]
    assert said("two one", near) == ["C-001"]
    assert said("one a b two", near) == []
    assert said("one a b two one", near) == ["C-001"]


def test_what_it_goes_on_from_counts_but_is_not_enough():
    cure = idea(("cures",), ("pain",))
    assert said("pain and more", cure, lead="It cures:") == ["C-001"]
    assert said("and more", cure, lead="It cures pain:") == []
    assert said("pain", idea(("pain",), none=("never",)), lead="It never cures:") == []


def test_each_claim_once():
    assert said("a b", idea(("a",)), idea(("b",)), idea(("b",), claim="C-002")) == ["C-001", "C-002"]
