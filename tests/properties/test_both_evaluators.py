"""One person and many people are asked by two evaluators; their answers are the same, rule by rule."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pytest

from kairos.analytics.cohort import cohort_counts, cohort_verdicts
from kairos.analytics.engine import fetched, read_facts
from kairos.analytics.fact_days import AskedDays
from kairos.analytics.fact_file import FactFile
from kairos.content.release import load_release
from kairos.content.screening_criteria import binding_of
from kairos.domain.rules.case import Case
from kairos.domain.rules.evaluation import bind
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.verdict import Verdict
from tests.support.generated_people import PeopleMaker

PEOPLE = 10_000
ON = date(2026, 6, 1)
RELEASE = load_release()
RULES = tuple(RELEASE.rules.values())
BINDING = binding_of(RELEASE, on=ON)
MAKER = PeopleMaker(RULES, BINDING, ON)
Told = dict[str, dict[str, str]]


class Answers(NamedTuple):
    """What each evaluator answers, by person and rule, and how often each sentence was said."""

    one: Told
    many: Told
    counts: dict[str, int]
    said: Counter[str]


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> Answers:
    """Return what each evaluator answers of every person, all rules of all routes and places together."""
    path = tmp_path_factory.mktemp("facts") / "facts.parquet"
    bound = bind(RULES, BINDING)
    one: Told = {}
    said: Counter[str] = Counter()
    with FactFile(path, content=RELEASE.version) as file:
        for person, facts in MAKER.people(PEOPLE):
            file.add(person, facts)
            case = Case(facts, as_of(facts))
            found = bound.find(case)
            one[person] = {f.rule: f.verdict.value for f in found}
            said.update(f.message for f in found)
    days = AskedDays(AskedAsOf(ON), by_record=True)
    rows = fetched(cohort_verdicts(read_facts(path), RULES, BINDING, days=days))
    many = {row.pop("person"): row for row in rows}
    counts = fetched(cohort_counts(read_facts(path), RULES, BINDING, days=days))[0]
    return Answers(one, many, counts, said)


def as_of(facts: list[Fact]) -> AskedAsOf:
    """Return the day of the newest entry, else today."""
    entries = [f.true_from for f in facts if f.concept == "record_entry" and f.true_from]
    return AskedAsOf(entries[0].first, chosen=True) if entries else AskedAsOf(ON)


def test_both_evaluators_answer_alike(answers):
    assert len(answers.many) == PEOPLE
    assert differences(answers.one, answers.many) == []


def test_the_counts_are_those_of_everybody(answers):
    told = [(rule, verdict) for row in answers.many.values() for rule, verdict in row.items()]
    counted = {f"{rule}|{verdict}": number for (rule, verdict), number in Counter(told).items()}
    assert answers.counts == {"people": PEOPLE, **counted}


def test_each_rule_is_seen_met_not_met_and_unknown(answers):
    seen = Counter((rule, verdict) for told in answers.one.values() for rule, verdict in told.items())
    wanted = {(rule.id, verdict.value) for rule in RULES for verdict in Verdict}
    assert wanted - seen.keys() == set()


def test_readings_without_a_date_and_half_ones_are_among_them(answers):
    """What hardly anybody has is not compared: each way in which such a reading answers occurs."""
    wanted = {"finding.unknown_undated_beyond", "finding.unknown_undated", "blood_pressure.half"}
    wanted |= {"blood_pressure.half_beyond", "blood_pressure.half_above"}
    assert {message: answers.said[message] for message in wanted if answers.said[message] < 20} == {}


def differences(one: Mapping[str, Mapping[str, str]], many: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the first few people and rules of whom the two say different things."""
    found = [
        f"{person} {rule}: {verdict} alone, {many[person][rule]} among many"
        for person, told in one.items()
        for rule, verdict in told.items()
        if many[person][rule] != verdict
    ]
    return found[:10]
