"""Receptors and ranges of effects: what their loaders refuse, by line."""

import pytest

from kairos.content.load_effects import load_effects
from kairos.content.load_receptors import load_receptors
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.pharmacology.substances import Substance

SUBSTANCES = {"x": Substance("x", 100.0, Certainty.VERIFIED, ("k",))}
TEXTS = TextBook({("en", "said", Audience.CLINICIAN): "A sentence."})
MARK = "source: cite:k, certainty: verified"
RECEPTOR = f"""\
title: A receptor
caveat: said
affinities: {{a: {{ki: 1, unit: umol/L, {MARK}}}}}
made_of: {{x: {{a: 1}}}}
unbound: {{x: {{value: 0.5, low: 0.4, high: 0.6, unit: "1", {MARK}}}}}
"""
EFFECT = f"calm: {{analyte: x, low: 1, high: 2, unit: ng/mL, blood: venous, text: said, {MARK}}}"


def _load(load, path, text):
    lint = Lint(citations=frozenset({"k"}))
    source = ContentSource((ContentFile(path, text.encode()),))
    return load(source, lint, substances=SUBSTANCES, texts=TEXTS), [str(f) for f in lint.faults]


def test_a_receptor_and_a_range_in_order():
    receptors, faults = _load(load_receptors, "receptors/r.yaml", RECEPTOR)
    assert not faults
    assert receptors["r"].affinities["a"].ki_umol_l == 1
    assert receptors["r"].unbound["x"].low == 0.4
    (effect,), faults = _load(load_effects, "effects/e.yaml", EFFECT)
    assert not faults
    assert (effect.name, effect.low_ng_ml, effect.high_ng_ml) == ("calm", 1, 2)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("caveat: said", "caveat: unsaid", "2: caveat names the text 'unsaid'"),
        ("ki: 1, unit: umol/L", "ki: 1, unit: mg/L", "3: ki must be above 0, in umol/L"),
        ("ki: 1,", "ki: 0,", "3: ki must be above 0"),
        ("{x: {a: 1}}", "{y: {a: 1}}", "4: 'y' is not among substances.yaml"),
        ("{x: {a: 1}}", "{x: {b: 1}}", "4: 'b' is not among the affinities"),
        ("{x: {a: 1}}", "{x: {a: 0.5}}", "4: the parts add up to 0.5"),
        ("low: 0.4", "low: 0.7", "5: low, value and high must rise"),
        ('unit: "1"', "unit: '%'", "5: low, value and high must rise"),
    ],
)
def test_a_receptor_with_a_fault(was, now, said):
    _, (fault,) = _load(load_receptors, "receptors/r.yaml", RECEPTOR.replace(was, now))
    assert fault.startswith(f"receptors/r.yaml:{said}")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("analyte: x", "analyte: y", "'y' is not among substances.yaml"),
        ("text: said", "text: unsaid", "text names 'unsaid'"),
        ("low: 1", "low: 3", "low and high must rise"),
        ("low: 1", "low: 0", "low and high must rise"),
        ("ng/mL", "mg/L", "low and high must rise"),
    ],
)
def test_a_range_with_a_fault(was, now, said):
    _, (fault,) = _load(load_effects, "effects/e.yaml", EFFECT.replace(was, now))
    assert said in fault
