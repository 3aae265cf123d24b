"""Patterns of claims as content: what the loader takes and refuses."""

import pytest

from kairos.content.claim_reader import read_claim_reader
from kairos.content.load_claim_patterns import load_claim_patterns
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.domain.evidence.plain_words import plain_words
from tests.unit.content.test_lint import SOUND, faults

WORDS = 'denials: ["not"]\ndoubts: ["perhaps"]\nit: ["it"]\nboth: ["<it>", "they"]\n'
NOTHING = plain_words("")


def loaded(text, words=WORDS):
    """Return what the files say, and their faults."""
    files = [
        ContentFile("claim_patterns/a.yaml", text.encode()),
        ContentFile("claim_patterns/words.yaml", words.encode()),
    ]
    lint = Lint()
    return load_claim_patterns(ContentSource(tuple(files)), lint, claims={"C-001", "C-002"}), [
        str(each) for each in lint.faults
    ]


def found(patterns, text):
    return [each.claim for each in patterns.claims_in(plain_words(text), NOTHING)]


def test_groups_and_words():
    patterns, wrong = loaded('C-002:\n  - {all: [["<both>"], [heal*, 2020]], within: 3, stretched: true}\n')
    assert wrong == []
    assert found(patterns, "They can heal") == ["C-002"]
    assert found(patterns, "It in 2020") == ["C-002"]
    assert found(patterns, "It in what was 2020") == []
    assert found(patterns, "Perhaps they heal") == []
    assert patterns.ideas[0].stretched


def test_an_idea_that_doubt_does_not_silence():
    patterns, _ = loaded("C-001:\n  - {asserts: [[heals]], even_if_doubted: true}\n")
    assert found(patterns, "Perhaps it heals") == ["C-001"]
    assert found(patterns, "It not heals") == []
    assert patterns.ideas[0].none is None


@pytest.mark.parametrize(
    ("text", "words", "fault"),
    [
        ("C-009:\n  - {all: [[a]]}\n", WORDS, "claim_patterns/a.yaml:1: C-009 is no claim of claims/"),
        ("C-001:\n  - {some: [[a]]}\n", WORDS, "2: unexpected key 'some'"),
        ("C-001:\n  - {none: [a]}\n", WORDS, "2: C-001 says nothing; give it all or asserts"),
        ("C-001:\n  - {all: [a]}\n", WORDS, "2: all must be a list of lists of phrases"),
        ("C-001:\n  - {all: a}\n", WORDS, "2: all must be a list of lists of phrases"),
        (
            'C-001:\n  - {all: [["<her>"]]}\n',
            WORDS,
            "2: all names the group 'her', which is not in claim_patterns/words.yaml",
        ),
        ("C-001: a\n", WORDS, "1: C-001 must be a list of mappings"),
        ("C-001:\n  - {all: [[a]]}\n", 'a: ["<b>"]\nb: [b]\n', "words.yaml:1: a names the group 'b'"),
    ],
)
def test_what_the_loader_refuses(text, words, fault):
    _, wrong = loaded(text, words)
    assert len(wrong) == 1
    assert fault in wrong[0]


def test_the_lint_reads_them_too():
    texts = SOUND | {"claim_patterns/a.yaml": "C-001:\n  - {all: [[a]]}\nC-077:\n  - {all: [[a]]}\n"}
    assert faults(texts) == ["claim_patterns/a.yaml:3: C-077 is no claim of claims/"]


def test_a_reader_of_broken_content_is_refused():
    with pytest.raises(ContentError, match="C-077 is no claim"):
        read_claim_reader(
            ContentSource((ContentFile("claim_patterns/a.yaml", b"C-077:\n  - {all: [[a]]}\n"),))
        )


def test_the_shipped_reader_reads_plain_text():
    reader = read_claim_reader(read_source())
    assert [fault.row for fault in reader.faults("Ketamine is not addictive.")] == ["C-055"]
