"""The rows of the fact base, one by one.

Each test bears the id of its row (ELIG-01 to ELIG-11) and asks three things: what comes out, which rule said
so, and on whose word. Somebody about whom everything else is known and in order is asked about for the routes
and places that the row names.
"""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.domain.eligibility.decision import decision_standing
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.vocab.verdict import Advice, Severity, Verdict
from tests.support.clinic import NOW
from tests.support.facts import (
    born,
    condition,
    confirmed,
    drug,
    every_answer_no,
    finding,
    no,
    screened,
    trial,
    without,
    yes,
)

A, R, D, C = Severity.ABSOLUTE, Severity.RELATIVE, Severity.DEFER, Severity.CAUTION
CLINIC, HOME = Setting.CLINIC, Setting.HOME
AT_HOME = Target(Route.SUBLINGUAL, HOME)
EVERY_ROUTE = [Target(route, setting) for route in Route for setting in Setting]


def person(*silenced):
    """Return somebody healthy, of whom some answers and the list of conditions were not given."""
    return without(every_answer_no(), "list.condition", "list.medication", *silenced)


def said(facts, rule, target):
    """Return what a rule says at a target: verdict, severity, row, sources."""
    found = finding(screened(facts, target=target), rule)
    return found.verdict, found.severity, found.ref, found.sources


HARD_STOPS = (
    ("on record", "asked as", "rule", "row", "source"),
    ("vascular_aneurysm", "aneurysm_or_malformation", "eligibility.aneurysm", "CV-ANEURYSM", "spravato-us-label"),
    ("arteriovenous_malformation", "aneurysm_or_malformation", "eligibility.aneurysm", "CV-ANEURYSM", "spravato-us-label"),
    ("intracerebral_haemorrhage", "intracerebral_haemorrhage", "eligibility.intracerebral_haemorrhage", "CNS-ICH", "spravato-us-label"),
    ("ketamine_allergy", "ketamine_allergy", "eligibility.allergy", "ALLERGY", "spravato-us-label"),
)  # fmt: skip


@pytest.mark.parametrize(("entry", "asked", "rule", "row", "source"), HARD_STOPS[1:])
def test_elig_01_label_contraindications_block_on_every_route(entry, asked, rule, row, source):
    """ELIG-01: aneurysm, malformation, bleeding in the brain and hypersensitivity block wherever and however."""
    facts = [*person(asked), condition(entry, "2010-01-01")]
    for target in EVERY_ROUTE:
        verdict, severity, ref, sources = said(facts, rule, target)
        assert (verdict, severity, ref) == (Verdict.NOT_MET, A, row)
        assert source in sources


LIVER = (
    ("on record", "rule", "row", "severity"),
    ("severe_hepatic_impairment", "eligibility.liver_severe", "HEP-C", A),
    ("moderate_hepatic_impairment", "eligibility.liver_moderate", "HEP-B", R),
)


@pytest.mark.parametrize(("entry", "rule", "row", "severity"), LIVER[1:])
def test_elig_02_liver(entry, rule, row, severity):
    """ELIG-02: Child-Pugh C blocks; B needs review, and after it longer monitoring."""
    result = screened([*person(entry), condition(entry, "2026-04-20")])
    found = finding(result, rule)
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, severity, row)
    assert "spravato-us-label" in found.sources
    assert (result.advice is Advice.EXCLUDED) == (severity is A)
    assert [s.step for s in result.steps] == (["step.longer_monitoring"] if severity is R else [])


YOUNG = (
    ("born", "asked on 2026-06-01", "verdict"),
    ("2008-06-02", "17", Verdict.NOT_MET),
    ("2008-06-01", "the 18th birthday", Verdict.MET),
)


@pytest.mark.parametrize(("day", "age", "verdict"), YOUNG[1:])
def test_elig_03_age(day, age, verdict):
    """ELIG-03: 17 is blocked on every route, the 18th birthday is allowed."""
    facts = [*person("birth_date"), born(day)]
    for target in EVERY_ROUTE:
        found, severity, row, sources = said(facts, "eligibility.age_under_18", target)
        assert (found, severity, row) == (verdict, A, "AGE")
        assert "spravato-us-label" in sources


@pytest.mark.parametrize(
    ("entry", "rule", "row"),
    [
        ("pregnancy", "eligibility.pregnancy", "PREG"),
        ("breastfeeding", "eligibility.breastfeeding", "LACT"),
    ],
)
def test_elig_03_pregnancy_and_breastfeeding(entry, rule, row):
    """ELIG-03: pregnancy and breastfeeding block on every route."""
    facts = [*person(entry), condition(entry, "2026-04-20")]
    for target in EVERY_ROUTE:
        verdict, severity, ref, sources = said(facts, rule, target)
        assert (verdict, severity, ref) == (Verdict.NOT_MET, A, row)
        assert "spravato-us-label" in sources


AT_HOME_BLOCKED = (
    ("known", "rule", "row", "in the clinic"),
    ("past psychosis", "eligibility.psychosis_past", "PSYCHOSIS-PAST", R),
    ("past mania", "eligibility.mania", "MANIA", None),
    ("bipolar I disorder", "eligibility.mania", "MANIA", None),
    ("opioid use disorder, years ago", "eligibility.substance_use_history", "SUD-HX", R),
    ("dependence in treatment", "eligibility.substance_use_history", "SUD-HX", R),
    ("suicidal intent this month", "eligibility.suicide_risk_high", "SUICIDE-IMM", D),
    ("nobody to be present", "eligibility.home_support", "HOME-NOADULT", None),
    ("unsafe home", "eligibility.home_support", "HOME-NOADULT", None),
    ("no video", "eligibility.home_support", "HOME-NOADULT", None),
    ("oxygen at home", "eligibility.breathing_home", "RESP-HOME", None),
    ("stable heart disease, not cleared", "eligibility.stable_heart_disease", "CARDIAC-STABLE", R),
    ("a stroke two years ago", "eligibility.past_stroke", "CNS-STROKE", R),
)
_KNOWN = {
    "past psychosis": (["past_psychosis"], [yes("past_psychosis")]),
    "past mania": (["past_mania"], [yes("past_mania")]),
    "bipolar I disorder": (
        ["past_mania", "bipolar_i", "mood_stabiliser_taken"],
        [condition("bipolar_i", "2010-01-01"), drug("lithium"), no("current_mania")],
    ),
    "opioid use disorder, years ago": (
        ["substance_dependence_ever", "opioid_dependence_ever"],
        [condition("opioid_use_disorder", "2012-01-01", "resolved"), yes("substance_dependence_ever")],
    ),
    "dependence in treatment": (
        ["current_substance_dependence", "substance_use_treatment", "substance_dependence_ever"],
        [condition("substance_use_disorder", "2020-01-01"), yes("substance_use_treatment")],
    ),
    "suicidal intent this month": (
        ["suicidal_intent", "psychiatric_evaluation_for_suicide_risk"],
        [yes("suicidal_intent")],
    ),
    "nobody to be present": (["support_person_present"], [no("support_person_present")]),
    "unsafe home": (["home_is_safe"], [no("home_is_safe")]),
    "no video": (["video_contact_possible"], [no("video_contact_possible")]),
    "oxygen at home": (["home_oxygen", "breathing_disorder"], [yes("home_oxygen")]),
    "stable heart disease, not cleared": (["heart_disease"], [condition("heart_failure", "2019-01-01")]),
    "a stroke two years ago": (
        ["past_stroke", "recent_cardiovascular_event"],
        [condition("ischaemic_stroke_or_tia", "2024-05-15"), no("recent_cardiovascular_event")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("known", "rule", "row", "clinic"), AT_HOME_BLOCKED[1:])
def test_elig_04_what_blocks_at_home(known, rule, row, clinic):
    """ELIG-04, and the rows of the same kind: at home they block; the clinic weighs them less, or does not ask."""
    silenced, added = _KNOWN[known]
    facts = [*person(*silenced), *added]
    at_home = screened(facts, target=AT_HOME)
    found = finding(at_home, rule)
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, A, row)
    assert at_home.advice is Advice.EXCLUDED
    in_clinic = screened(facts, target=Target(Route.SUBLINGUAL))
    against = [f.severity for f in in_clinic.findings if f.rule == rule and f.verdict is Verdict.NOT_MET]
    assert against == ([clinic] if clinic else [])


LEDGERS = (
    ("sertraline", "bupropion", "standard doses", "strict doses"),
    ((50, 6), (300, 8), Verdict.MET, Verdict.NOT_MET),
    ((25, 6), (300, 8), Verdict.NOT_MET, Verdict.NOT_MET),
    ((50, 3), (300, 8), Verdict.NOT_MET, Verdict.NOT_MET),
    ((100, 6), (300, 8), Verdict.MET, Verdict.MET),
)


@pytest.mark.parametrize(("first", "second", "standard", "strict"), LEDGERS[1:])
def test_elig_05_two_adequate_trials_make_resistance(first, second, standard, strict):
    """ELIG-05: 50 mg of sertraline for 6 weeks counts, 25 mg or 3 weeks do not, nor does 50 mg by the strict
    doses. Both verdicts are kept, whichever definition was chosen."""
    ledger = [trial("sertraline", *first, 20), trial("bupropion", *second, 20), confirmed("treatment_trial")]
    result = screened([*person("treatment_trial", "list.treatment_trial"), *ledger])
    chosen = finding(result, "eligibility.resistance_depression")
    (other,) = (f for f in result.otherwise if f.rule == "eligibility.resistance_depression_strict_doses")
    assert (chosen.verdict, chosen.ref) == (standard, "TRD")
    assert (other.verdict, other.ref) == (strict, "TRD")
    assert "mgh-atrq" in chosen.sources


DEPENDENCE = (
    ("alcohol", "rule", "row", "severity", "advice"),
    ("current, untreated", "eligibility.substance_use_active", "SUD-ACTIVE", A, Advice.EXCLUDED),
    ("current, in treatment", "eligibility.substance_use_history", "SUD-HX", R, Advice.NEEDS_REVIEW),
    ("past", "eligibility.substance_use_history", "SUD-HX", R, Advice.NEEDS_REVIEW),
)
_ALCOHOL = {
    "current, untreated": [condition("substance_use_disorder", "2020-01-01"), no("substance_use_treatment")],
    "current, in treatment": [
        condition("substance_use_disorder", "2020-01-01"),
        yes("substance_use_treatment"),
    ],
    "past": [
        condition("substance_use_disorder", "2010-01-01", "resolved"),
        no("current_substance_dependence"),
        no("substance_use_treatment"),
    ],
}


@pytest.mark.parametrize(("alcohol", "rule", "row", "severity", "advice"), DEPENDENCE[1:])
def test_elig_06_dependence_in_the_clinic(alcohol, rule, row, severity, advice):
    """ELIG-06: current and untreated blocks; in treatment or past needs review and a monitoring plan."""
    asked = ("current_substance_dependence", "substance_use_treatment", "substance_dependence_ever")
    facts = without(every_answer_no(), "list.condition", *asked)
    result = screened([*facts, *_ALCOHOL[alcohol]])
    found = finding(result, rule)
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, severity, row)
    assert "kairos-requirements" in found.sources
    assert result.advice is advice
    assert "step.monitoring_plan" in {step.step for step in result.steps}


BREATHING = (
    ("sleep apnoea", "where", "rule", "row", "severity"),
    ("and an opioid", HOME, "eligibility.breathing_home", "RESP-HOME", A),
    ("and a benzodiazepine", HOME, "eligibility.breathing_home", "RESP-HOME", A),
    ("alone", HOME, "eligibility.breathing_home", "RESP-HOME", R),
    ("treated and stable", CLINIC, "eligibility.breathing", "RESP", C),
    ("treated and stable, and an opioid", CLINIC, "eligibility.breathing", "RESP", C),
    ("not stated to be treated", CLINIC, "eligibility.breathing", "RESP", R),
)
_STABLE = yes("breathing_disorder_treated_and_stable")
_APNOEA = {
    "and an opioid": [drug("oxycodone")],
    "and a benzodiazepine": [drug("lorazepam")],
    "alone": [no("taking_sedative"), no("taking_benzodiazepine")],
    "treated and stable": [_STABLE],
    "treated and stable, and an opioid": [_STABLE, drug("oxycodone")],
    "not stated to be treated": [],
}


@pytest.mark.parametrize(("apnoea", "where", "rule", "row", "severity"), BREATHING[1:])
def test_elig_07_sleep_apnoea(apnoea, where, rule, row, severity):
    """ELIG-07: with an opioid at home it blocks; treated and stable in the clinic it is a caution."""
    silenced = ("sleep_apnoea", "breathing_disorder", "breathing_disorder_treated_and_stable")
    facts = person(*silenced, "taking_sedative", "taking_benzodiazepine")
    facts += [condition("sleep_apnoea", "2020-01-01"), *_APNOEA[apnoea]]
    verdict, found, ref, sources = said(facts, rule, Target(Route.SUBLINGUAL, where))
    assert (verdict, found, ref) == (Verdict.NOT_MET, severity, row)
    assert "kairos-requirements" in sources


PSYCHOSIS = (
    ("psychosis", "where", "rule", "row", "severity"),
    ("active", CLINIC, "eligibility.psychosis_active", "PSYCHOSIS-ACTIVE", A),
    ("active", HOME, "eligibility.psychosis_active", "PSYCHOSIS-ACTIVE", A),
    ("past", CLINIC, "eligibility.psychosis_past", "PSYCHOSIS-PAST", R),
    ("past", HOME, "eligibility.psychosis_past", "PSYCHOSIS-PAST", A),
    ("family", CLINIC, "eligibility.psychosis_family", "PSYCHOSIS-FAMILY", C),
    ("family", HOME, "eligibility.psychosis_family", "PSYCHOSIS-FAMILY", C),
)
_PSYCHOSIS = {
    "active": (["active_psychosis", "past_psychosis"], [yes("active_psychosis")]),
    "past": (["past_psychosis"], [yes("past_psychosis")]),
    "family": (["family_history_psychosis"], [yes("family_history_psychosis")]),
}


@pytest.mark.parametrize(("psychosis", "where", "rule", "row", "severity"), PSYCHOSIS[1:])
def test_elig_08_psychosis(psychosis, where, rule, row, severity):
    """ELIG-08: active blocks, past needs review in the clinic and blocks at home, family is a caution."""
    silenced, added = _PSYCHOSIS[psychosis]
    verdict, found, ref, sources = said([*person(*silenced), *added], rule, Target(Route.SUBLINGUAL, where))
    assert (verdict, found, ref) == (Verdict.NOT_MET, severity, row)
    assert "kairos-requirements" in sources


MOOD_AND_HEART = (
    ("known", "rule", "row", "severity", "advice"),
    ("current mania", "eligibility.mania", "MANIA", A, Advice.EXCLUDED),
    ("bipolar I without a stabiliser", "eligibility.mania", "MANIA", R, Advice.NEEDS_REVIEW),
    ("infarction 5 weeks ago", "eligibility.pressure_hazard", "BP-HAZARD", A, Advice.EXCLUDED),
    ("infarction 8 weeks ago", "eligibility.stable_heart_disease", "CARDIAC-STABLE", R, Advice.NEEDS_REVIEW),
)
_MOOD = {
    "current mania": (["current_mania", "past_mania"], [yes("current_mania"), yes("past_mania")]),
    "bipolar I without a stabiliser": (["bipolar_i"], [condition("bipolar_i", "2010-01-01")]),
    "infarction 5 weeks ago": (
        ["recent_cardiovascular_event", "heart_disease"],
        [condition("myocardial_infarction", "2026-04-27"), no("heart_disease")],
    ),
    "infarction 8 weeks ago": (
        ["recent_cardiovascular_event", "heart_disease"],
        [condition("myocardial_infarction", "2026-04-06"), no("recent_cardiovascular_event")],
    ),
}


@pytest.mark.parametrize(("known", "rule", "row", "severity", "advice"), MOOD_AND_HEART[1:])
def test_elig_09_mania_bipolar_and_the_heart(known, rule, row, severity, advice):
    """ELIG-09: current mania and a heart attack within 6 weeks block; bipolar I without a stabiliser, and an
    older heart attack in somebody stable, need review in the clinic; the heart wants a clearance."""
    silenced, added = _MOOD[known]
    result = screened([*without(every_answer_no(), "list.condition", *silenced), *added])
    found = finding(result, rule)
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, severity, row)
    assert result.advice is advice
    steps = {step.step for step in result.steps}
    assert ("step.cardiac_clearance" in steps) == (row == "CARDIAC-STABLE")


INTENT = (
    ("C-SSRS question 5: yes", "where", "severity", "advice"),
    ("no psychiatrist's order", HOME, A, Advice.EXCLUDED),
    ("evaluated and ordered by a psychiatrist today", HOME, A, Advice.EXCLUDED),
    ("no psychiatrist's order", CLINIC, D, Advice.NEEDS_REVIEW),
)


@pytest.mark.parametrize("indication", [Indication.TRD, Indication.MDSI])
@pytest.mark.parametrize(("order", "where", "severity", "advice"), INTENT[1:])
def test_elig_10_high_suicide_risk(order, where, severity, advice, indication):
    """ELIG-10: at home it blocks, in the clinic it defers without a psychiatrist's order; both are an emergency."""
    facts = without(every_answer_no(), "suicidal_intent", "psychiatric_evaluation_for_suicide_risk")
    facts = [*without(facts, "psychiatrist_order_for_session", "list.condition"), yes("cssrs.5")]
    if order.startswith("evaluated"):
        facts += [yes("psychiatric_evaluation_for_suicide_risk"), yes("psychiatrist_order_for_session")]
    result = screened(facts, target=Target(Route.SUBLINGUAL, where, indication))
    found = finding(result, "eligibility.suicide_risk_high")
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, severity, "SUICIDE-IMM")
    assert "cssrs-triage" in found.sources
    assert "emergency" in {started.level.value for started in result.pathways}
    assert result.advice is advice


ORDERED = (
    ("the same day", "depression with acute suicidality", "any other use"),
    ("nobody evaluated", Verdict.NOT_MET, Verdict.NOT_MET),
    ("a psychiatrist evaluated", Verdict.NOT_MET, Verdict.MET),
    ("a psychiatrist evaluated, and ordered the session", Verdict.MET, Verdict.MET),
)


@pytest.mark.parametrize(("order", "mdsi", "other"), ORDERED[1:])
def test_elig_10_what_a_psychiatrist_lifts(order, mdsi, other):
    """ELIG-10: for acute suicidality a supervised session needs the psychiatrist's own order, not only the visit."""
    facts = without(
        every_answer_no(), "psychiatric_evaluation_for_suicide_risk", "psychiatrist_order_for_session"
    )
    facts = [*without(facts, "suicidal_intent", "list.condition"), yes("cssrs.5")]
    if "evaluated" in order and not order.startswith("nobody"):
        facts.append(yes("psychiatric_evaluation_for_suicide_risk"))
    if "ordered" in order:
        facts.append(yes("psychiatrist_order_for_session"))
    for indication, verdict in ((Indication.MDSI, mdsi), (Indication.TRD, other)):
        target = Target(Route.ESKETAMINE, CLINIC, indication)
        assert said(facts, "eligibility.suicide_risk_high", target)[0] is verdict


def test_elig_09_a_mania_of_the_past_in_the_clinic():
    """ELIG-09: a mania of the past is reviewed in the clinic; what is over does not read as if it were now."""
    result = screened([*person("past_mania"), yes("past_mania")])
    found = finding(result, "eligibility.mania_past")
    assert (found.verdict, found.severity, found.ref) == (Verdict.NOT_MET, R, "MANIA-PAST")
    assert finding(result, "eligibility.mania").verdict is Verdict.MET
    assert "step.mania_follow_up" in {step.step for step in result.steps}


def test_elig_11_no_findings_are_still_no_decision():
    """ELIG-11: with every answer negative nothing fires, on any route; without a signed decision nobody starts."""
    for target in EVERY_ROUTE:
        result = screened(every_answer_no(), target=target)
        assert {f.verdict for f in result.findings if f.ref != "SETTING"} == {Verdict.MET}
        assert len({f.ref for f in result.findings}) == len(result.findings)
    standing = decision_standing(None, None, now=NOW)
    assert (standing.rule, standing.ref, standing.verdict) == (
        "eligibility.signed_decision",
        "S-002",
        Verdict.UNKNOWN,
    )
