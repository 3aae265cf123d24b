import re
from dataclasses import replace
from datetime import date

import pytest

from kairos.content.consent_in_force import consent_in_force
from kairos.content.load_consents import load_consents
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentSignature, no_document, open_parts
from kairos.vocab.verdict import Verdict

DOCUMENT = consent_in_force(load_release(), on=date(2026, 11, 24))
WORDS = " ".join(
    [p for s in DOCUMENT.sections for p in (*s.paragraphs, s.heading, s.acknowledgement)]
    + [DOCUMENT.signature]
)
TEXT = next(f for f in read_source().files if f.path == "consents/iv_racemic_ketamine.yaml").data.decode()


def test_what_is_open_is_named_in_order():
    nothing = ConsentSignature(DOCUMENT.id, DOCUMENT.version, frozenset(), frozenset())
    assert open_parts(DOCUMENT, nothing) == (*DOCUMENT.section_ids, *(q.id for q in DOCUMENT.questions))


def test_without_a_document_the_answer_is_not_known():
    found = no_document()
    assert found.verdict is Verdict.UNKNOWN
    assert load_release().texts.render(found.message, found.values)


def test_the_newest_version_in_force_is_the_current_one():
    bases = load_release().consents.bases
    (base,) = (each for each in bases if (each.id, each.language) == (DOCUMENT.id, "en"))
    newer = replace(base, version="2027-01-01", in_force_from=date(2027, 1, 1))
    release = replace(load_release(), consents=replace(load_release().consents, bases=(newer, base)))
    on = {day: consent_in_force(release, on=date(day, 1, 1)).version[:10] for day in (2026, 2027)}
    assert on == {2026: "2026-01-01", 2027: "2027-01-01"}


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


SHARED = tuple(f for f in read_source().files if f.path in ("consents/shared.yaml", "consents/items.yaml"))


def read(text: str, shared: tuple[ContentFile, ...] = SHARED):
    lint = Lint(citations=frozenset(load_release().citations))
    source = ContentSource((*shared, ContentFile("consents/x.yaml", text.encode())))
    found = load_consents(source, lint)
    lint.finish()
    return found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("use: alternatives", "use: elsewhere", "elsewhere is not in shared.yaml"),
        ("- id: before", "- id: after", "after stands twice"),
        ("- id: before", "- id: at_home", "at_home stands twice"),
        ("- id: q_driving", "- id: q_stopping", "q_stopping stands twice"),
        ("routes: [iv]", "statuses: [sure]", "statuses has sure, no word of the table"),
        ('explanation: "Right. You need not', 'wording: "Right. You need not', "unexpected key 'wording'"),
        (
            'it and stay with me", right: true',
            'it and stay with me", right: false',
            "exactly one right answer",
        ),
        ("certainty: secondary", "certainty: sure", "expected one of verified"),
    ],
)
def test_faults_are_named(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        read(TEXT.replace(old, new, 1))


def test_a_section_says_something():
    paragraphs = TEXT[TEXT.index("    paragraphs:") : TEXT.index("    acknowledgement:")]
    with pytest.raises(ContentError, match="paragraphs is empty"):
        read(TEXT.replace(paragraphs, "", 1))


def test_a_document_has_one_part_at_least():
    with pytest.raises(ContentError, match="one part at least"):
        read(TEXT[: TEXT.index("parts:")] + 'signature: "Yes"', shared=())


def test_a_document_can_stand_alone():
    alone = "\n".join(line for line in TEXT.splitlines() if "- use:" not in line)
    book = read(alone, shared=())
    assert book.items == {"en": ()}
    assert len(book.bases[0].parts) > 1


ASKED = next(f for f in read_source().files if f.path == "consents/expectation.yaml")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("realistic: false", "realistic: true", "answers that are likely, and others that are not"),
        ("questions:", "questions: []\nunused:", "unexpected key 'unused'"),
        ("reply:", "answer:", "unexpected key 'answer'"),
    ],
)
def test_faults_of_what_is_asked_are_named(old, new, fault):
    with pytest.raises(ContentError, match=fault):
        read(TEXT, (*SHARED, ContentFile(ASKED.path, ASKED.data.decode().replace(old, new).encode())))


def test_something_is_asked():
    nothing = ASKED.data.decode()[: ASKED.data.decode().index("questions:")]
    with pytest.raises(ContentError, match="questions is empty"):
        read(TEXT, (*SHARED, ContentFile(ASKED.path, nothing.encode())))
