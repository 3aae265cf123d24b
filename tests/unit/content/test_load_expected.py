"""Which models draw the expected window: what the loader refuses."""

import pytest

from kairos.content.load_expected import load_expected
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release

FILE = """\
substance: ketamine
models: [clements-1981]
text: pharmacology.expected_models
source: cite:kairos-default
certainty: default
"""


def _load(text):
    release, lint = load_release(), Lint(citations=frozenset({"kairos-default"}))
    source = ContentSource((ContentFile("expected/x.yaml", text.encode()),))
    return load_expected(source, lint, models=release.models, texts=release.texts), lint.faults


def test_a_choice_in_order():
    found, faults = _load(FILE)
    assert not faults
    assert [model.name for model in found["ketamine"].models] == ["clements-1981"]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("pharmacology.expected_models", "unsaid", "text names 'unsaid'"),
        ("[clements-1981]", "[nobody-1900]", "models names 'nobody-1900'"),
        ("[clements-1981]", "[otto-2021]", "which is no model of ketamine"),
        ("[clements-1981]", "[]", "models is missing"),
    ],
)
def test_a_choice_with_a_fault(was, now, said):
    _, (fault,) = _load(FILE.replace(was, now))
    assert said in str(fault)
