"""Nothing passes by silence.

What is not on record is not known, and what is not known never lets anybody go on. Something is absent only
where a person, a test or a list that a clinician confirmed says so, later than everything that speaks for it.
"""

import pytest

from kairos.domain.eligibility.screening import advise
from kairos.vocab.facts import FactKind
from kairos.vocab.verdict import Advice, Severity, Verdict
from tests.support.facts import (
    broader,
    condition,
    confirmed,
    every_answer_no,
    fact,
    finding,
    no,
    not_sure,
    screened,
    unread,
    without,
    yes,
)

HAEMORRHAGE = "intracerebral_haemorrhage"
RECORDS = {
    "nothing": [],
    "the diagnosis": [condition(HAEMORRHAGE, "2015-03-01", "resolved")],
    "a stroke of unstated kind": [broader(HAEMORRHAGE)],
    "a stroke of unstated kind, then the answer no": [broader(HAEMORRHAGE), no(HAEMORRHAGE)],
    "the answer no": [no(HAEMORRHAGE)],
    "the answer no of last year": [no(HAEMORRHAGE, "2025-06-01")],
    "the answer not sure": [not_sure(HAEMORRHAGE)],
    "the diagnosis, then the answer no": [condition(HAEMORRHAGE, "2015-03-01"), no(HAEMORRHAGE)],
    "the diagnosis, corrected by name": [
        condition(HAEMORRHAGE, "2015-03-01", id="entry"),
        no(HAEMORRHAGE, details={"refutes": "entry"}),
    ],
    "a confirmed list without it": [confirmed(FactKind.CONDITION)],
    "a confirmed list with an unreadable entry": [confirmed(FactKind.CONDITION), unread()],
    "the diagnosis, dated after the asked day": [condition(HAEMORRHAGE, "2026-06-02")],
}
HISTORY_SITUATIONS = (
    ("the record holds", "verdict", "says"),
    ("nothing", Verdict.UNKNOWN, "finding.unknown_silent"),
    ("the diagnosis", Verdict.NOT_MET, "finding.present"),
    ("a stroke of unstated kind", Verdict.UNKNOWN, "finding.unknown_broader"),
    ("a stroke of unstated kind, then the answer no", Verdict.MET, "finding.denied"),
    ("the answer no", Verdict.MET, "finding.denied"),
    ("the answer no of last year", Verdict.UNKNOWN, "finding.unknown_stale"),
    ("the answer not sure", Verdict.UNKNOWN, "finding.unknown_not_sure"),
    ("the diagnosis, then the answer no", Verdict.UNKNOWN, "finding.contradicted"),
    ("the diagnosis, corrected by name", Verdict.MET, "finding.denied"),
    ("a confirmed list without it", Verdict.MET, "finding.denied"),
    ("a confirmed list with an unreadable entry", Verdict.UNKNOWN, "finding.unknown_not_understood"),
    ("the diagnosis, dated after the asked day", Verdict.UNKNOWN, "finding.unknown_silent"),
)


@pytest.mark.parametrize(("record", "verdict", "message"), HISTORY_SITUATIONS[1:])
def test_what_a_record_says_of_the_past(record, verdict, message):
    """A bleeding in the brain at any time excludes, whether or not it has healed; silence asks."""
    found = finding(screened(RECORDS[record]), "eligibility.intracerebral_haemorrhage")
    assert (found.verdict, found.message) == (verdict, message)
    assert (found.ref, found.severity) == ("CNS-ICH", Severity.ABSOLUTE)
    assert found.sources == ("spravato-us-label",)


MANIA = {
    "active now": [condition("mania", "2026-05-20")],
    "ended in March": [condition("mania", "2026-01-10", "resolved", until="2026-03-01")],
    "ended in March, and the answer no": [
        condition("mania", "2026-01-10", "resolved", until="2026-03-01"),
        no("current_mania"),
    ],
    "without a status, of last month": [condition("mania", "2026-05-01", "")],
    "without a status, of three years ago": [condition("mania", "2023-05-01", "")],
    "dated only by the year that has begun": [condition("mania", "2026", "")],
    "resolved, the day not given": [condition("mania", "2026-01-10", "resolved")],
}
PRESENT_SITUATIONS = (
    ("the record holds a mania", "verdict", "says"),
    ("active now", Verdict.NOT_MET, "finding.present"),
    ("ended in March", Verdict.UNKNOWN, "finding.unknown_ended"),
    ("ended in March, and the answer no", Verdict.MET, "finding.denied"),
    ("without a status, of last month", Verdict.NOT_MET, "finding.present"),
    ("without a status, of three years ago", Verdict.UNKNOWN, "finding.unknown_status_missing"),
    ("dated only by the year that has begun", Verdict.UNKNOWN, "finding.unknown_date_unclear"),
    ("resolved, the day not given", Verdict.UNKNOWN, "finding.unknown_marked"),
)


@pytest.mark.parametrize(("record", "verdict", "message"), PRESENT_SITUATIONS[1:])
def test_what_a_record_says_of_the_present(record, verdict, message):
    """That something ended does not say that it is not so now; it is asked."""
    known = without(every_answer_no(), "current_mania", "list.condition")
    found = finding(screened(known + MANIA[record]), "eligibility.mania")
    assert (found.verdict, found.message) == (verdict, message)


def test_an_empty_record_is_incomplete_and_nothing_is_met():
    """About somebody of whom nothing is known, no rule is satisfied."""
    result = screened([])
    assert result.advice is Advice.INCOMPLETE
    assert {f.verdict for f in result.findings} == {Verdict.UNKNOWN, Verdict.NOT_MET}
    assert {f.ref for f in result.findings if f.verdict is Verdict.NOT_MET} == {"LABS-MISSING"}


def test_every_answer_negative_may_proceed_and_is_still_only_advice():
    """With every answer negative nothing fires. That is advice; a clinician decides and signs."""
    result = screened(every_answer_no())
    assert result.advice is Advice.MAY_PROCEED
    assert {f.verdict for f in result.findings} == {Verdict.MET}


def test_missing_tests_are_shown_and_do_not_block():
    """Baseline tests that are absent or older than six months are a caution in the clinic."""
    found = finding(
        screened([fact("alt", FactKind.LABORATORY, since="2025-06-01")]), "eligibility.tests_missing"
    )
    assert (found.verdict, found.severity) == (Verdict.NOT_MET, Severity.CAUTION)
    assert "alt" in str(found.values["missing"])


ADVICE_SITUATIONS = (
    ("added to somebody healthy", "advice"),
    ("nothing", Advice.MAY_PROCEED),
    ("a caution", Advice.MAY_PROCEED),
    ("a relative finding", Advice.NEEDS_REVIEW),
    ("a deferring finding", Advice.NEEDS_REVIEW),
    ("a relative finding, and one unknown", Advice.INCOMPLETE),
    ("an absolute finding, and one unknown", Advice.EXCLUDED),
)
ADDED = {
    "nothing": [],
    "a caution": [condition("family_history_psychosis")],
    "a relative finding": [condition("heart_failure")],
    "a deferring finding": [condition("hyperthyroidism")],
    "a relative finding, and one unknown": [condition("heart_failure"), not_sure("acute_porphyria")],
    "an absolute finding, and one unknown": [condition("dementia"), not_sure("acute_porphyria")],
}
SILENCED = ("family_history_psychosis", "heart_disease", "hyperthyroidism", "dementia", "acute_porphyria")


@pytest.mark.parametrize(("added", "advice"), ADVICE_SITUATIONS[1:])
def test_how_findings_combine(added, advice):
    """Absolute excludes; else unknown is incomplete; else relative or deferring needs review."""
    concepts = {f.concept for f in ADDED[added]}
    dropped = {c for c in SILENCED if c in concepts} | (
        {"heart_disease"} if "heart_failure" in concepts else set()
    )
    assert screened(without(every_answer_no(), *dropped) + ADDED[added]).advice is advice


def test_no_findings_at_all_are_incomplete():
    """Nothing asked is nothing known."""
    assert advise([]) is Advice.INCOMPLETE


def test_a_yes_at_the_chair_counts_like_a_record():
    """What a person states is a fact like any other."""
    found = finding(screened([yes("aneurysm_or_malformation")]), "eligibility.aneurysm")
    assert (found.verdict, found.message) == (Verdict.NOT_MET, "finding.stated")
