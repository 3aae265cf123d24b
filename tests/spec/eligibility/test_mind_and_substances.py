"""Suicide risk, mania, psychosis and substances.

A dependence whose treatment nobody stated counts as untreated. A high suicide risk defers until a
psychiatrist has evaluated it the same day.
"""

import pytest

from kairos.vocab.facts import FactKind
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import (
    broader,
    condition,
    drug,
    every_answer_no,
    fact,
    finding,
    measured,
    no,
    screened,
    without,
    yes,
)

A, R, D, C = Severity.ABSOLUTE, Severity.RELATIVE, Severity.DEFER, Severity.CAUTION
ASKED = (
    *("current_substance_dependence", "substance_use_treatment", "substance_use_medicine_taken"),
    *("substance_dependence_ever", "ketamine_misuse", "list.condition", "list.medication"),
)
MISUSE_DENIED = no("ketamine_misuse")
SUBSTANCES = {
    "current, no treatment on record": [condition("substance_use_disorder", "1988-10-25")],
    "current, in treatment as stated": [
        condition("substance_use_disorder", "2020-01-01"),
        yes("substance_use_treatment"),
    ],
    "current, methadone on record": [condition("substance_use_disorder", "2020-01-01"), drug("methadone")],
    "ended, at present stated no": [
        condition("substance_use_disorder", "2010-01-01", "resolved"),
        no("current_substance_dependence"),
    ],
    "ended, at present not stated": [condition("substance_use_disorder", "2010-01-01", "resolved")],
    "in remission by its code": [
        condition("substance_use_in_remission", "2010-01-01", "active"),
        no("current_substance_dependence"),
    ],
    "use of unstated kind": [broader("substance_use_disorder")],
}
SUBSTANCE_SITUATIONS = (
    ("the record holds a dependence", "active and untreated", "past or treated"),
    ("current, no treatment on record", Verdict.NOT_MET, Verdict.NOT_MET),
    ("current, in treatment as stated", Verdict.MET, Verdict.NOT_MET),
    ("current, methadone on record", Verdict.MET, Verdict.NOT_MET),
    ("ended, at present stated no", Verdict.MET, Verdict.NOT_MET),
    ("ended, at present not stated", Verdict.UNKNOWN, Verdict.NOT_MET),
    ("in remission by its code", Verdict.MET, Verdict.NOT_MET),
    ("use of unstated kind", Verdict.UNKNOWN, Verdict.UNKNOWN),
)


@pytest.mark.parametrize(("record", "active", "history"), SUBSTANCE_SITUATIONS[1:])
def test_dependence_in_three_levels(record, active, history):
    """Current and untreated excludes; in treatment or past needs review and a monitoring plan."""
    known = without(every_answer_no(), *ASKED)
    result = screened([*known, MISUSE_DENIED, *SUBSTANCES[record]])
    now, ever = (
        finding(result, "eligibility.substance_use_active"),
        finding(result, "eligibility.substance_use_history"),
    )
    assert (now.verdict, now.ref, now.severity) == (active, "SUD-ACTIVE", A)
    assert (ever.verdict, ever.ref, ever.severity) == (history, "SUD-HX", R)
    assert "kairos-requirements" in now.sources and "kairos-requirements" in ever.sources


def test_misuse_of_ketamine_excludes():
    """Ketamine misuse excludes, treated or not."""
    known = without(every_answer_no(), "ketamine_misuse")
    found = finding(screened([*known, yes("ketamine_misuse")]), "eligibility.substance_use_active")
    assert (found.verdict, found.severity) == (Verdict.NOT_MET, A)


def score(item, on="2026-05-30", says=True):
    """Return one answer of the Columbia screener."""
    return fact(item, FactKind.SCORE, since=on, value=says)


SUICIDE = {
    "intent in the past month": [score("cssrs.4")],
    "plan and intent in the past month": [score("cssrs.5")],
    "behaviour in the past 3 months": [score("cssrs.6b")],
    "attempt 80 days ago": [condition("suicide_attempt", "2026-03-13")],
    "plan, evaluated today by a psychiatrist": [
        score("cssrs.5"),
        yes("psychiatric_evaluation_for_suicide_risk"),
    ],
    "plan, evaluated yesterday": [
        score("cssrs.5"),
        yes("psychiatric_evaluation_for_suicide_risk", "2026-05-31"),
    ],
    "nothing answered": [],
}
IMMINENT_SITUATIONS = (
    ("situation", "verdict"),
    ("intent in the past month", Verdict.NOT_MET),
    ("plan and intent in the past month", Verdict.NOT_MET),
    ("behaviour in the past 3 months", Verdict.NOT_MET),
    ("attempt 80 days ago", Verdict.NOT_MET),
    ("plan, evaluated today by a psychiatrist", Verdict.MET),
    ("plan, evaluated yesterday", Verdict.NOT_MET),
    ("nothing answered", Verdict.UNKNOWN),
)
SUICIDE_ASKED = (
    *("suicidal_intent", "suicidal_behaviour_recent", "psychiatric_evaluation_for_suicide_risk"),
    "list.condition",
)


@pytest.mark.parametrize(("situation", "verdict"), IMMINENT_SITUATIONS[1:])
def test_high_suicide_risk_defers(situation, verdict):
    """Intent, plan or recent behaviour defers until a psychiatrist has evaluated it the same day."""
    known = without(every_answer_no(), *SUICIDE_ASKED)
    found = finding(screened(known + SUICIDE[situation]), "eligibility.suicide_risk_high")
    assert (found.verdict, found.ref, found.severity) == (verdict, "SUICIDE-IMM", D)
    assert "cssrs-triage" in found.sources


LESSER = {
    "thoughts with a method": [score("cssrs.3")],
    "thoughts": [score("cssrs.2")],
    "PHQ-9 item 9 of 1": [measured("phq9_item9", 1, "1", kind=FactKind.SCORE)],
    "an attempt of 2015, answered by a person": [yes("suicidal_behaviour_ever")],
    "PHQ-9 item 9 of 0": [measured("phq9_item9", 0, "1", kind=FactKind.SCORE)],
    "PHQ-9 item 9 of 0, two months old": [measured("phq9_item9", 0, "1", "2026-04-01", kind=FactKind.SCORE)],
}
LESSER_SITUATIONS = (
    ("situation", "asked otherwise", "verdict", "severity"),
    ("thoughts with a method", "suicidal_thoughts_with_method", Verdict.NOT_MET, R),
    ("thoughts", "suicidal_thoughts", Verdict.NOT_MET, C),
    ("PHQ-9 item 9 of 1", "phq9_item9", Verdict.NOT_MET, C),
    ("an attempt of 2015, answered by a person", "suicidal_behaviour_ever", Verdict.NOT_MET, C),
    ("PHQ-9 item 9 of 0", "phq9_item9", Verdict.MET, R),
    ("PHQ-9 item 9 of 0, two months old", "phq9_item9", Verdict.UNKNOWN, C),
)


@pytest.mark.parametrize(("situation", "asked", "verdict", "severity"), LESSER_SITUATIONS[1:])
def test_lesser_suicide_risk_is_shown(situation, asked, verdict, severity):
    """Thoughts with a method need review in the clinic; other positive answers are a caution."""
    known = without(every_answer_no(), asked)
    found = finding(screened(known + LESSER[situation]), "eligibility.suicide_risk")
    assert (found.verdict, found.ref, found.severity) == (verdict, "SUICIDE-ANY", severity)


BIPOLAR_SITUATIONS = (
    ("mood stabiliser", "verdict"),
    (None, Verdict.NOT_MET),
    ("lithium", Verdict.MET),
)


@pytest.mark.parametrize(("stabiliser", "verdict"), BIPOLAR_SITUATIONS[1:])
def test_bipolar_disorder_needs_a_mood_stabiliser(stabiliser, verdict):
    """Bipolar I without a mood stabiliser needs review; with one on record it does not."""
    known = without(every_answer_no(), "bipolar_i", "mood_stabiliser_taken")
    taken = [drug(stabiliser)] if stabiliser else []
    found = finding(screened([*known, condition("bipolar_i", "2006-01-01"), *taken]), "eligibility.mania")
    assert found.verdict is verdict
