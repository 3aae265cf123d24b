"""The shipped criteria, bound once for a day."""

from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import (
    compare_as_of,
    criteria_of,
    definitions_of,
    definitions_offered,
    definitions_with,
    judged_trials,
    screen_as_of,
    shipped_criteria,
)
from kairos.content.standing_of_use import standing_of, use_known
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, screen
from kairos.domain.rules.target import Indication, Route, Setting, Standing, Target
from kairos.vocab.errors import NotInForce
from kairos.vocab.facts import AskedAsOf
from tests.support.facts import TODAY, every_answer_no, trial


def test_the_shipped_criteria_are_bound_once():
    assert shipped_criteria(TODAY) is shipped_criteria(TODAY)
    assert shipped_criteria(TODAY).version == load_release().version


def test_bound_again_they_answer_the_same():
    facts, as_of = every_answer_no(), AskedAsOf(TODAY, chosen=True)
    again = criteria_of(load_release(), on=TODAY)
    assert screen(facts, as_of=as_of, by=again) == screen(facts, as_of=as_of, by=shipped_criteria(TODAY))


def test_before_its_first_day_nothing_is_in_force():
    with pytest.raises(NotInForce, match="earliest is 2026-01-01"):
        criteria_of(load_release(), on=date(2019, 1, 1))


def test_a_rule_that_judges_no_treatments_has_no_ledger():
    rule = load_release().rules["eligibility.allergy"]
    assert judged_trials(AskedAsOf(date(2026, 6, 1)), (), rule=rule) == ()


def test_a_definition_nobody_knows_is_the_usual_one():
    rules = load_release().rules
    assert definitions_with(rules, "trd.nobody") == definitions_with(rules, "") == DEFAULT_DEFINITIONS
    assert definitions_with(rules, "trd.short") == {"trd.short", "anxiety.two_treatments"}
    assert definitions_of(rules, ()) == DEFAULT_DEFINITIONS


def test_definitions_are_read_back_from_the_findings_of_a_screening():
    as_of, chosen = AskedAsOf(TODAY, chosen=True), frozenset({"trd.short"})
    rules = load_release().rules
    found = screen_as_of(as_of, (), definitions=chosen)
    assert definitions_of(rules, found.findings) == chosen
    assert "trd.short" in {rule.definition for rule in definitions_offered(rules, Indication.TRD)}


def test_every_route_and_place_is_compared():
    as_of = AskedAsOf(TODAY, chosen=True)
    answers = compare_as_of(as_of, every_answer_no(), indication=Indication.PTSD, jurisdiction="gb")
    assert len({one.target for one in answers}) == len(Route) * len(Setting)
    assert {(one.target.indication, one.target.jurisdiction) for one in answers} == {(Indication.PTSD, "gb")}
    assert {one.screening.indication for one in answers} == {Indication.PTSD}
    assert any(one.arguments for one in answers)


def test_a_state_is_judged_by_its_country_where_it_has_no_row_of_its_own():
    release = load_release()
    state, country, nowhere = (
        standing_of(release.regulation, Target(Route.ESKETAMINE, jurisdiction=place), on=TODAY)
        for place in ("us-ca", "us", "xx")
    )
    assert state == country == Standing("approved")
    assert nowhere == Standing("not_known")
    assert use_known(release, Target(Route.IV), on=TODAY).evidence is not None


def test_the_ledger_judges_each_trial_by_the_definition_of_the_rule():
    rules = load_release().rules
    (rule,) = (r for r in rules.values() if r.definition == "trd.short")
    as_of = AskedAsOf(TODAY, chosen=True)
    told = trial("sertraline", 150, 8, 10)
    (judged,) = judged_trials(as_of, [told], rule=rule)
    assert judged.trial.facts == (told.id,)
    assert judged_trials(as_of, (), rule=rule) == ()
