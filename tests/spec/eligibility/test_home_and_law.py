"""The home, the law and the use.

What a course at home needs beside everything else, what the label and the law leave to the prescriber, and
how long an entry of a record can still speak of today.
"""

from datetime import date

import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import criteria_of
from kairos.content.standing_of_use import use_known
from kairos.domain.eligibility.screening import screen
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.vocab.facts import AskedAsOf, FactKind
from kairos.vocab.verdict import Advice, Severity, Verdict
from tests.support.facts import (
    TODAY,
    condition,
    confirmed,
    drug,
    every_answer_no,
    fact,
    finding,
    no,
    pressure,
    screened,
    without,
    yes,
)

A, R, D, C = Severity.ABSOLUTE, Severity.RELATIVE, Severity.DEFER, Severity.CAUTION
CLINIC, HOME = Setting.CLINIC, Setting.HOME
AT_HOME = Target(Route.SUBLINGUAL, HOME)
PRESSURE_SITUATIONS = (
    ("newest two days [mmHg]", "cuff at home", "rule", "row", "verdict", "severity"),
    ((138, 88), "yes", "eligibility.home_blood_pressure", "HOME-BP", Verdict.MET, D),
    ((138, 88), "no", "eligibility.home_blood_pressure", "HOME-BP", Verdict.NOT_MET, D),
    ((138, 88), "not said", "eligibility.home_blood_pressure", "HOME-BP", Verdict.UNKNOWN, D),
    ((138, 88), "said two months ago", "eligibility.home_blood_pressure", "HOME-BP", Verdict.UNKNOWN, D),
    ((141, 88), "yes", "eligibility.home_blood_pressure", "HOME-BP", Verdict.NOT_MET, D),
    ((141, 88), "yes", "eligibility.blood_pressure", "BP-UNCTRL", Verdict.NOT_MET, D),
    ((160, 88), "yes", "eligibility.blood_pressure", "BP-UNCTRL", Verdict.NOT_MET, D),
)
_CUFF = "blood_pressure_cuff_at_home"
_CUFFS = {
    "yes": [yes(_CUFF)],
    "no": [no(_CUFF)],
    "not said": [],
    "said two months ago": [yes(_CUFF, "2026-04-01")],
}


@pytest.mark.parametrize(("value", "cuff", "rule", "row", "verdict", "severity"), PRESSURE_SITUATIONS[1:])
def test_blood_pressure_at_home(value, cuff, rule, row, verdict, severity):
    """At home anything above 140/90 defers, and so does the lack of a cuff."""
    facts = without(every_answer_no(), _CUFF, "systolic_bp", "diastolic_bp")
    facts += [*pressure(*value, "2026-05-20"), *pressure(*value, "2026-05-28"), *_CUFFS[cuff]]
    found = finding(screened(facts, target=AT_HOME), rule)
    assert (found.verdict, found.severity, found.ref) == (verdict, severity, row)
    assert "kairos-default" in found.sources
    assert found.message != "blood_pressure.newest_beyond" or value[0] >= 160


def test_missing_tests_defer_at_home():
    """Baseline tests that are absent defer a course at home; in the clinic they are a caution."""
    facts = without(every_answer_no(), "alt")
    for where, severity in ((HOME, D), (CLINIC, C)):
        found = finding(screened(facts, target=Target(Route.ORAL, where)), "eligibility.tests_missing")
        assert (found.verdict, found.severity) == (Verdict.NOT_MET, severity)


def test_heart_disease_with_clearance_may_be_reviewed_for_home():
    """Stable heart disease blocks at home until it is cleared; a clearance older than half a year is none."""
    facts = [*without(every_answer_no(), "list.condition", "heart_disease", "cardiac_clearance")]
    facts.append(condition("heart_failure", "2019-01-01"))
    for cleared, severity in (([yes("cardiac_clearance")], R), ([yes("cardiac_clearance", "2025-06-01")], A)):
        found = finding(screened(facts + cleared, target=AT_HOME), "eligibility.stable_heart_disease")
        assert (found.verdict, found.severity) == (Verdict.NOT_MET, severity)


LESSER_RISK = (
    ("stated", "where", "severity", "level of what starts"),
    ("thoughts", HOME, R, "urgent"),
    ("thoughts", CLINIC, C, "routine_plus"),
    ("thoughts with a method", CLINIC, R, "urgent"),
    ("behaviour, once in life", HOME, R, "urgent"),
)
_STATED = {
    "thoughts": "suicidal_thoughts",
    "thoughts with a method": "suicidal_thoughts_with_method",
    "behaviour, once in life": "suicidal_behaviour_ever",
}


@pytest.mark.parametrize(("stated", "where", "severity", "level"), LESSER_RISK[1:])
def test_any_suicide_risk_needs_review_at_home(stated, where, severity, level):
    """Any positive answer needs review before a course at home, and starts its pathway on the spot."""
    facts = [*without(every_answer_no(), _STATED[stated]), yes(_STATED[stated])]
    result = screened(facts, target=Target(Route.SUBLINGUAL, where))
    found = finding(result, "eligibility.suicide_risk")
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, severity, "SUICIDE-ANY")
    assert [started.level.value for started in result.pathways] == [level]


PRESCRIBING_SITUATIONS = (
    ("rule", "row", "stated", "where", "place", "verdict"),
    ("eligibility.licence", "LICENCE", "yes", HOME, "us", Verdict.MET),
    ("eligibility.licence", "LICENCE", "no", HOME, "us", Verdict.NOT_MET),
    ("eligibility.licence", "LICENCE", "nothing", HOME, "us-ca", Verdict.UNKNOWN),
    ("eligibility.telehealth", "TELEHEALTH", "no", HOME, "xx", Verdict.NOT_MET),
    ("eligibility.telehealth", "TELEHEALTH", "nothing", HOME, "xx", Verdict.UNKNOWN),
    ("eligibility.telehealth", "TELEHEALTH", "yes", HOME, "xx", Verdict.MET),
    ("eligibility.telehealth", "TELEHEALTH", "no", HOME, "us", "not asked"),
    ("eligibility.licence", "LICENCE", "no", CLINIC, "us", "not asked"),
)
_QUESTIONED = {
    "eligibility.licence": "prescriber_licensed_where_person_is",
    "eligibility.telehealth": "examined_in_person",
}


@pytest.mark.parametrize(("rule", "row", "stated", "where", "place", "verdict"), PRESCRIBING_SITUATIONS[1:])
def test_prescribing_across_a_border(rule, row, stated, where, place, verdict):
    """Without a licence where the person is nobody may prescribe for home. Without a law that allows it, nor
    without a visit; of a place that the table does not know, nothing is allowed by silence."""
    concept = _QUESTIONED[rule]
    said = {"yes": [yes(concept)], "no": [no(concept)], "nothing": []}[stated]
    result = screened(
        without(every_answer_no(), concept) + said, target=Target(Route.SUBLINGUAL, where, jurisdiction=place)
    )
    found = [(f.verdict, f.ref, f.severity) for f in result.findings if f.rule == rule]
    assert found == ([] if verdict == "not asked" else [(verdict, row, A)])


def test_when_the_law_ends_the_visit_is_asked_for_again():
    """The United States let controlled drugs be prescribed without a visit until the end of 2026."""
    release, facts = load_release(), without(every_answer_no(), "examined_in_person")
    for day, asked in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        by = criteria_of(release, on=day, target=AT_HOME)
        result = screen(facts, as_of=AskedAsOf(TODAY, chosen=True), by=by)
        assert ("eligibility.telehealth" in {f.rule for f in result.findings}) == asked


OFF_LABEL_SITUATIONS = (
    ("route", "use", "place", "reason recorded", "verdict"),
    (Route.IV, Indication.TRD, "us", "no", Verdict.NOT_MET),
    (Route.IV, Indication.TRD, "us", "nothing", Verdict.UNKNOWN),
    (Route.SUBLINGUAL, Indication.ANXIETY, "us", "yes", Verdict.MET),
    (Route.ESKETAMINE, Indication.TRD, "us", "no", "not asked"),
    (Route.ESKETAMINE, Indication.MDSI, "us", "no", "not asked"),
    (Route.ESKETAMINE, Indication.PTSD, "us", "no", Verdict.NOT_MET),
    (Route.ESKETAMINE, Indication.TRD, "xx", "no", Verdict.NOT_MET),
)


@pytest.mark.parametrize(("route", "use", "place", "recorded", "verdict"), OFF_LABEL_SITUATIONS[1:])
def test_an_off_label_use_has_a_recorded_reason(route, use, place, recorded, verdict):
    """Outside the label, and where the table says nothing, the prescriber's reason is asked for."""
    concept, rule = "off_label_reason_recorded", "eligibility.off_label_reason"
    said = {"yes": [yes(concept)], "no": [no(concept)], "nothing": []}[recorded]
    target = Target(route, CLINIC, use, place)
    result = screened(without(every_answer_no(), concept) + said, target=target)
    found = [(f.verdict, f.ref, f.severity) for f in result.findings if f.rule == rule]
    assert found == ([] if verdict == "not asked" else [(verdict, "OFF-LABEL", R)])


BIPOLAR_SITUATIONS = (
    ("specialist", "mood stabiliser", "verdict"),
    ("yes", "lithium", Verdict.MET),
    ("no", "lithium", Verdict.NOT_MET),
    ("yes", "none", Verdict.NOT_MET),
    ("not said", "lithium", Verdict.UNKNOWN),
)


@pytest.mark.parametrize(("specialist", "stabiliser", "verdict"), BIPOLAR_SITUATIONS[1:])
def test_bipolar_depression_needs_a_specialist_and_a_stabiliser(specialist, stabiliser, verdict):
    """As what the course treats, bipolar depression is for a specialist, and on a mood stabiliser."""
    concept = "bipolar_specialist_involved"
    facts = without(every_answer_no(), concept, "mood_stabiliser_taken", "list.medication")
    facts += {"yes": [yes(concept)], "no": [no(concept)], "not said": []}[specialist]
    facts.append(no("mood_stabiliser_taken") if stabiliser == "none" else drug(stabiliser))
    result = screened(facts, target=Target(indication=Indication.BIPOLAR))
    found = finding(result, "eligibility.bipolar_depression")
    assert (found.verdict, found.severity, found.ref) == (verdict, R, "BIPOLAR-DEPRESSION")


STEP_SITUATIONS = (
    ("use", "tried", "verdict", "what is offered first"),
    (Indication.TRD, "nothing", Verdict.NOT_MET, "step.first_line_depression"),
    (Indication.PTSD, "nothing", Verdict.NOT_MET, "step.first_line_anxiety"),
    (Indication.BIPOLAR, "sertraline", Verdict.NOT_MET, "step.first_line_bipolar"),
    (Indication.BIPOLAR, "quetiapine", Verdict.MET, None),
    (Indication.PAIN, "nothing", Verdict.NOT_MET, "step.first_line_pain"),
    (Indication.PAIN, "gabapentin", Verdict.MET, None),
    (Indication.OCD, "sertraline", Verdict.MET, None),
)


@pytest.mark.parametrize(("use", "tried", "verdict", "step"), STEP_SITUATIONS[1:])
def test_not_a_first_line_treatment(use, tried, verdict, step):
    """With nothing tried that usually comes first, the finding says so and names what does."""
    facts = [*without(every_answer_no(), "treatment_trial"), confirmed("treatment_trial")]
    facts += [drug(tried)] if tried != "nothing" else []
    result = screened(facts, target=Target(indication=use))
    found = finding(result, "eligibility.not_first_line")
    assert (found.verdict, found.severity, found.ref) == (verdict, R, "NOT-FIRST-LINE")
    steps = [s.step for s in result.steps if s.rule == "eligibility.not_first_line"]
    assert steps == ([step] if step else [])


def test_what_is_never_offered():
    """Injection and esketamine at home are excluded, whoever the person is; a lozenge at home is not."""
    for route, use in ((Route.IV, "use.injection_at_home"), (Route.ESKETAMINE, "use.esketamine_at_home")):
        result = screened(every_answer_no(), target=Target(route, HOME))
        found = finding(result, use)
        assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, A, "SETTING")
        assert result.advice is Advice.EXCLUDED
        assert not use_known(load_release(), result.target, on=TODAY).is_offered
    assert screened(every_answer_no(), target=AT_HOME).advice is Advice.MAY_PROCEED
    assert use_known(load_release(), AT_HOME, on=TODAY).is_offered


OLD_ENTRIES = (
    ("on record, still marked active", "since", "rule", "verdict"),
    ("pregnancy", "2026-01-10", "eligibility.pregnancy", Verdict.NOT_MET),
    ("pregnancy", "2025-05-01", "eligibility.pregnancy", Verdict.UNKNOWN),
    ("pregnancy", "2009-03-01", "eligibility.pregnancy", Verdict.UNKNOWN),
    ("breastfeeding", "2009-03-01", "eligibility.breastfeeding", Verdict.UNKNOWN),
    ("haematuria", "2019-03-01", "eligibility.bladder", Verdict.UNKNOWN),
)


@pytest.mark.parametrize(("entry", "since", "rule", "verdict"), OLD_ENTRIES[1:])
def test_a_fact_carries_its_time(entry, since, rule, verdict):
    """A pregnancy of 2009 excludes nobody today, even if nobody closed the entry; today it is asked about."""
    asked = {"pregnancy", "breastfeeding", "unexplained_urinary_symptoms"}
    known = without(every_answer_no(), *asked, "list.condition")
    found = finding(screened([*known, condition(entry, since)]), rule)
    assert found.verdict is verdict
    if verdict is Verdict.UNKNOWN:
        answered = [*known, condition(entry, since), *[no(concept) for concept in asked]]
        assert finding(screened(answered), rule).verdict is Verdict.MET


def test_an_old_positive_test_is_asked_about():
    """A positive pregnancy test of last year is no pregnancy today, and no proof against one."""
    test = fact("pregnancy_test", FactKind.LABORATORY, since="2025-02-01", value=True, status="final")
    facts = [*without(every_answer_no(), "pregnancy"), test]
    found = finding(screened(facts), "eligibility.pregnancy")
    assert (found.verdict, found.message) == (Verdict.UNKNOWN, "finding.unknown_too_old")


READINESS = (
    ("stated otherwise", "verdict"),
    ("nothing", Verdict.MET),
    ("no stable housing", Verdict.NOT_MET),
    ("nobody between sessions", Verdict.NOT_MET),
    ("too little sleep", Verdict.NOT_MET),
    ("hopes for a cure", Verdict.NOT_MET),
    ("a crisis that comes first", Verdict.NOT_MET),
    ("housing not asked about", Verdict.UNKNOWN),
)
_OTHERWISE = {
    "nothing": ("", []),
    "no stable housing": ("housing_is_stable", [no("housing_is_stable")]),
    "nobody between sessions": ("support_between_sessions", [no("support_between_sessions")]),
    "too little sleep": ("sleep_is_sufficient", [no("sleep_is_sufficient")]),
    "hopes for a cure": ("expectations_are_realistic", [no("expectations_are_realistic")]),
    "a crisis that comes first": ("acute_life_crisis", [yes("acute_life_crisis")]),
    "housing not asked about": ("housing_is_stable", []),
}


@pytest.mark.parametrize(("otherwise", "verdict"), READINESS[1:])
def test_readiness_before_a_first_session(otherwise, verdict):
    """Housing, support, sleep, expectations, no crisis that comes first; what is missing wants a reason."""
    silenced, added = _OTHERWISE[otherwise]
    result = screened(without(every_answer_no(), silenced) + added)
    found = finding(result, "eligibility.readiness")
    assert (found.verdict, found.severity, found.ref) == (verdict, R, "READINESS")
    assert ("step.readiness" in {step.step for step in result.steps}) == (verdict is Verdict.NOT_MET)
