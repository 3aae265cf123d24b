"""Laws of screening, on generated people."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.rules.explanation import Explainer
from kairos.vocab.facts import AskedAsOf, FactKind, Presence, Understanding
from kairos.vocab.verdict import Advice, Verdict
from tests.support.facts import (
    TODAY,
    condition,
    drug,
    every_answer_no,
    fact,
    finding,
    pressure,
    screened,
)

RELEASE = load_release()
CONDITIONS = sorted(
    c.id for c in RELEASE.concepts.concepts.values() if c.is_read and c.kind is FactKind.CONDITION
)
DRUGS = sorted(RELEASE.concepts.ingredients)
STRICTNESS = [Advice.MAY_PROCEED, Advice.NEEDS_REVIEW, Advice.INCOMPLETE, Advice.EXCLUDED]
FEW = settings(max_examples=25, derandomize=True, deadline=None)

days = st.dates(min_value=TODAY.replace(year=2010), max_value=TODAY).map(str)
conditions = st.builds(
    condition,
    st.sampled_from(CONDITIONS),
    days,
    st.sampled_from(["active", "resolved", ""]),
    understanding=st.sampled_from([Understanding.EXACT, Understanding.BROADER]),
)
drugs = st.builds(drug, st.sampled_from(DRUGS), days, st.sampled_from(["active", "stopped", ""]))
people = st.lists(st.one_of(conditions, drugs), max_size=12)


def test_an_empty_record_is_never_met():
    for chosen in (True, False):
        assert all(f.verdict is not Verdict.MET for f in screened([], chosen=chosen).findings)


@FEW
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(person, shuffler):
    shuffled = list(person)
    shuffler.shuffle(shuffled)
    assert screened(person) == screened(shuffled)


@FEW
@given(people, conditions)
def test_an_active_contraindication_never_improves_the_advice(person, more):
    added = replace(more, status="active", understanding=Understanding.EXACT, true_until=None)
    for base in (person, person + every_answer_no()):
        before, after = screened(base).advice, screened([*base, added]).advice
        assert STRICTNESS.index(after) >= STRICTNESS.index(before)


@FEW
@given(
    st.integers(90, 200),
    st.integers(50, 85),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_worse_blood_pressure_never_helps(systolic, diastolic, more_systolic, more_diastolic):
    worse = (systolic + more_systolic, min(diastolic + more_diastolic, systolic + more_systolic - 1))
    first, then = (
        finding(
            screened(pressure(*p, "2026-05-20") + pressure(*p, "2026-05-28")), "eligibility.blood_pressure"
        )
        for p in ((systolic, diastolic), worse)
    )
    if first.verdict is Verdict.NOT_MET:
        assert then.verdict is Verdict.NOT_MET


@FEW
@given(people)
def test_every_finding_has_a_live_source_and_a_sentence(person):
    explainer = Explainer(RELEASE.texts)
    for found in screened(person).findings:
        assert found.sources
        assert set(found.sources) <= set(RELEASE.citations)
        sentence = explainer.because(found)
        assert sentence and "{" not in sentence


@FEW
@given(people)
def test_what_nobody_understood_never_makes_a_rule_met(person):
    unread = [replace(f, understanding=Understanding.NOT_UNDERSTOOD) for f in person]
    met = {f.rule for f in screened(unread).findings if f.verdict is Verdict.MET}
    assert met <= {"eligibility.deceased"}


@FEW
@given(people)
def test_facts_after_the_asked_day_are_not_used(person):
    later = [replace(f, true_from=replace(f.true_from, year=2026, month=6, day=2)) for f in person]
    kept = {f.rule: f.verdict for f in screened(later).findings}
    nothing = {f.rule: f.verdict for f in screened([]).findings}
    assert {r: v for r, v in kept.items() if r != "eligibility.deceased"} == {
        r: v for r, v in nothing.items() if r != "eligibility.deceased"
    }


@FEW
@given(st.sampled_from(CONDITIONS))
def test_the_dead_are_excluded_whatever_else_is_known(concept):
    death = fact("deceased", FactKind.DEMOGRAPHIC, since="2026-05-01", presence=Presence.PRESENT)
    assert screened([*every_answer_no(), condition(concept), death]).advice is Advice.EXCLUDED


def test_the_result_carries_the_content_it_came_from():
    result = screened([])
    assert result.content_version == RELEASE.version
    assert result.as_of == AskedAsOf(TODAY, chosen=True)
