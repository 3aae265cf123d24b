"""Laws of screening that hold for every route, place and use."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.vocab.facts import AskedAsOf, FactKind, Understanding
from kairos.vocab.verdict import Advice, Verdict
from tests.support.facts import TODAY, condition, drug, every_answer_no, measured, pressure, without, yes

RELEASE = load_release()
AS_OF = AskedAsOf(TODAY, chosen=True)
STRICTNESS = [Advice.MAY_PROCEED, Advice.NEEDS_REVIEW, Advice.INCOMPLETE, Advice.EXCLUDED]
FEW = settings(max_examples=30, derandomize=True, deadline=None)
PLACES = [(route, setting) for route in Route for setting in Setting]
targets = st.builds(
    lambda place, use, law: Target(*place, use, law),
    st.sampled_from(PLACES),
    st.sampled_from(Indication),
    st.sampled_from(["us", "xx"]),
)
SOFTENING = {"no_childbearing_potential", "contraception_in_place", "substance_use_in_remission"}
CONDITIONS = sorted(
    c.id
    for c in RELEASE.concepts.concepts.values()
    if c.is_read and c.kind is FactKind.CONDITION and c.id not in SOFTENING
)
contraindications = st.one_of(
    st.builds(condition, st.sampled_from(CONDITIONS)),
    st.builds(drug, st.sampled_from(["lorazepam", "oxycodone", "theophylline", "clarithromycin"])),
    st.builds(yes, st.sampled_from(["ketamine_misuse", "past_mania", "home_oxygen", "suicidal_intent"])),
)
VITALS = {
    "oxygen_saturation": ("%", 100, 80, FactKind.VITAL),
    "alt": ("U/L", 10, 400, FactKind.LABORATORY),
    "egfr": ("mL/min/{1.73_m2}", 110, 5, FactKind.LABORATORY),
    "phq9_item9": ("1", 0, 3, FactKind.SCORE),
    "body_weight": ("kg", 60, 200, FactKind.VITAL),
}


def screened(facts, target):
    return screen(facts, as_of=AS_OF, by=shipped_criteria(TODAY, target))


def strictness(facts, target):
    return STRICTNESS.index(screened(facts, target).advice)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place[0]}-{place[1]}")
def test_an_empty_record_passes_nothing(place):
    for use in Indication:
        result = screened([], Target(*place, use))
        assert [f.rule for f in result.findings if f.verdict is Verdict.MET] == []
        assert result.advice in {Advice.INCOMPLETE, Advice.EXCLUDED}
        assert result.questions


@FEW
@given(targets, st.lists(contraindications, max_size=4), contraindications)
def test_one_contraindication_more_never_improves_the_advice(target, person, more):
    for base in (person, person + every_answer_no()):
        assert strictness([*base, more], target) >= strictness(base, target)


@FEW
@given(targets, st.sampled_from(sorted(VITALS)), st.integers(0, 20), st.integers(0, 20))
def test_a_worse_vital_never_helps(target, vital, step, more):
    unit, best, worst, kind = VITALS[vital]
    known = without(every_answer_no(), vital)
    values = [best + (worst - best) * min(n, 20) / 20 for n in (step, step + more)]
    if vital == "phq9_item9":
        values = [round(value) for value in values]
    first, then = (strictness([*known, measured(vital, v, unit, kind=kind)], target) for v in values)
    assert then >= first


@FEW
@given(targets, st.integers(90, 190), st.integers(50, 85), st.integers(0, 60), st.integers(0, 60))
def test_a_worse_blood_pressure_never_helps(target, systolic, diastolic, more_systolic, more_diastolic):
    known = without(every_answer_no(), "systolic_bp", "diastolic_bp")
    worse = (systolic + more_systolic, min(diastolic + more_diastolic, systolic + more_systolic - 1))
    first, then = (
        strictness([*known, *pressure(*value, "2026-05-20"), *pressure(*value, "2026-05-28")], target)
        for value in ((systolic, diastolic), worse)
    )
    assert then >= first


@FEW
@given(targets, contraindications)
def test_the_home_is_never_easier_than_the_clinic(target, one):
    for facts in ([one], [*every_answer_no(), one]):
        home, clinic = (
            Target(target.route, s, target.indication, target.jurisdiction) for s in reversed(Setting)
        )
        if Verdict.NOT_MET in {f.verdict for f in screened(facts, clinic).findings}:
            assert strictness(facts, home) >= strictness(facts, clinic)


@FEW
@given(targets, st.sampled_from(CONDITIONS))
def test_an_entry_nobody_understood_never_helps(target, concept):
    unread = condition(concept, understanding=Understanding.NOT_UNDERSTOOD)
    assert strictness([*every_answer_no(), unread], target) >= strictness(every_answer_no(), target)
