"""Elsewhere, and again.

The same person is asked about for every route and place, and what argues against the home is named. Later in
the course the same questions are asked again, and what changed in between is named and wants to be seen.
"""

import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import criteria_of
from kairos.domain.eligibility.comparison import compare
from kairos.domain.eligibility.rescreening import what_changed
from kairos.domain.rules.target import Route, Setting, Target
from kairos.vocab.facts import AskedAsOf, FactKind
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Advice
from tests.support.facts import TODAY, condition, drug, every_answer_no, no, screened, without, yes

AS_OF = AskedAsOf(TODAY, chosen=True)
PLACES = [Target(Route.SUBLINGUAL, where) for where in (Setting.HOME, Setting.CLINIC)]
ARGUMENTS = (
    ("known", "argues against the home"),
    ("nothing", ()),
    ("stable heart disease", ("CARDIAC-STABLE",)),
    ("past psychosis", ("PSYCHOSIS-PAST",)),
    ("nobody to be present", ("HOME-NOADULT",)),
    ("family history of psychosis", ()),
)
_KNOWN = {
    "nothing": ([], []),
    "stable heart disease": (["heart_disease", "list.condition"], [condition("heart_failure", "2019-01-01")]),
    "past psychosis": (["past_psychosis"], [yes("past_psychosis")]),
    "nobody to be present": (["support_person_present"], [no("support_person_present")]),
    "family history of psychosis": (["family_history_psychosis"], [yes("family_history_psychosis")]),
}


@pytest.mark.parametrize(("known", "rows"), ARGUMENTS[1:])
def test_what_argues_for_the_clinic(known, rows):
    """A finding that weighs more at home than in the clinic argues for the clinic; an equal one does not."""
    silenced, added = _KNOWN[known]
    release = load_release()
    by = [criteria_of(release, on=TODAY, target=target) for target in PLACES]
    at_home, in_clinic = compare(without(every_answer_no(), *silenced) + added, as_of=AS_OF, by=by)
    assert tuple(f.ref for f in at_home.arguments) == rows
    assert (at_home.target.setting, in_clinic.arguments) == (Setting.HOME, ())
    assert (at_home.screening.advice is Advice.EXCLUDED) == bool(rows)


def test_a_place_is_held_against_the_clinic_only_where_the_clinic_was_asked():
    """Asked alone, a place has no arguments: there is nothing to hold it against."""
    by = [criteria_of(load_release(), on=TODAY, target=PLACES[0])]
    (alone,) = compare([no("support_person_present")], as_of=AS_OF, by=by)
    assert alone.arguments == ()


def with_dose(mg):
    """Return sertraline at a daily dose."""
    return drug("sertraline", id="med", details={"daily_dose": Quantity(mg, "mg/d")})


CHANGES = (
    ("before", "now", "named", "worse"),
    ("nothing", "a benzodiazepine", ("lorazepam",), True),
    ("a benzodiazepine", "stopped", ("lorazepam",), False),
    ("sertraline 50 mg", "sertraline 100 mg", ("sertraline",), False),
    ("sertraline 50 mg", "sertraline 50 mg", (), False),
    ("not pregnant", "pregnant", ("pregnancy",), True),
    ("not pregnant", "asked again: not pregnant", (), False),
)
_STATES = {
    "nothing": [],
    "a benzodiazepine": [drug("lorazepam")],
    "stopped": [drug("lorazepam", until="2026-05-20")],
    "sertraline 50 mg": [with_dose(50)],
    "sertraline 100 mg": [with_dose(100)],
    "not pregnant": [no("pregnancy", "2026-05-29")],
    "pregnant": [no("pregnancy", "2026-05-29"), yes("pregnancy")],
    "asked again: not pregnant": [no("pregnancy", "2026-05-29"), no("pregnancy")],
}


@pytest.mark.parametrize(("before", "now", "named", "worse"), CHANGES[1:])
def test_what_changed_since_somebody_looked(before, now, named, worse):
    """A medicine begun, ended or of another dose, an answer that turned: named, and to be acknowledged."""
    asked = ("pregnancy", "taking_benzodiazepine", "list.medication")
    base = without(every_answer_no(), *asked)
    known, later = base + _STATES[before], base + _STATES[now]
    changed = what_changed(
        screened(known).findings,
        screened(later).findings,
        known_before=known,
        known_now=later,
        as_of=AS_OF,
    )
    assert tuple(change.concept for change in changed.facts) == named
    assert any(change.is_worse for change in changed.findings) == worse
    assert changed.needs_acknowledgement == bool(named)


def test_a_rule_that_is_no_longer_asked_is_no_worse():
    """From home to clinic the rules of the home fall away; the other way round they come and count."""
    known = without(every_answer_no(), "support_person_present")
    at_home, in_clinic = (screened(known, target=target).findings for target in PLACES)
    there = what_changed(at_home, in_clinic, known_before=known, known_now=known, as_of=AS_OF)
    back = what_changed(in_clinic, at_home, known_before=known, known_now=known, as_of=AS_OF)
    assert not there.needs_acknowledgement and there.findings
    assert back.needs_acknowledgement and not back.facts


def test_a_changed_thing_keeps_what_it_was():
    """The entry before and the entry now stand beside each other."""
    before, now = with_dose(50), with_dose(100)
    (change,) = what_changed([], [], known_before=[before], known_now=[now], as_of=AS_OF).facts
    assert (change.kind, change.before, change.after) == (FactKind.MEDICATION, before, now)
