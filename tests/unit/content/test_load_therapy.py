"""Types of course with psychotherapy: every word, role, number and claim in them is known."""

import pytest

from kairos.content.load_therapy import load_therapy
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release
from kairos.domain.protocols.therapy import SessionKind
from kairos.vocab.people import Role

PATH = "therapy/kap.yaml"
SHIPPED = next(file for file in read_source().files if file.path == PATH).data.decode()


def faults(before, after):
    """Return what is wrong with the shipped file after one change."""
    assert before in SHIPPED
    release, lint = load_release(), Lint()
    lint.citations = frozenset(release.citations)
    source = ContentSource((ContentFile(PATH, SHIPPED.replace(before, after, 1).encode()),))
    load_therapy(source, lint, parameters=release.parameters, texts=release.texts, claims=release.claims)
    with pytest.raises(ContentError) as error:
        lint.finish()
    return str(error.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("therapy.preparation_before_first", "therapy.moon", "parameter 'therapy.moon'"),
        ("- kind: integration", "- kind: dosing", "no template for: integration"),
        ("roles: [therapist, clinician, medical_director, coach]", "roles: [shaman]", "not shaman"),
        ("roles: [therapist, clinician, medical_director, coach]", "roles: []", "not none"),
        ("roles: [therapist, clinician, medical_director, coach]", "roles: [coach]", "must be among roles"),
        ("{id: history, need: always}", "{id: dreams, need: always}", "no text therapy.field.dreams"),
        ("{id: breath, trauma: false}", "{id: moon, trauma: false}", "no text therapy.card.moon"),
        ("aims: [openness", "aims: [happiness", "no text therapy.aim.happiness for a patient"),
        ("[C-041]", "[C-999]", "does not have: C-999"),
        ("  version: 1", "  version: 1\n  promise: all", "unexpected key 'promise'"),
    ],
)
def test_faults_are_named(before, after, said):
    assert said in faults(before, after)


def test_the_shipped_type_leaves_no_kind_without_a_therapist_and_no_dose_to_a_coach():
    kap = load_release().therapy["kap"]
    for kind in SessionKind:
        assert Role.THERAPIST in kap.templates[kind].roles_with_trauma
    assert Role.COACH not in kap.templates[SessionKind.DOSING].roles
    assert any(card.is_trauma for card in kap.cards)


def test_no_text_of_it_promises_anything():
    """The claims linter holds the patient's texts; these words stand in the clinician's neither."""
    texts = load_release().texts.templates
    said = [words.lower() for (_, name, _), words in texts.items() if name.startswith(("therapy.", "touch."))]
    assert said
    for word in ("will heal", "cure", "proven", "guarantee", "breakthrough", "will feel better"):
        assert not [words for words in said if word in words]
