"""A complaint reaches somebody outside the treating team, who alone sees it, in the database too."""

from datetime import timedelta

import pytest
from django.db import connection

from kairos.actions.answer_complaint import answer_complaint
from kairos.actions.make_complaint import make_complaint
from kairos.actions.name_complaint_contact import name_complaint_contact
from kairos.actions.pass_on_complaint import pass_on_complaint
from kairos.actions.work_deadlines import work_deadlines
from kairos.queries.complaints import (
    complaint_contacts,
    complaint_page,
    complaints_to_answer,
    days_to_answer,
    own_complaints,
)
from kairos.queries.inbox import inbox
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines
from kairos.store.scope import scoped, scoped_as
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import NOW, Clinic, jobs, make_clinic, make_person
from tests.support.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


def known(clinic: Clinic, *roles: Role) -> Actor:
    """Return somebody of the staff who has a log-in."""
    login = make_login(clinic, *roles)
    return Actor(login.id, frozenset(roles), clinic.scope, login.display_name)


def patient_of(clinic: Clinic) -> Actor:
    person_id = make_person(clinic)
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), person_id)
    return Actor(new_id(), frozenset({Role.PATIENT}), scope)


def complain(by: Actor, words: str = canaries.FREE_TEXT):
    return make_complaint(words=words, command_id=new_id(), by=by, now=NOW)


def admin_of(clinic: Clinic) -> Actor:
    return Actor(new_id(), frozenset({Role.ADMINISTRATOR}), Scope(clinic.organisation_id), "admin")


def rows_shown(scope: Scope, user_id=None) -> list[int]:
    counted = []
    with scoped_as(scope, user_id) if user_id else scoped(scope), connection.cursor() as cursor:
        for table in ("complaint", "complaintreader", "complaintanswer"):
            cursor.execute(f"SELECT count(*) FROM store_{table}")
            counted.append(cursor.fetchone()[0])
    return counted


def test_it_reaches_the_lead_and_nobody_who_treats(clinic):
    lead, nurse, auditor = (
        known(clinic, Role.PROGRAMME_LEAD),
        known(clinic, Role.NURSE),
        known(clinic, Role.AUDITOR),
    )
    me = patient_of(clinic)
    with pytest.raises(InvalidInput, match="what was not right"):
        complain(me, " ")
    complaint_id = complain(me)
    (mine,) = own_complaints(by=me, now=NOW)
    assert (mine.said, mine.addressee, mine.answered) == (canaries.FREE_TEXT, lead.name, "")
    assert mine.complaint.due_at == NOW + timedelta(days=days_to_answer(by=me, now=NOW))
    (theirs,) = complaints_to_answer(by=lead, now=NOW)
    assert (theirs.said, theirs.is_late) == (canaries.FREE_TEXT, False)
    assert complaints_to_answer(by=lead, now=NOW + timedelta(days=30))[0].is_late
    assert complaints_to_answer(by=auditor, now=NOW) == ()
    with pytest.raises(Missing, match="not for you"):
        complaint_page(complaint_id=complaint_id, by=auditor, now=NOW)
    with pytest.raises(NotAllowed):
        complaints_to_answer(by=nurse, now=NOW)
    shown = inbox(by=nurse, now=NOW)
    assert (shown.alarming, shown.mine, shown.others) == ((), (), ())


def test_the_database_itself_shows_it_to_no_one_else(clinic):
    lead, nurse, me = known(clinic, Role.PROGRAMME_LEAD), known(clinic, Role.NURSE), patient_of(clinic)
    complaint_id = complain(me)
    answer_complaint(
        complaint_id=complaint_id, words="we looked into it", command_id=new_id(), by=lead, now=NOW
    )
    assert rows_shown(clinic.scope) == [0, 0, 0]
    assert rows_shown(clinic.scope, nurse.id) == [0, 0, 0]
    assert rows_shown(clinic.scope, lead.id) == [1, 1, 1]
    assert rows_shown(me.scope) == [1, 1, 1]
    assert rows_shown(patient_of(clinic).scope) == [0, 0, 0]
    with scoped(clinic.scope):
        assert all(each.person_id is None for each in deadlines.deadlines_of(clinic.scope, complaint_id))


def test_it_is_answered_once_by_whom_it_reached(clinic):
    lead, auditor, me = known(clinic, Role.PROGRAMME_LEAD), known(clinic, Role.AUDITOR), patient_of(clinic)
    complaint_id = complain(me)
    given = {"complaint_id": complaint_id, "words": "we looked into it", "now": NOW}
    with pytest.raises(Missing):
        answer_complaint(**given, by=auditor, command_id=new_id())
    answer_complaint(**given, by=lead, command_id=new_id())
    with pytest.raises(NotAllowed, match="answered already"):
        answer_complaint(**given, by=lead, command_id=new_id())
    assert own_complaints(by=me, now=NOW)[0].answered == "we looked into it"
    late = {"complaint_id": complaint_id, "why": "complaint_late", "by": jobs(clinic), "now": NOW}
    assert pass_on_complaint(**late, command_id=new_id()) == "answered"


def test_a_lead_who_treats_is_not_outside_and_a_late_answer_goes_further(clinic):
    known(clinic, Role.PROGRAMME_LEAD, Role.CLINICIAN)
    auditor = known(clinic, Role.AUDITOR)
    me = patient_of(clinic)
    complaint_id = complain(me)
    assert len(complaints_to_answer(by=auditor, now=NOW)) == 1
    late = {"complaint_id": complaint_id, "why": "complaint_late", "by": jobs(clinic), "now": NOW}
    assert pass_on_complaint(**late, command_id=new_id()) == "nobody_else"
    lead = known(clinic, Role.PROGRAMME_LEAD)
    assert pass_on_complaint(**late, command_id=new_id()) == "passed_on"
    assert complaint_page(complaint_id=complaint_id, by=lead, now=NOW).said == canaries.FREE_TEXT


def test_where_nobody_is_outside_the_administrator_is_told_until_somebody_is_named(clinic):
    me, admin = patient_of(clinic), admin_of(clinic)
    nurse = known(clinic, Role.NURSE)
    complain(me)
    assert own_complaints(by=me, now=NOW)[0].addressee == ""
    (line,) = complaint_contacts(by=admin)
    assert (line.is_waiting, line.named, line.choices) == (True, "", ())
    assert work_deadlines(by=jobs(clinic), now=NOW) == 0
    named = {"programme_id": clinic.programme_id, "by": admin, "now": NOW}
    with pytest.raises(NotAllowed, match="treats none"):
        name_complaint_contact(**named, user_id=nurse.id, command_id=new_id())
    with pytest.raises(Missing, match="no such programme"):
        name_complaint_contact(**named | {"programme_id": new_id()}, user_id=nurse.id, command_id=new_id())
    auditor, lead = known(clinic, Role.AUDITOR), known(clinic, Role.PROGRAMME_LEAD)
    name_complaint_contact(**named, user_id=auditor.id, command_id=new_id())
    (line,) = complaint_contacts(by=admin)
    assert (line.is_waiting, line.named) == (False, auditor.name)
    assert [name for _, name in line.choices] == [auditor.name, lead.name]
    with connection.cursor() as cursor, scoped(clinic.scope):
        cursor.execute("UPDATE store_deadline SET due_at = now() WHERE kind = 'complaint_unread'")
    assert work_deadlines(by=jobs(clinic), now=NOW) == 1
    assert len(complaints_to_answer(by=auditor, now=NOW)) == 1


def test_whoever_had_a_part_in_the_treatment_is_not_outside(clinic):
    lead = known(clinic, Role.PROGRAMME_LEAD)
    me = patient_of(clinic)
    sessions = make_course(clinic, me.scope.patient_id)
    from dataclasses import replace

    from kairos.store.repositories import courses

    with scoped(clinic.scope):
        course = courses.find_course(clinic.scope, sessions[0].course_id)
        courses.add_course(clinic.scope, replace(course, id=new_id(), by=lead.id), ())
    complain(me)
    assert complaints_to_answer(by=lead, now=NOW) == ()


def test_who_is_no_patient_complains_not_here(clinic):
    nobody = Actor(new_id(), frozenset({Role.PATIENT}), clinic.scope)
    with pytest.raises(Missing, match="no record"):
        complain(nobody)
    with pytest.raises(Missing, match="no patient"):
        own_complaints(by=nobody, now=NOW)
