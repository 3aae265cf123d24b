"""Texts are read for claims that do not hold: what is found, what is left alone, how often that is right.

Patterns are ideas in general words. The sentences of ``claims_in_texts.yaml`` are ours; those held out only
measure. The four articles are read where they lie.
"""

import hashlib
import sys
from pathlib import Path

import pytest
import yaml

from kairos.content.claim_reader import load_claim_reader
from kairos.domain.evidence.claims import ClaimVerdict
from kairos.domain.evidence.plain_words import plain_words
from kairos.domain.evidence.sentences import sentences_of
from tests.support.real_data import articles_folder

HERE = Path(__file__).parent
SENTENCES = yaml.safe_load((HERE / "claims_in_texts.yaml").read_text(encoding="utf-8"))
FAULTED_IN = yaml.safe_load((HERE / "article_claims.yaml").read_text(encoding="utf-8"))
READER = load_claim_reader()
FAULTED = {
    claim.id
    for claim in READER.claims.values()
    if claim.verdict in (ClaimVerdict.OVERSTATED, ClaimVerdict.UNSUPPORTED, ClaimVerdict.WRONG_CITATION)
}
FAULTED_CLAIMS = 32
FOUND_AT_LEAST = 24
FLAGGED_AT_MOST = 0.1
HELD_OUT_AT_LEAST = 60


def rows(text):
    """Return the claims that are found in a text."""
    return {fault.row for fault in READER.faults(text)}


def said_of(part):
    return [(claim, text) for claim, texts in SENTENCES[part].items() for text in texts]


@pytest.mark.parametrize(("claim", "text"), said_of("said"))
def test_a_claim_that_does_not_hold_is_found_and_named(claim, text):
    """A sentence that puts forward the idea of a claim is found, whatever its words, and its row is named."""
    assert claim in rows(text)


@pytest.mark.parametrize("text", SENTENCES["honest"])
def test_an_honest_sentence_is_left_alone(text):
    """A sentence with the same words that denies, limits or doubts is left alone."""
    assert rows(text) == set()


@pytest.mark.parametrize("claim", READER.claims.values(), ids=lambda claim: claim.id)
def test_what_may_be_said_instead_is_left_alone(claim):
    """The better statement of every claim is left alone."""
    assert rows(claim.better) == set()


def test_every_claim_that_does_not_hold_has_its_ideas():
    """Each claim called overstated, unsupported or wrongly cited is looked for."""
    assert len(FAULTED) == FAULTED_CLAIMS
    assert {idea.claim for idea in READER.patterns.ideas} >= FAULTED


@pytest.mark.parametrize(
    "text",
    [
        "Seventy percent of patients recover with ketamine.",
        "Ketamine helps 7 of every 10 patients.",
        "Seven in ten patients respond to this treatment.",
        "70 % of people feel better after ketamine.",
    ],
)
def test_a_share_is_found_however_it_is_written(text):
    """Seventy percent, seven in ten and 70 % are the same share."""
    assert rows(text) == {"C-014"}


def test_a_question_asserts_nothing():
    """A question is not at fault; the answer that goes on from it is."""
    assert [fault.sentence for fault in READER.faults("Is ketamine safe? Yes, very.")] == ["Yes, very."]


def test_sentences_nobody_wrote_patterns_by(capsys):
    """Of sentences held out, most claims are found and few honest ones flagged; both figures are printed."""
    held, honest = said_of("held_out"), SENTENCES["honest_held_out"]
    found = sum(claim in rows(text) for claim, text in held)
    flagged = sum(bool(rows(text)) for text in honest)
    with capsys.disabled():
        sys.stdout.write(
            f"\nheld out: {found} of {len(held)} claims found, {flagged} of {len(honest)} honest flagged\n"
        )
    assert min(len(held), len(honest)) >= HELD_OUT_AT_LEAST
    assert found / len(held) >= FOUND_AT_LEAST / FAULTED_CLAIMS
    assert flagged / len(honest) <= FLAGGED_AT_MOST


@pytest.mark.articles
def test_the_four_articles(capsys):
    """In the articles at least 24 of the 32 are found; of all else no more than one in ten is flagged."""
    found, wrongly, right = set(), 0, 0
    for path in sorted(articles_folder().glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        at_fault = {tuple(each) for each in FAULTED_IN[path.name[:3]]}
        told = {(digest(fault.sentence), fault.row) for fault in READER.faults(text)}
        found |= {claim for _, claim in told & at_fault}
        wrongly += len({each for each, _ in told} - {each for each, _ in at_fault})
        right += len({digest(each.words) for each in sentences_of(text)} - {each for each, _ in at_fault})
    with capsys.disabled():
        sys.stdout.write(f"\narticles: {len(found & FAULTED)} of {len(FAULTED)} claims found, ")
        sys.stdout.write(f"{wrongly} of {right} other sentences flagged\n")
    assert len(found & FAULTED) >= FOUND_AT_LEAST
    assert wrongly / right <= FLAGGED_AT_MOST


def digest(sentence):
    return hashlib.sha256(plain_words(sentence).line.encode()).hexdigest()[:12]
