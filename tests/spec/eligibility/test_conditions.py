"""Conditions that speak against a course.

Each row adds one thing to somebody about whom everything else is known and in order, and names the rule
that answers, how much it weighs, and on whose word.
"""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.content.release import load_release
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.rule import Moment
from kairos.vocab.facts import Presence
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import (
    answer,
    condition,
    confirmed,
    every_answer_no,
    fact,
    finding,
    measured,
    no,
    screened,
    sex,
    without,
    yes,
)

A, R, D, C = Severity.ABSOLUTE, Severity.RELATIVE, Severity.DEFER, Severity.CAUTION
CONDITION_SITUATIONS = (
    ("added", "since", "rule", "row", "severity", "source"),
    ("vascular_aneurysm", "2010-01-01", "eligibility.aneurysm", "CV-ANEURYSM", A, "spravato-us-label"),
    ("arteriovenous_malformation", "2010-01-01", "eligibility.aneurysm", "CV-ANEURYSM", A, "spravato-us-label"),
    ("intracerebral_haemorrhage", "2010-01-01", "eligibility.intracerebral_haemorrhage", "CNS-ICH", A, "spravato-us-label"),
    ("ketamine_allergy", "2010-01-01", "eligibility.allergy", "ALLERGY", A, "spravato-us-label"),
    ("myocardial_infarction", "2026-04-27", "eligibility.pressure_hazard", "BP-HAZARD", A, "spravato-eu-smpc"),
    ("myocardial_infarction", "2026-04-06", "eligibility.stable_heart_disease", "CARDIAC-STABLE", R, "spravato-mims-my"),
    ("unstable_angina", "2026-05-01", "eligibility.pressure_hazard", "BP-HAZARD", A, "ketamine-us-label"),
    ("hypertensive_encephalopathy", "2019-05-01", "eligibility.pressure_hazard", "BP-HAZARD", A, "kairos-default"),
    ("heart_failure", "2019-05-01", "eligibility.stable_heart_disease", "CARDIAC-STABLE", R, "spravato-mims-my"),
    ("ischaemic_stroke_or_tia", "2026-05-15", "eligibility.pressure_hazard", "BP-HAZARD", A, "spravato-eu-smpc"),
    ("ischaemic_stroke_or_tia", "2026-03-01", "eligibility.past_stroke", "CNS-STROKE", R, "spravato-eu-smpc-memory"),
    ("unstable_arrhythmia", "2026-05-20", "eligibility.arrhythmia_unstable", "ARRHYTH", A, "spravato-mims-my"),
    ("raised_intracranial_pressure", "2026-05-20", "eligibility.intracranial_pressure", "ICP", A, "spravato-eu-smpc"),
    ("head_injury", "2026-05-01", "eligibility.intracranial_pressure", "ICP", A, "kairos-default"),
    ("head_injury", "2020-05-01", "eligibility.intracranial_pressure", "ICP", C, "kairos-default"),
    ("open_globe", "2026-05-20", "eligibility.eye_pressure", "IOP", R, "ketamine-us-label-digest"),
    ("epilepsy_uncontrolled", "2026-05-20", "eligibility.epilepsy_uncontrolled", "SEIZURE", R, "kairos-requirements"),
    ("dementia", "2020-05-20", "eligibility.dementia", "DEMENTIA", A, "kairos-default"),
    ("delirium", "2026-05-30", "eligibility.dementia", "DEMENTIA", A, "kairos-default"),
    ("schizophrenia_spectrum", "2001-05-20", "eligibility.psychosis_active", "PSYCHOSIS-ACTIVE", A, "spravato-us-label"),
    ("psychosis", "2026-05-20", "eligibility.psychosis_active", "PSYCHOSIS-ACTIVE", A, "hull-2022"),
    ("psychotic_depression", "2001-05-20", "eligibility.psychosis_past", "PSYCHOSIS-PAST", R, "hull-2022"),
    ("family_history_psychosis", "2001-05-20", "eligibility.psychosis_family", "PSYCHOSIS-FAMILY", C, "kairos-requirements"),
    ("mania", "2026-05-20", "eligibility.mania", "MANIA", A, "hull-2022"),
    ("bipolar_i", "2006-05-20", "eligibility.mania", "MANIA", R, "kairos-requirements"),
    ("pregnancy", "2026-04-20", "eligibility.pregnancy", "PREG", A, "spravato-us-label"),
    ("breastfeeding", "2026-04-20", "eligibility.breastfeeding", "LACT", A, "spravato-us-label"),
    ("severe_hepatic_impairment", "2026-04-20", "eligibility.liver_severe", "HEP-C", A, "spravato-us-label"),
    ("moderate_hepatic_impairment", "2026-04-20", "eligibility.liver_moderate", "HEP-B", R, "spravato-us-label"),
    ("severe_renal_impairment", "2026-04-20", "eligibility.kidney", "RENAL", R, "spravato-us-label-memory"),
    ("hyperthyroidism", "2026-04-20", "eligibility.thyroid", "THYROID", D, "spravato-eu-smpc-memory"),
    ("sleep_apnoea", "2026-04-20", "eligibility.breathing", "RESP", R, "spravato-mims-my"),
    ("interstitial_cystitis", "2016-04-20", "eligibility.bladder", "BLADDER", A, "spravato-us-label"),
    ("haematuria", "2026-05-20", "eligibility.bladder", "BLADDER", D, "kairos-default"),
    ("acute_porphyria", "2016-04-20", "eligibility.porphyria", "PORPHYRIA", R, "ketamine-us-label-memory"),
    ("drug_screen_opioids", "2026-05-20", "eligibility.drug_screen", "UDS", D, "kairos-default"),
)  # fmt: skip
ASKED_TOO = {
    "myocardial_infarction": ["recent_cardiovascular_event", "heart_disease"],
    "ischaemic_stroke_or_tia": ["recent_cardiovascular_event", "past_stroke"],
    "head_injury": ["recent_head_injury", "past_head_injury"],
    "psychotic_depression": ["past_psychosis"],
}
MORE_SEVERE = {
    "bipolar_i": ["current_mania"],
    "haematuria": ["interstitial_cystitis"],
    "head_injury": ["intracranial_hazard"],
}


@pytest.mark.parametrize(("added", "since", "rule", "row", "severity", "source"), CONDITION_SITUATIONS[1:])
def test_one_condition_speaks_against(added, since, rule, row, severity, source):
    """One condition on record, everything else in order: the rule that answers, its weight and its source."""
    known = [f for f in every_answer_no() if f.concept not in {"list.condition", added}]
    silenced = without(known, *_stated_by(rule), *ASKED_TOO.get(added, []))
    recent = [no("recent_cardiovascular_event"), no("recent_head_injury")] if since < "2026-04-20" else []
    more_severe = [no(concept) for concept in MORE_SEVERE.get(added, [])]
    found = finding(screened(silenced + recent + more_severe + [condition(added, since)]), rule)
    assert (found.verdict, found.ref, found.severity) == (Verdict.NOT_MET, row, severity)
    assert source in found.sources


def _stated_by(rule):
    """Return what the questions of a rule state, so that the answers do not contradict the record."""
    from kairos.content.release import load_release

    release = load_release()
    asked = {release.questions[q].concept for q in release.rules[rule].questions}
    return asked - {"sex", "alt", "ast", "egfr", "oxygen_saturation", "contraception_in_place"}


SOFTER = {
    "sleep apnoea, treated and stable": (
        [yes("sleep_apnoea"), yes("breathing_disorder_treated_and_stable")],
        ["breathing_disorder", "breathing_disorder_treated_and_stable", "sleep_apnoea"],
        "eligibility.breathing",
    ),
    "sleep apnoea, treatment not stated": (
        [yes("sleep_apnoea")],
        ["breathing_disorder", "breathing_disorder_treated_and_stable", "sleep_apnoea"],
        "eligibility.breathing",
    ),
    "saturation of 93 %": (
        [measured("oxygen_saturation", 93, "%")],
        ["oxygen_saturation"],
        "eligibility.breathing",
    ),
    "body mass index of 35": (
        [measured("body_weight", 103.6, "kg")],
        ["body_weight"],
        "eligibility.body_mass",
    ),
    "body mass index of 35 with sleep apnoea": (
        [measured("body_weight", 103.6, "kg"), yes("sleep_apnoea")],
        ["body_weight", "sleep_apnoea"],
        "eligibility.body_mass",
    ),
    "glaucoma, controlled": (
        [condition("glaucoma"), yes("glaucoma_controlled")],
        ["eye_pressure_hazard", "glaucoma_controlled"],
        "eligibility.eye_pressure",
    ),
    "glaucoma, control not stated": (
        [condition("glaucoma")],
        ["eye_pressure_hazard", "glaucoma_controlled", "list.condition"],
        "eligibility.eye_pressure",
    ),
    "ALT of 120": ([measured("alt", 120, "U/L")], ["alt"], "eligibility.liver_enzymes"),
    "ALT of 121": ([measured("alt", 121, "U/L")], ["alt"], "eligibility.liver_enzymes"),
    "AST of 201": ([measured("ast", 201, "U/L")], ["ast"], "eligibility.liver_enzymes"),
    "filtration of 29": ([measured("egfr", 29, "mL/min/{1.73_m2}")], ["egfr"], "eligibility.kidney"),
    "filtration of 30": ([measured("egfr", 30, "mL/min/{1.73_m2}")], ["egfr"], "eligibility.kidney"),
    "no contraception": (
        [no("contraception_in_place"), no("no_childbearing_potential")],
        ["contraception_in_place"],
        "eligibility.contraception",
    ),
    "after a hysterectomy": (
        [yes("no_childbearing_potential"), no("contraception_in_place")],
        ["contraception_in_place"],
        "eligibility.contraception",
    ),
}
GRADED_SITUATIONS = (
    ("situation", "verdict", "severity"),
    ("sleep apnoea, treated and stable", Verdict.NOT_MET, C),
    ("sleep apnoea, treatment not stated", Verdict.NOT_MET, R),
    ("saturation of 93 %", Verdict.NOT_MET, R),
    ("body mass index of 35", Verdict.NOT_MET, C),
    ("body mass index of 35 with sleep apnoea", Verdict.NOT_MET, R),
    ("glaucoma, controlled", Verdict.MET, R),
    ("glaucoma, control not stated", Verdict.UNKNOWN, R),
    ("ALT of 120", Verdict.MET, A),
    ("ALT of 121", Verdict.NOT_MET, D),
    ("AST of 201", Verdict.NOT_MET, A),
    ("filtration of 29", Verdict.NOT_MET, R),
    ("filtration of 30", Verdict.MET, R),
    ("no contraception", Verdict.NOT_MET, R),
    ("after a hysterectomy", Verdict.MET, R),
)


@pytest.mark.parametrize(("situation", "verdict", "severity"), GRADED_SITUATIONS[1:])
def test_how_much_weighs_what(situation, verdict, severity):
    """The same rule weighs more or less by degree; what would soften it must be stated to count."""
    facts, silenced, rule = SOFTER[situation]
    found = finding(screened(without(every_answer_no(), *silenced) + facts), rule)
    assert (found.verdict, found.severity) == (verdict, severity)


def test_pregnancy_is_not_asked_where_the_record_says_male():
    """Only a sex stated as male answers for pregnancy; an unknown one asks, and age is never guessed."""
    known = without(every_answer_no("male"), "pregnancy", "list.condition")
    assert finding(screened(known), "eligibility.pregnancy").verdict is Verdict.MET
    for word in ("female", "other", "unknown"):
        known = without(every_answer_no(word), "pregnancy", "list.condition")
        assert finding(screened(known), "eligibility.pregnancy").verdict is Verdict.UNKNOWN


def test_a_pregnancy_on_record_counts_whatever_the_sex_on_record():
    """A pregnancy on record excludes, and a past one asks, also where the record says male."""
    known = without(every_answer_no("male"), "pregnancy", "list.condition")
    now = finding(screened([*known, condition("pregnancy", "2026-04-20")]), "eligibility.pregnancy")
    past = condition("pregnancy", "2020-04-20", "resolved", until="2020-12-20")
    assert now.verdict is Verdict.NOT_MET
    assert finding(screened([*known, past]), "eligibility.pregnancy").verdict is Verdict.UNKNOWN


def test_the_sentence_names_the_pregnancy_and_not_the_sex():
    """What excludes is the entry of the pregnancy with its date; that the record says female is no reason."""
    found = finding(screened([sex("female"), condition("pregnancy", "2026-04-20")]), "eligibility.pregnancy")
    said = Explainer(load_release().texts).because(found)
    assert "on record (20 April 2026)" in said
    assert "sex" not in said


def test_a_confirmed_list_of_conditions_says_nothing_of_pregnancy_or_suicide():
    """A list of diagnoses cannot deny what only a person or a test can."""
    result = screened([sex("female"), confirmed("condition")])
    for rule in ("eligibility.pregnancy", "eligibility.suicide_risk_high", "eligibility.suicide_risk"):
        assert finding(result, rule).verdict is Verdict.UNKNOWN


PREGNANCY_TEST_SITUATIONS = (
    ("test taken", "positive", "verdict"),
    ("2026-05-30", False, Verdict.MET),
    ("2026-05-24", False, Verdict.UNKNOWN),
    ("2026-05-30", True, Verdict.NOT_MET),
)


@pytest.mark.parametrize(("taken", "positive", "verdict"), PREGNANCY_TEST_SITUATIONS[1:])
def test_a_pregnancy_test_holds_for_a_week(taken, positive, verdict):
    """A negative test of the past 7 days answers; an older one asks for a new one."""
    from kairos.vocab.facts import FactKind

    known = without(every_answer_no(), "pregnancy", "list.condition")
    tested = fact("pregnancy_test", FactKind.LABORATORY, since=taken, value=positive, status="final")
    assert finding(screened([*known, tested]), "eligibility.pregnancy").verdict is verdict


SAME_DAY_SITUATIONS = (
    ("asked on the day", "answer", "rule", "verdict"),
    ("site_ready", Presence.PRESENT, "eligibility.site_ready", Verdict.MET),
    ("site_ready", Presence.ABSENT, "eligibility.site_ready", Verdict.NOT_MET),
    ("site_ready", None, "eligibility.site_ready", Verdict.UNKNOWN),
    ("intoxicated_or_alcohol_within_a_day", Presence.PRESENT, "eligibility.intoxication", Verdict.NOT_MET),
    ("intoxicated_or_alcohol_within_a_day", Presence.ABSENT, "eligibility.intoxication", Verdict.MET),
)


@pytest.mark.parametrize(("concept", "given", "rule", "verdict"), SAME_DAY_SITUATIONS[1:])
def test_what_is_asked_on_the_day_only(concept, given, rule, verdict):
    """Readiness of the site and intoxication belong to the day of a session, not to the choice of a course."""
    facts = [answer(concept, given)] if given else []
    found = finding(screened(facts, moment=Moment.SAME_DAY), rule)
    assert (found.verdict, found.severity) == (verdict, D)
    assert rule not in {f.rule for f in screened([]).findings}


def test_the_readiness_of_yesterday_does_not_hold_today():
    """A site is confirmed ready for one day."""
    yesterday = [yes("site_ready", "2026-05-31")]
    assert (
        finding(screened(yesterday, moment=Moment.SAME_DAY), "eligibility.site_ready").verdict
        is Verdict.UNKNOWN
    )
