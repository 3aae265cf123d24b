"""Before a release comes into force the director sees for whom it would change something."""

import pytest

from kairos.domain.evidence.review import ParameterDecision
from kairos.queries.sign_off import sign_off
from kairos.queries.what_changes import what_changes
from kairos.vocab.people import Role
from kairos.vocab.verdict import Advice, Verdict
from tests.support import canaries
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.content import STRICTER_PRESSURE, changed_source, register, review, sign_all
from tests.support.screened import NOW, sign, well_known_person

pytestmark = pytest.mark.django_db

RULE = "eligibility.mean_pressure"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def director(clinic):
    return staff(clinic, Role.MEDICAL_DIRECTOR)


def ask(director, **more):
    return what_changes(by=director, now=NOW, **more)


def test_only_those_are_named_for_whom_a_rule_answers_otherwise(clinic, director):
    sign_all(clinic, director)
    person_id = well_known_person(clinic)
    sign(staff(clinic), person_id)
    make_person(clinic)
    make_person(clinic, stage="declined")
    assert ask(director).people == ()
    register(clinic, changed_source(*STRICTER_PRESSURE))
    found = ask(director)
    (change,) = found.people
    assert (found.looked_at, found.of, found.next_from) == (2, 2, None)
    assert (change.person_id, change.before, change.after) == (
        person_id,
        Advice.MAY_PROCEED,
        Advice.NEEDS_REVIEW,
    )
    assert canaries.FAMILY in change.name
    (verdict,) = change.verdicts
    assert (verdict.before, verdict.after) == (Verdict.MET, Verdict.NOT_MET)
    assert verdict.title != verdict.rule


def test_an_own_value_that_was_decided_counts_as_if_signed(clinic, director):
    sign_all(clinic, director)
    well_known_person(clinic)
    review(clinic, director, ParameterDecision("eligibility.pressure_days", 3, "more of them"))
    (change,) = ask(director).people
    assert [(v.before, v.after) for v in change.verdicts] == [(Verdict.MET, Verdict.UNKNOWN)]
    sign_all(clinic, director)
    assert ask(director).people == ()


def test_the_page_tells_rules_apart(clinic, director):
    sign_all(clinic, director)
    path = "rules/eligibility/body.yaml"
    register(clinic, changed_source(path, "ref: RENAL\n", "ref: RENAL-2\n"))
    page = sign_off(by=director, now=NOW)
    assert [name for name, _ in page.rules.changed] == ["eligibility.kidney"]
    assert page.rules.new == page.rules.gone == ()
    assert not page.protocols
    assert not page.is_first
    assert len(page.signatures) == 1
