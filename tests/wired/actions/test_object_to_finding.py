"""Objecting to a finding: one open task at a time, its end watched; for one's own record alone."""

from datetime import timedelta

import pytest

from kairos.actions.finish_task import finish_task
from kairos.actions.object_to_finding import object_to_finding
from kairos.domain.eligibility.objections import ObjectionKind
from kairos.queries.own_eligibility import own_eligibility
from kairos.store.ids import new_id
from kairos.store.repositories import people
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.screened import NOW, sign, well_known_person

pytestmark = pytest.mark.django_db
RULE = "eligibility.aneurysm"


@pytest.fixture
def clinic():
    return make_clinic()


def patient_of(clinic, person_id):
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), patient_id=person_id)
    return Actor(new_id(), frozenset({Role.PATIENT}), scope)


def test_one_open_objection_a_finding_and_after_its_end_another(clinic):
    me = patient_of(clinic, well_known_person(clinic))
    asked = {"kind": ObjectionKind.NOT_RIGHT, "rule": RULE, "by": me, "now": NOW}
    task = object_to_finding(**asked, words="not so", command_id=new_id())
    waits = own_eligibility(by=me, now=NOW).waits_for(ObjectionKind.NOT_RIGHT, RULE)
    assert waits.answer_by == NOW + timedelta(days=3) and waits.said.words == "not so"
    with pytest.raises(NotAllowed, match="already"):
        object_to_finding(**asked, command_id=new_id())
    object_to_finding(**asked | {"rule": "eligibility.mania"}, command_id=new_id())
    done = {"outcome": "finding_stands", "by": staff(clinic), "now": NOW}
    finish_task(task_id=task, command_id=new_id(), **done)
    assert own_eligibility(by=me, now=NOW).waits_for(ObjectionKind.NOT_RIGHT, RULE) is None
    object_to_finding(**asked, command_id=new_id())


def test_a_rule_that_is_not_in_force_and_a_log_in_without_a_record_are_refused(clinic):
    me = patient_of(clinic, make_person(clinic))
    asked = {"kind": ObjectionKind.NOT_RIGHT, "now": NOW, "command_id": new_id()}
    with pytest.raises(Missing, match="no rule"):
        object_to_finding(rule="no.such.rule", by=me, **asked)
    nobody = Actor(new_id(), frozenset({Role.PATIENT}), clinic.scope)
    with pytest.raises(Missing, match="no record of your own"):
        object_to_finding(rule=RULE, by=nobody, **asked)


def test_who_decided_is_named_and_nobody_elses_record_is_there(clinic):
    person_id = well_known_person(clinic)
    sign(staff(clinic), person_id)
    page = own_eligibility(by=patient_of(clinic, person_id), now=NOW)
    assert page.decision is not None
    with scoped(clinic.scope):
        assert people.enrolments_of(clinic.scope, new_id()) == ()
    with pytest.raises(Missing, match="no record of yours"):
        own_eligibility(by=patient_of(clinic, new_id()), now=NOW)
