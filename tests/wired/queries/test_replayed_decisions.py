"""A past decision asked again: the same by its own content, the difference by the content in force."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kairos.domain.evidence.review import ParameterDecision
from kairos.queries.replayed_decisions import replayed_decision
from kairos.store.ids import new_id
from kairos.store.repositories import facts as fact_rows
from kairos.store.repositories import screenings
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing
from kairos.vocab.people import Role
from kairos.vocab.verdict import Advice, Verdict
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.content import STRICTER_PRESSURE, changed_source, register, review, sign_all
from tests.support.facts import yes
from tests.support.screened import NOW, keep, sign, well_known_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def director(clinic):
    return staff(clinic, Role.MEDICAL_DIRECTOR)


def replay(clinic, person_id, decision_id):
    asked = {"person_id": person_id, "decision_id": decision_id}
    return replayed_decision(by=staff(clinic), now=NOW + timedelta(days=2), **asked)


def test_its_own_content_gives_the_same_findings_and_the_new_one_the_difference(clinic, director):
    review(
        clinic,
        director,
        ParameterDecision("eligibility.answer_max_age", 150, "ours"),
        version=register(clinic),
    )
    sign_all(clinic, director)
    person_id = well_known_person(clinic)
    decision_id = sign(staff(clinic), person_id)
    before = replay(clinic, person_id, decision_id)
    assert (before.same, before.is_in_force, before.others) == (True, True, ())
    register(clinic, changed_source(*STRICTER_PRESSURE))
    sign_all(clinic, director)
    after = replay(clinic, person_id, decision_id)
    assert (after.same, after.is_in_force) == (True, False)
    assert (after.kept.advice, after.advice_now) == (Advice.MAY_PROCEED, Advice.NEEDS_REVIEW)
    assert [(v.before, v.after) for v in after.others] == [(Verdict.MET, Verdict.NOT_MET)]
    assert after.kept.overlay_version == before.content.overlay_version != ""


def test_facts_that_came_later_change_no_replay(clinic):
    person_id = well_known_person(clinic)
    decision_id = sign(staff(clinic), person_id)
    keep(clinic, person_id, [yes("aneurysm_or_malformation")])
    found = replay(clinic, person_id, decision_id)
    assert (found.same, found.others) == (True, ())
    with scoped(clinic.scope):
        assert found.facts == len(fact_rows.facts_of(clinic.scope, person_id)) - 1


def test_content_that_nobody_kept_cannot_be_asked_and_says_so(clinic):
    person_id = well_known_person(clinic)
    decision_id = sign(staff(clinic), person_id)
    with scoped(clinic.scope):
        (signed,) = screenings.decisions_of(clinic.scope, person_id)
        kept = screenings.find_screening(clinic.scope, signed.screening_id)
        odd = replace(kept, id=new_id(), content_version="f" * 64, recorded_at=None)
        screenings.add_screening(clinic.scope, odd)
        later = replace(signed, id=new_id(), screening_id=odd.id, recorded_at=None)
        screenings.sign_decision(clinic.scope, later)
    found = replay(clinic, person_id, later.id)
    assert found.same is None
    assert "is not kept here" in found.cannot
    with pytest.raises(Missing, match="this decision is not there"):
        replay(clinic, make_person(clinic), decision_id)
