"""Medicines at hand and the red-flag card: what does not exist, or is missing, is a fault with its line."""

import pytest

from kairos.content.load_event_terms import load_event_terms
from kairos.content.load_red_flags import load_red_flags
from kairos.content.load_rescue import load_rescue
from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.content.release import load_release
from kairos.domain.safety.red_flags import Band

RELEASE = load_release()
A = "id: a, severity: caution"
DRUG = "{for: [nausea], doses: [{routes: [iv], low: 4, high: 8, unit: mg}], source: cite:x, certainty: memory"


def source_of(path, text):
    return ContentSource((ContentFile(path, text.encode()),))


def rescue_faults(text):
    lint = Lint(citations=frozenset({"x"}))
    load_rescue(source_of("rescue/a.yaml", text), lint, concepts=RELEASE.concepts, texts=RELEASE.texts)
    return [fault.fault for fault in lint.faults]


def flag_faults(text):
    lint = Lint(citations=frozenset({"x"}))
    load_red_flags(source_of("red_flags/card.yaml", text), lint, texts=RELEASE.texts)
    return [fault.fault for fault in lint.faults]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"moonshine: {DRUG}}}", "is no drug"),
        (f"aspirin: {DRUG}}}", "texts are missing"),
        (f"ondansetron: {DRUG.replace('low: 4', 'low: 9')}}}", "are no range"),
        (f"ondansetron: {DRUG.replace('[iv]', '[ear]')}}}", "no way to give"),
        (
            f"ondansetron: {DRUG}, cautions: [{{{A}, drugs: [moonshine]}}]}}",
            "is no drug",
        ),
        (
            f"ondansetron: {DRUG}, cautions: [{{{A}, classes: [moons]}}]}}",
            "of the class",
        ),
        (
            f"ondansetron: {DRUG}, cautions: [{{{A}, conditions: [moon]}}]}}",
            "no concept",
        ),
    ],
)
def test_what_is_wrong_with_a_medicine_is_named(text, fault):
    (found,) = rescue_faults(text)
    assert fault in found


def test_what_is_wrong_with_the_card_is_named():
    band = "{lines: [faint], source: cite:x, certainty: default}"
    assert "emergency is missing" not in flag_faults(f"emergency: {band}")[0]
    assert flag_faults(f"emergency: {band}") == ["call, expected is missing"]
    assert "is no band" in flag_faults(f"worry: {band}")[0]
    assert "no wording for patients" in flag_faults(f"call: {band.replace('faint', 'moon')}")[0]


def test_the_card_shows_its_bands_with_what_hurts_first():
    assert [each.band for each in RELEASE.red_flags] == list(Band)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mind: {terms: [panic, panic], source: cite:x, certainty: default}", "stands in mind already"),
        ("mind: {terms: [moonburn], source: cite:x, certainty: default}", "has words"),
        ("moods: {terms: [panic], source: cite:x, certainty: default}", "term_group.moods has no words"),
    ],
)
def test_what_is_wrong_with_the_terms_is_named(text, fault):
    lint = Lint(citations=frozenset({"x"}))
    load_event_terms(source_of("events/terms.yaml", text), lint, texts=RELEASE.texts)
    (found,) = lint.faults
    assert fault in found.fault


def test_every_symptom_of_a_session_can_be_recorded_as_an_event():
    known = {code for each in RELEASE.protocols.values() for code in each.symptoms}
    assert known - set(RELEASE.event_terms) == {"emergency_called", "difficult_experience"}
