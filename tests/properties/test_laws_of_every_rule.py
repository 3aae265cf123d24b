"""Laws of screening that hold for every rule there is and will be, on generated records."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.expression import Has
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.target import Indication, Target
from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Advice, Severity, Verdict

ON = date(2026, 3, 2)
AS_OF = AskedAsOf(ON, chosen=True)
RELEASE = load_release()
CITED = {key.removeprefix("cite:") for key in RELEASE.citations}
BY = shipped_criteria(ON)


def asked_conditions(severities):
    """Return the conditions that, once had, speak against going on by themselves; taken from the rules."""
    grades = [grade for rule in BY.bound.rules for grade in rule.grades]
    leaves = [
        g.speaks_against for g in grades if g.severity in severities and isinstance(g.speaks_against, Has)
    ]
    had = [leaf for leaf in leaves if leaf.tense is Tense.EVER and leaf.kind is FactKind.CONDITION]
    return sorted({concept for leaf in had for concept in leaf.concepts})


FORBIDDEN = asked_conditions({Severity.ABSOLUTE})
CONDITIONS = asked_conditions(set(Severity))


def a_condition(number, concept, understanding=Understanding.EXACT, day=None, presence=Presence.PRESENT):
    """Return a condition that a record states."""
    return Fact(
        id=f"Condition/{number}",
        kind=FactKind.CONDITION,
        concept=concept if understanding is not Understanding.NOT_UNDERSTOOD else "",
        origin=Origin(OriginKind.RECORD, f"Condition/{number}"),
        presence=presence,
        understanding=understanding,
        status="active",
        true_from=day,
    )


some_days = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(PartialDate.of)
some_conditions = st.lists(
    st.tuples(
        st.sampled_from(CONDITIONS), st.sampled_from(Understanding), some_days, st.sampled_from(Presence)
    ),
    max_size=5,
).map(lambda rows: tuple(a_condition(n, *row) for n, row in enumerate(rows)))
both_indications = pytest.mark.parametrize("indication", Indication)


def screened(facts, indication=Indication.TRD):
    return screen(facts, as_of=AS_OF, by=shipped_criteria(ON, Target(indication=indication)))


def test_the_laws_speak_of_something():
    assert FORBIDDEN
    assert set(CONDITIONS) > set(FORBIDDEN)


@both_indications
def test_on_an_empty_record_nothing_is_met(indication):
    result = screened((), indication)
    assert result.advice is Advice.INCOMPLETE
    assert [f.rule for f in result.findings if f.verdict is Verdict.MET] == []


@both_indications
def test_an_unknown_finding_leads_to_a_question_or_a_measurement(indication):
    """On an empty record something is asked, each question once, and each has its wording."""
    result = screened((), indication)
    explain = Explainer(RELEASE.texts)
    assert len(set(result.questions)) == len(result.questions) > 0
    assert all(explain.question(question) for question in result.questions)


@given(some_conditions)
@settings(max_examples=40, deadline=None)
def test_every_finding_has_a_live_source_and_a_sentence(facts):
    explain = Explainer(RELEASE.texts)
    for finding in screened(facts).findings:
        assert {s.removeprefix("cite:") for s in finding.sources} <= CITED
        assert explain.because(finding)


@given(some_conditions, st.sampled_from(FORBIDDEN))
@settings(max_examples=40, deadline=None)
def test_adding_what_is_forbidden_excludes_whatever_else_is_known(facts, concept):
    """Whatever else is known; only a later denial of the same makes it a contradiction, which asks."""
    others = tuple(f for f in facts if (f.concept, f.presence) != (concept, Presence.ABSENT))
    more = (*others, a_condition("added", concept, day=PartialDate(2015)))
    assert screened(more).advice is Advice.EXCLUDED


@given(some_conditions)
@settings(max_examples=40, deadline=None)
def test_nobody_proceeds_on_conditions_alone(facts):
    assert screened(facts).advice is not Advice.MAY_PROCEED


@given(some_conditions)
@settings(max_examples=40, deadline=None)
def test_an_entry_that_was_not_understood_never_makes_a_rule_met(facts):
    def met(record):
        return {f.rule for f in screened(record).findings if f.verdict is Verdict.MET}

    stranger = a_condition("stranger", "", Understanding.NOT_UNDERSTOOD)
    assert met((*facts, stranger)) <= met(facts)


@given(some_conditions, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_entries_changes_nothing(facts, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)
    before, after = screened(facts), screened(shuffled)
    assert {f.rule: f.verdict for f in before.findings} == {f.rule: f.verdict for f in after.findings}
    assert before.advice is after.advice


def test_one_screening_repeats_itself():
    facts = (a_condition(1, CONDITIONS[0], day=PartialDate(2020)),)
    assert screened(facts) == screened(facts)
