"""Texts for patients and strangers: what they may not say, and who may let it stand."""

import pytest

from kairos.content.claim_reader import read_claim_reader
from kairos.content.lint_public_texts import public_text_faults, public_texts
from kairos.content.load_public_words import load_public_words
from kairos.content.loader import ContentFile, ContentSource, Lint
from tests.unit.content.test_lint import SOUND, faults

WORDS = """
banned:
  - {says: [safe, miracle*], instead: C-001}
overrides:
  - {where: text/en/own.yaml, says: "a safe place", reason: "of a home"}
"""
TEXTS = {
    "claim_patterns/all.yaml": "C-001:\n  - {all: [[everyone], [helps]]}\n",
    "text/en/own.yaml": """
home: {clinician: "a home that is safe", patient: "Your home is a safe place."}
team: {clinician: "300 people"}
""",
    "public_words.yaml": WORDS,
}


def told(**texts):
    """Return the faults of sound content with these files; a double line stands for the slash of a path."""
    return faults(SOUND | TEXTS | {name.replace("__", "/") + ".yaml": text for name, text in texts.items()})


def test_in_order():
    assert told() == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("It is safe.", "has the banned word 'safe': 'It is safe.'; say instead (C-001): It helps some."),
        ("A miraculous thing and miracles", "has the banned word 'miracles'"),
        ("It helps everyone.", "says C-001: 'It helps everyone.'; It helps some."),
        ("It took 3 of us.", "states 3: 'It took 3 of us.'"),
        ("About 1.5 hours", "states 1.5"),
    ],
)
def test_what_a_patient_may_not_be_told(said, fault):
    found = told(text__en__own=TEXTS["text/en/own.yaml"] + f'more: {{patient: "{said}"}}\n')
    assert len(found) == 1
    assert found[0].startswith(f"text/en/own.yaml:4: {fault}")


@pytest.mark.parametrize("said", ["The PHQ-9 is asked.", "It took {days} days.", "COVID19"])
def test_names_and_what_is_filled_in_are_no_numbers(said):
    assert told(text__en__own=TEXTS["text/en/own.yaml"] + f'more: {{patient: "{said}"}}\n') == []


def test_clinicians_and_other_languages_are_not_read():
    found = told(text__en__more='a: {clinician: "3 are safe"}\n', text__es__more='a: {patient: "3"}\n')
    assert not [fault for fault in found if "states" in fault or "banned" in fault]


def test_an_override_is_of_one_place_and_one_wording():
    elsewhere = told(text__en__more='a: {patient: "Find a safe place."}\n')
    assert [fault.split(": ")[0] for fault in elsewhere] == ["text/en/more.yaml:1"]


def test_an_override_that_nothing_needs_is_a_fault():
    assert told(text__en__own='home: {patient: "a home"}\n') == [
        "public_words.yaml:1: nothing needs 'a safe place' in text/en/own.yaml"
    ]


def test_overrides_of_pages_are_looked_at_where_the_pages_are():
    assert told(public_words=WORDS.replace("text/en/own.yaml", "web/a.html"))[0].startswith(
        "text/en/own.yaml:2"
    )


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        ("instead: C-001", "instead: C-009", "instead names 'C-009', which is no claim of claims/"),
        ("says: [safe, miracle*], ", "", "says is missing"),
        ('reason: "of a home"', "why: yes", "unexpected key 'why'"),
        (', reason: "of a home"', "", "reason is missing"),
        ('a safe place"', 'a safe place of 9", claim: C-001', "C-001 does not state 9"),
        ("overrides:", "others:", "unexpected key 'others'"),
    ],
)
def test_what_the_loader_refuses(there, instead, fault):
    found = told(public_words=WORDS.replace(there, instead))
    assert any(line.startswith("public_words.yaml") and fault in line for line in found)


def test_a_number_stands_where_the_claim_states_it():
    claims = SOUND["claims/all.yaml"].replace("It helps some.", "It helps 3 of 10.")
    override = '  - {where: text/en/own.yaml, says: "3 of 10", reason: "as stated", claim: C-001}\n'
    text = TEXTS["text/en/own.yaml"] + 'more: {patient: "Of all, 3 of 10 got better."}\n'
    assert told(claims__all=claims, public_words=WORDS + override, text__en__own=text) == []


def test_consents_and_the_aid_are_read_whole_but_for_names():
    files = {
        "consents/a.yaml": 'id: safe\nsections: [{id: x, text: ["It is 1.", "Two."], pages: 2}]\n',
        "consents/b.yaml": "language: es\ntext: [uno]\n",
        "aid/en.yaml": "a: {says: Three.}\n",
    }
    source = ContentSource(tuple(ContentFile(name, text.encode()) for name, text in files.items()))
    assert [(each.text, each.line, each.is_cited) for each in public_texts(source)] == [
        ("It is 1.", 2, True),
        ("Two.", 2, True),
        ("Three.", 1, False),
    ]


def test_without_the_file_claims_are_looked_for_all_the_same():
    source = ContentSource(
        tuple(ContentFile(n, t.encode()) for n, t in (SOUND | TEXTS).items() if n != "public_words.yaml")
    )
    words = load_public_words(source, Lint(), read_claim_reader(source))
    assert words.banned == words.overrides == ()
    assert public_text_faults(source, words) == []
