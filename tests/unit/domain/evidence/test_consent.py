import re
from dataclasses import replace
from datetime import date

import pytest

from kairos.content.load_consents import load_consents
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentSignature, current_document, open_parts

DOCUMENT = load_release().consents["iv_racemic_ketamine"]
WORDS = " ".join(
    [p for s in DOCUMENT.sections for p in (*s.paragraphs, s.heading, s.acknowledgement)]
    + [DOCUMENT.signature]
)
TEXT = next(f for f in read_source().files if f.path == "consents/iv_racemic_ketamine.yaml").data.decode()


def test_what_is_open_is_named_in_order():
    nothing = ConsentSignature(DOCUMENT.id, DOCUMENT.version, frozenset(), frozenset())
    assert open_parts(DOCUMENT, nothing) == (*DOCUMENT.section_ids, *(q.id for q in DOCUMENT.questions))


def test_the_newest_version_in_force_is_the_current_one():
    newer = replace(DOCUMENT, version="2027-01-01", in_force_from=date(2027, 1, 1))
    assert current_document([newer, DOCUMENT], on=date(2026, 6, 1)) is DOCUMENT
    assert current_document([newer, DOCUMENT], on=date(2027, 1, 1)) is newer
    assert current_document([newer], on=date(2026, 6, 1)) is None


def test_a_question_knows_its_right_answer():
    driving = next(q for q in DOCUMENT.questions if q.id == "q_driving")
    assert driving.right("c")
    assert not driving.right("a")
    assert not driving.right("z")


def test_all_four_long_term_unknowns_and_the_off_label_use_are_said():
    for word in ("Bladder", "Memory", "Misuse, dependence", "Liver", "off-label", "988", "911"):
        assert word in WORDS


@pytest.mark.parametrize("word", ["safe", "safely", "proven", "breakthrough", "cure", "life-changing", "!"])
def test_no_word_promises_more_than_is_known(word):
    assert not re.search(rf"\b{word}\b" if word.isalpha() else re.escape(word), WORDS.lower())


def test_sentences_are_short_enough_to_read_under_strain():
    sentences = [s.split() for s in re.split(r"(?<=[.?:])\s+", WORDS) if s]
    assert sum(map(len, sentences)) / len(sentences) < 16
    assert max(map(len, sentences)) <= 45


def read(text: str):
    lint = Lint(citations=frozenset(load_release().citations))
    found = load_consents(ContentSource((ContentFile("consents/x.yaml", text.encode()),)), lint)
    lint.finish()
    return found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("section: not_approved", "section: other", "questions ask about other"),
        ("- id: q_driving", "- id: q_stopping", "ids of their own"),
        ('explanation: "Right. You need not', 'wording: "Right. You need not', "unexpected key 'wording'"),
        (
            'it and stay with me", right: true',
            'it and stay with me", right: false',
            "exactly one right answer",
        ),
        ("certainty: verified", "certainty: sure", "expected one of verified"),
    ],
)
def test_faults_are_named(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        read(TEXT.replace(old, new, 1))


def test_a_section_says_something():
    paragraphs = TEXT[TEXT.index("    paragraphs:") : TEXT.index("    acknowledgement:")]
    with pytest.raises(ContentError, match="paragraphs is empty"):
        read(TEXT.replace(paragraphs, "", 1))
