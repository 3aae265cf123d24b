"""Expressions: each kind of part, in all three values."""

from datetime import date, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.eligibility.words import WORDS
from kairos.domain.rules.answer import Answer, all_answers, any_answer
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import Binding, bind
from kairos.domain.rules.expression import AllOf, AnyOf, CountOf, Has, HasDied, Not, Operator, Unless
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.readings import Reading
from kairos.domain.rules.rule import Grade, Rule
from kairos.vocab.errors import NotInForce
from kairos.vocab.facts import AskedAsOf, FactKind, Presence, Understanding
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import TODAY, broader, condition, fact, measured, no, not_sure, yes

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
BINDING = Binding(load_release().parameters, TODAY, {"sedative": frozenset({"morphine"})}, {})


def has(concept, tense=Tense.EVER, window="", classes=frozenset()):
    """Return the question whether a concept holds."""
    return Has(tense, frozenset({concept}), classes, concept, window=window)


def ask(expression, *facts, on=TODAY):
    """Return what an expression answers."""
    return BINDING.plan(expression).evaluate(Case(facts, AskedAsOf(on, chosen=True)))


A, B = has("mania"), has("dementia")


@pytest.mark.parametrize(
    ("facts", "both", "either", "neither_a", "unless_a"),
    [
        ([yes("mania"), yes("dementia")], MET, MET, NOT_MET, NOT_MET),
        ([yes("mania"), no("dementia")], NOT_MET, MET, NOT_MET, NOT_MET),
        ([yes("mania")], UNKNOWN, MET, NOT_MET, NOT_MET),
        ([no("mania")], NOT_MET, UNKNOWN, MET, MET),
        ([no("mania"), no("dementia")], NOT_MET, NOT_MET, MET, MET),
        ([], UNKNOWN, UNKNOWN, UNKNOWN, MET),
    ],
)
def test_parts_combine_in_three_values(facts, both, either, neither_a, unless_a):
    assert ask(AllOf((A, B)), *facts).verdict is both
    assert ask(AnyOf((A, B)), *facts).verdict is either
    assert ask(Not(A), *facts).verdict is neither_a
    assert ask(Unless(A), *facts).verdict is unless_a


def test_the_most_telling_unknown_speaks():
    silent, telling = Answer(UNKNOWN, "silent", rank=0), Answer(UNKNOWN, "broader", facts=("f",), rank=2)
    assert any_answer([silent, telling]).message == "broader"
    assert all_answers([silent, telling]).facts == ("f",)
    assert all_answers([Answer(MET, "a", facts=("f",)), Answer(MET, "b", facts=("g",), rank=3)]) == Answer(
        MET, "b", facts=("f", "g"), rank=3
    )


WINDOW = "eligibility.recent_event_window"


@pytest.mark.parametrize(
    ("since", "within", "earlier"),
    [
        ("2026-05-01", MET, UNKNOWN),
        ("2026-04-20", MET, UNKNOWN),
        ("2026-04-19", UNKNOWN, MET),
        ("2026-04", UNKNOWN, UNKNOWN),
        (None, UNKNOWN, MET),
    ],
)
def test_events_within_and_before_a_time(since, within, earlier):
    event = fact("myocardial_infarction", since=since)
    assert ask(has(event.concept, Tense.WITHIN, WINDOW), event).verdict is within
    assert ask(has(event.concept, Tense.EARLIER, WINDOW), event).verdict is earlier


@pytest.mark.parametrize(("recorded", "earlier"), [("2026-05-20", UNKNOWN), ("2026-01-20", MET)])
def test_an_event_only_written_down_was_so_by_then_since_when_is_not_known(recorded, earlier):
    event = fact("ischaemic_stroke_or_tia", recorded=recorded)
    assert ask(has(event.concept, Tense.WITHIN, WINDOW), event).verdict is UNKNOWN
    assert ask(has(event.concept, Tense.EARLIER, WINDOW), event).verdict is earlier


def test_a_denial_after_an_event_outside_the_time_answers():
    event = fact("myocardial_infarction", since="2026-01-01")
    assert ask(has(event.concept, Tense.WITHIN, WINDOW), event, no(event.concept)).verdict is NOT_MET


def test_the_year_that_has_begun_is_not_precise_enough():
    assert ask(A, fact("mania", since="2026")).message == "finding.unknown_date_unclear"
    assert ask(A, fact("mania", since="2026", recorded="2026-03-01")).verdict is MET
    current = has("mania", Tense.CURRENT)
    assert ask(current, fact("mania", since="2025-01-01", until="2026")).verdict is UNKNOWN
    within = has("mania", Tense.WITHIN, WINDOW)
    assert ask(within, fact("mania", since="2026-06")).message == "finding.unknown_date_unclear"


def test_every_concept_denied_denies_the_question_the_oldest_denial_counts():
    asked = Has(Tense.EVER, frozenset({"mania", "dementia"}), frozenset(), "either")
    assert ask(asked, no("mania"), no("dementia")).verdict is NOT_MET
    assert ask(asked, no("mania")).verdict is UNKNOWN
    assert ask(asked, no("mania", "2025-01-01"), no("dementia")).message == "finding.unknown_stale"
    assert ask(asked, no("mania", "2025-01-01"), no("either")).verdict is NOT_MET


def test_a_broader_absence_and_an_unreadable_status_ask():
    vague = fact("mania", presence=Presence.ABSENT, understanding=Understanding.BROADER, since="2026-01-01")
    assert ask(A, vague).message == "finding.unknown_broader"
    unreadable = fact("mania", understanding=Understanding.NOT_UNDERSTOOD, since="2026-01-01")
    assert ask(A, unreadable).message == "finding.unknown_unreadable"
    assert ask(has("mania", Tense.CURRENT), broader("mania", until="2026-02-01")).verdict is UNKNOWN


def test_a_later_answer_about_the_present_is_named_beside_the_entry():
    entry, denial = condition("mania", "2026-01-01"), no("mania")
    later = ask(has("mania", Tense.CURRENT), entry, denial)
    assert (later.verdict, later.message) == (NOT_MET, "finding.denied_later")
    assert set(later.facts) == {entry.id, denial.id}
    old = ask(has("mania", Tense.CURRENT), condition("mania", "2024-01-01"), no("mania", "2025-01-01"))
    assert (old.verdict, old.message) == (UNKNOWN, "finding.unknown_stale")


def test_of_the_same_day_the_entry_outweighs_the_denial():
    assert ask(A, condition("mania", "2026-06-01"), no("mania")).verdict is MET
    assert ask(A, not_sure("mania"), no("mania")).verdict is UNKNOWN


def test_impossible_values_are_not_used():
    odd = fact("mania", since="2026-01-01", understanding=Understanding.IMPLAUSIBLE)
    assert ask(A, odd).message == "finding.unknown_silent"


def test_a_drug_class_stands_for_its_drugs():
    taking = Has(Tense.CURRENT, frozenset(), frozenset({"sedative"}), "taking", FactKind.MEDICATION)
    assert (
        ask(taking, fact("morphine", FactKind.MEDICATION, since="2026-05-01", status="active")).verdict is MET
    )


@pytest.mark.parametrize(("count", "verdict"), [(0, UNKNOWN), (1, UNKNOWN), (2, MET), (3, MET)])
def test_a_count_of_facts(count, verdict):
    counted = CountOf("seizure", "trial.treatments", "eligibility.laboratory_max_age")
    facts = [condition("seizure", f"2026-05-0{n + 1}") for n in range(count)]
    answered = ask(counted, *facts, condition("seizure", "2020-01-01"), broader("seizure"))
    assert (answered.verdict, answered.values["count"]) == (verdict, str(count))


READING = Reading("alt", Operator.ABOVE, Quantity(40, "U/L"), timedelta(days=30))


@pytest.mark.parametrize(
    ("given", "verdict", "message"),
    [
        (measured("alt", 41, "U/L"), MET, "finding.reading_beyond"),
        (measured("alt", 40, "U/L"), NOT_MET, "finding.reading_within"),
        (measured("alt", 40, "U/L", "2026-04-01"), UNKNOWN, "finding.unknown_old_reading"),
        (measured("alt", 1, "ukat/L"), UNKNOWN, "finding.unknown_unreadable_value"),
        (measured("alt", 1, "U/L", "2026"), UNKNOWN, "finding.unknown_unreadable_value"),
        (fact("alt", FactKind.LABORATORY, since="2026-05-30"), UNKNOWN, "finding.unknown_unreadable_value"),
        (
            fact("alt", FactKind.LABORATORY, value=Quantity(1, "U/L")),
            UNKNOWN,
            "finding.unknown_undated",
        ),
        (no("alt"), UNKNOWN, "finding.unknown_no_reading"),
        (measured("ast", 41, "U/L"), UNKNOWN, "finding.unknown_no_reading"),
    ],
)
def test_a_reading_against_a_limit(given, verdict, message):
    answered = READING.answer(Case([given], AskedAsOf(TODAY, chosen=True)))
    assert (answered.verdict, answered.message) == (verdict, message)


def test_a_newer_reading_decides_whatever_the_order():
    facts = [measured("alt", 90, "U/L", "2026-05-20"), measured("alt", 20, "U/L", "2026-05-28")]
    for ordered in (facts, facts[::-1]):
        assert READING.answer(Case(ordered, AskedAsOf(TODAY, chosen=True))).verdict is NOT_MET


def test_a_rule_that_is_met_on_nothing_is_refused():
    careless = Rule(
        "eligibility.careless",
        "X",
        (Grade(Severity.ABSOLUTE, Not(Unless(A))),),
        ("kairos-default",),
        (),
        date(2026, 1, 1),
    )
    with pytest.raises(ValueError, match=r"eligibility\.careless is met where nothing is known"):
        bind([careless], BINDING)


def test_a_part_that_reads_any_concept_is_always_asked():
    binding = Binding(BINDING.parameters, TODAY, {}, WORDS)
    either = binding.plan(AnyOf((HasDied(), A)))
    seen = Case([condition("hypertension")], AskedAsOf(TODAY, chosen=True))
    assert either.reads is None
    assert "deceased" in all_answers([binding.plan(HasDied()).evaluate(seen), either.evaluate(seen)]).message


def test_a_drug_class_that_is_not_there_never_reads_as_takes_none_of_it():
    assert ask(has("mania", classes=frozenset({"sedative"})), no("mania")).verdict is NOT_MET
    with pytest.raises(NotInForce, match="sweets is no drug class"):
        ask(has("mania", classes=frozenset({"sweets"})), no("mania"))
