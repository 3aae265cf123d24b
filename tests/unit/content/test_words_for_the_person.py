"""Every finding has words for the person whom it is about; none is silent, none blames."""

from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.content.standing_of_use import use_known
from kairos.domain.eligibility.screening import screen
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.vocab.facts import AskedAsOf
from tests.support.facts import TODAY, every_answer_no, yes

PATIENT = Audience.PATIENT
UNKIND = ("contraindicat", "excluded", "non-compliant", "failed", "refused", "suicidality", "{", "[")
TARGETS = [Target(route, setting) for route in Route for setting in Setting]
TARGETS += [Target(indication=indication) for indication in Indication]


def records():
    """Return a silent record, one that denies everything, and one that affirms everything."""
    denied = every_answer_no()
    asked = load_release().questions.values()
    concepts = {c for question in asked for c in (question.concept, *question.states.get("yes", {}))}
    return [], denied, [yes(concept) for concept in sorted(concepts)]


@pytest.mark.parametrize("target", TARGETS, ids=lambda t: f"{t.route}-{t.setting}-{t.indication}")
def test_every_finding_speaks_to_the_person_kindly(target):
    explainer = Explainer(load_release().texts, audience=PATIENT)
    for record in records():
        found = screen(record, as_of=AskedAsOf(TODAY), by=shipped_criteria(TODAY, target))
        said = [explainer.because(finding) for finding in found.findings]
        said += [explainer.question(step.step) for step in found.steps]
        unkind = [line for line in said for word in UNKIND if word in line.casefold()]
        assert said and not unkind


@pytest.mark.parametrize("indication", Indication)
def test_status_and_evidence_have_words_for_the_person(indication):
    release = load_release()
    for route in Route:
        known = use_known(release, Target(route, indication=indication), on=date(2026, 6, 1))
        assert all(tell_standing(known.status, release.texts, audience=PATIENT))
        assert tell_evidence(known.evidence, release.texts, audience=PATIENT)
