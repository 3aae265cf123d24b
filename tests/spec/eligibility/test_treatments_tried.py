"""Treatments tried.

Resistance is two different adequate treatments that failed. A trial counts when the least dose was held long
enough in this episode with too little improvement. One drug on record is never resistance, and a record is
no complete list.
"""

# ruff: noqa: E501 - tables are read by the row

from datetime import date

import pytest

from kairos.domain.rules.target import Indication
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import confirmed, drug, finding, no, screened, trial

COMPLETE = confirmed("treatment_trial")
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
BUPROPION = trial("bupropion", 300, 8, 20)
LEDGERS = {
    "sertraline 50 mg 6 weeks, bupropion 300 mg 8 weeks": [trial("sertraline", 50, 6, 10), BUPROPION],
    "sertraline 25 mg": [trial("sertraline", 25, 6, 10), BUPROPION],
    "sertraline 3 weeks": [trial("sertraline", 50, 3, 10), BUPROPION],
    "sertraline 42 days": [trial("sertraline", 50, 42 / 7, 10), BUPROPION],
    "sertraline 41 days": [trial("sertraline", 50, 41 / 7, 10), BUPROPION],
    "sertraline with 50 % improvement": [trial("sertraline", 50, 6, 50), BUPROPION],
    "sertraline with 30 % improvement": [trial("sertraline", 50, 6, 30), BUPROPION],
    "sertraline 5 weeks": [trial("sertraline", 50, 5, 10), BUPROPION],
    "sertraline in an earlier episode": [trial("sertraline", 50, 6, 10, episode="earlier"), BUPROPION],
    "bupropion twice": [BUPROPION, trial("bupropion", 300, 10, 10)],
    "sertraline of unknown dose": [trial("sertraline", None, 6, 10), BUPROPION],
    "sertraline of unknown length": [trial("sertraline", 50, None, 10), BUPROPION],
    "sertraline of unknown effect": [trial("sertraline", 50, 6), BUPROPION],
}
RESISTANCE_SITUATIONS = (
    ("ledger, confirmed complete", "definition", "rule", "verdict"),
    ("sertraline 50 mg 6 weeks, bupropion 300 mg 8 weeks", "trd.standard", "eligibility.resistance_depression", MET),
    ("sertraline 50 mg 6 weeks, bupropion 300 mg 8 weeks", "trd.strict_doses", "eligibility.resistance_depression_strict_doses", NOT_MET),
    ("sertraline 25 mg", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("sertraline 3 weeks", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("sertraline 42 days", "trd.standard", "eligibility.resistance_depression", MET),
    ("sertraline 41 days", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("sertraline 5 weeks", "trd.short", "eligibility.resistance_depression_short", MET),
    ("sertraline with 50 % improvement", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("sertraline with 30 % improvement", "trd.standard", "eligibility.resistance_depression", MET),
    ("sertraline with 30 % improvement", "trd.improvement_as_in_trials", "eligibility.resistance_depression_trials", NOT_MET),
    ("sertraline in an earlier episode", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("bupropion twice", "trd.standard", "eligibility.resistance_depression", NOT_MET),
    ("sertraline of unknown dose", "trd.standard", "eligibility.resistance_depression", UNKNOWN),
    ("sertraline of unknown length", "trd.standard", "eligibility.resistance_depression", UNKNOWN),
    ("sertraline of unknown effect", "trd.standard", "eligibility.resistance_depression", UNKNOWN),
)  # fmt: skip


@pytest.mark.parametrize(("ledger", "definition", "rule", "verdict"), RESISTANCE_SITUATIONS[1:])
def test_two_adequate_trials_that_failed(ledger, definition, rule, verdict):
    """The definition in force, its settings and its source stand with the verdict."""
    result = screened([*LEDGERS[ledger], COMPLETE], definitions=frozenset({definition}))
    found = finding(result, rule)
    assert (found.verdict, found.ref, found.severity) == (verdict, "TRD", Severity.RELATIVE)
    assert {"definition", "weeks", "improvement"} <= set(found.values)
    assert {"trd-springer-2023", "trd-janik"} & set(found.sources)
    assert result.definitions == frozenset({definition})


def test_one_drug_on_record_is_not_resistance():
    """One drug is never resistance; whether others were tried is asked, and once known it is not met."""
    record = [drug("fluoxetine", "1993-01-17", details={"daily_dose": Quantity(25, "mg/d")})]
    found = finding(screened(record), "eligibility.resistance_depression")
    assert (found.verdict, found.message) == (UNKNOWN, "resistance.too_few")
    found = finding(screened([*record, COMPLETE]), "eligibility.resistance_depression")
    assert (found.verdict, found.message) == (NOT_MET, "resistance.not_met")


def test_two_drugs_on_record_ask_for_their_effect():
    """A record does not say whether a drug helped, so two of them ask."""
    record = [drug("fluoxetine", "2020-01-17"), drug("venlafaxine", "2022-01-17", "stopped")]
    found = finding(screened(record), "eligibility.resistance_depression")
    assert (found.verdict, found.message) == (UNKNOWN, "resistance.not_known")


FORM_SITUATIONS = (
    ("treatment", "mg a day", "form", "verdict"),
    ("paroxetine", 20, "", MET),
    ("paroxetine", 20, "CR", NOT_MET),
    ("paroxetine", 25, "CR", MET),
    ("selegiline", 6, "patch", MET),
    ("selegiline", 5, "patch", NOT_MET),
    ("selegiline", 10, "", UNKNOWN),
    ("dextromethorphan_bupropion", 210, "", MET),
    ("dextromethorphan_bupropion", 105, "", NOT_MET),
)


@pytest.mark.parametrize(("treatment", "dose", "form", "verdict"), FORM_SITUATIONS[1:])
def test_the_form_of_a_drug_changes_its_least_dose(treatment, dose, form, verdict):
    """Each form has its own least dose; a drug known in one form only is not judged in another."""
    ledger = [trial("venlafaxine", 150, 8, 10), trial(treatment, dose, 8, 10, form=form), COMPLETE]
    found = finding(screened(ledger), "eligibility.resistance_depression")
    assert found.verdict is verdict


def test_a_trial_after_the_asked_day_does_not_count():
    """As of an earlier day, a trial that ended later is not complete."""
    ledger = [*LEDGERS["sertraline 50 mg 6 weeks, bupropion 300 mg 8 weeks"]]
    found = finding(screened(ledger, on=date(2026, 3, 1)), "eligibility.resistance_depression")
    assert found.verdict is UNKNOWN


CBT = trial("cbt", None, 8, 10, type="talk_therapy", completed="yes")
ANXIETY_LEDGERS = {
    "sertraline and venlafaxine": [trial("sertraline", 50, 8, 10), trial("venlafaxine", 150, 8, 10)],
    "sertraline and cognitive behavioural therapy": [trial("sertraline", 50, 8, 10), CBT],
    "sertraline alone": [trial("sertraline", 50, 8, 10)],
}
ANXIETY_SITUATIONS = (
    ("ledger, confirmed complete", "definition", "rule", "verdict", "source"),
    ("sertraline and venlafaxine", "anxiety.two_treatments", "eligibility.resistance_anxiety", MET, "kairos-requirements-anxiety"),
    ("sertraline and venlafaxine", "anxiety.consensus", "eligibility.resistance_anxiety_consensus", NOT_MET, "bokma-2019"),
    ("sertraline and cognitive behavioural therapy", "anxiety.two_treatments", "eligibility.resistance_anxiety", MET, "kairos-requirements-anxiety"),
    ("sertraline and cognitive behavioural therapy", "anxiety.consensus", "eligibility.resistance_anxiety_consensus", MET, "bokma-2019"),
    ("sertraline alone", "anxiety.two_treatments", "eligibility.resistance_anxiety", NOT_MET, "kairos-requirements-anxiety"),
)  # fmt: skip


@pytest.mark.parametrize(("ledger", "definition", "rule", "verdict", "source"), ANXIETY_SITUATIONS[1:])
def test_resistance_of_an_anxiety(ledger, definition, rule, verdict, source):
    """Another definition changes the verdict and the source shown with it."""
    result = screened(
        [*ANXIETY_LEDGERS[ledger], COMPLETE],
        indication=Indication.ANXIETY,
        definitions=frozenset({definition}),
    )
    found = finding(result, rule)
    assert found.verdict is verdict
    assert source in found.sources


FIRST_LINE_SITUATIONS = (
    ("known", "verdict"),
    ("a treatment on record", MET),
    ("nothing", UNKNOWN),
    ("confirmed that none was tried", NOT_MET),
    ("answered that none was tried", NOT_MET),
)
TRIED = {
    "a treatment on record": [drug("fluoxetine")],
    "nothing": [],
    "confirmed that none was tried": [COMPLETE],
    "answered that none was tried": [no("treatment_trial")],
}


@pytest.mark.parametrize(("known", "verdict"), FIRST_LINE_SITUATIONS[1:])
def test_ketamine_is_not_a_first_line_treatment(known, verdict):
    """Nobody starts here without an earlier treatment, unless a clinician gives a reason."""
    found = finding(screened(TRIED[known]), "eligibility.not_first_line")
    assert (found.verdict, found.ref, found.severity) == (verdict, "NOT-FIRST-LINE", Severity.RELATIVE)
    assert found.sources == ("kairos-requirements",)
