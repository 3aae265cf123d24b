"""The plan for the days after a session: every word, number and claim in it is known."""

import pytest

from kairos.content.load_integration import load_integration
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience

PATH = "integration/days_after.yaml"
SHIPPED = next(file for file in read_source().files if file.path == PATH).data.decode()


def faults(before, after):
    """Return what is wrong with the shipped file after one change."""
    assert before in SHIPPED
    release, lint = load_release(), Lint()
    lint.citations = frozenset(release.citations)
    source = ContentSource((ContentFile(PATH, SHIPPED.replace(before, after, 1).encode()),))
    load_integration(source, lint, parameters=release.parameters, texts=release.texts, claims=release.claims)
    with pytest.raises(ContentError) as error:
        lint.finish()
    return str(error.value)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("integration.step.first", "integration.moon", "parameter 'integration.moon'"),
        ("integration.window.opens", "integration.moon", "parameter 'integration.moon'"),
        ("{id: write,", "{id: dance,", "no text integration.step.dance for a patient"),
        ("[breath,", "[moon,", "no text integration.practice.moon for a patient"),
        ("{id: mood,", "{id: hat,", "no text visit.field.hat for a clinician"),
        ("{id: harm, level: urgent}", "{id: hat, level: urgent}", "no text integration.reason.hat"),
        ("{id: harm, level: urgent}", "{id: harm, level: mild}", "level is 'mild'"),
        ("[C-005, C-065]", "[C-999]", "not C-999"),
        ("[C-005, C-065]", "[]", "claims must name claims"),
        ("  version: 1", "  version: 1\n  promise: all", "unexpected key 'promise'"),
    ],
)
def test_faults_are_named(before, after, said):
    assert said in faults(before, after)


def test_the_label_says_how_little_is_known_and_no_text_calls_it_essential():
    """X-14: offered and measured, never called necessary; S-090: the label."""
    texts = load_release().texts
    label = texts.template("integration.grade_label", audience=Audience.PATIENT)
    assert "hypothesis" in label.lower()
    assert "one randomised trial of training" in label
    said = [
        words.lower() for (_, name, _), words in texts.templates.items() if name.startswith("integration.")
    ]
    for word in ("essential", "proven", "must do", "failed", "missed"):
        assert not [words for words in said if word in words]
