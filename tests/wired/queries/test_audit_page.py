"""The audit as an auditor reads it: page by page, narrowed, and without names of patients."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kairos.actions.check_audit import check_audit
from kairos.actions.record_access import record_access
from kairos.queries.audit import audit_chain, audit_page
from kairos.store import verify
from kairos.store.ids import new_id
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import NOW, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


def open_charts(clinic, person_id, count, *roles):
    login = make_login(clinic, *(roles or (Role.CLINICIAN,)))
    by = staff(clinic, *(roles or (Role.CLINICIAN,)))
    by = type(by)(login.id, by.roles, by.scope, by.name)
    for _ in range(count):
        record_access(person_id=person_id, what="chart", command_id=new_id(), by=by, now=NOW)
    return login


def test_pages_follow_each_other_without_gap_or_repetition(clinic) -> None:
    person_id = make_person(clinic)
    open_charts(clinic, person_id, 7)
    auditor, seen, before = staff(clinic, Role.AUDITOR), [], None
    for expected in (3, 3, 1):
        page = audit_page(by=auditor, before=before, limit=3)
        assert len(page.lines) == expected
        seen += [line.id for line in page.lines]
        before = page.older
    assert before is None
    assert len(set(seen)) == 7


def test_a_list_is_narrowed_by_person_action_and_day(clinic) -> None:
    one, other = make_person(clinic), make_person(clinic)
    open_charts(clinic, one, 2)
    open_charts(clinic, other, 1)
    auditor = staff(clinic, Role.AUDITOR)
    today = audit_page(by=auditor).lines[0].recorded_at.astimezone(ZoneInfo("UTC")).date()
    assert len(audit_page(by=auditor, person_id=one, action="record_access", day=today).lines) == 2
    assert audit_page(by=auditor, day=today - timedelta(days=2)).lines == ()
    assert audit_page(by=auditor, action="take_alarm").lines == ()


def test_staff_are_named_and_patients_only_to_those_who_may_see_them(clinic) -> None:
    person_id = make_person(clinic)
    login = open_charts(clinic, person_id, 1)
    page = audit_page(by=staff(clinic, Role.AUDITOR))
    assert (page.actors[login.id], page.people) == (login.display_name, {})
    assert canaries.FAMILY in audit_page(by=staff(clinic, Role.PROGRAMME_LEAD)).people[person_id]


def test_who_acts_as_a_patient_is_not_named(clinic) -> None:
    person_id = make_person(clinic)
    login = open_charts(clinic, person_id, 1, Role.CLINICIAN, Role.PATIENT)
    assert login.id not in audit_page(by=staff(clinic, Role.AUDITOR)).actors


def test_events_of_another_programme_are_not_there(clinic) -> None:
    elsewhere = make_clinic(clinic.organisation_id)
    open_charts(elsewhere, make_person(elsewhere), 1)
    assert audit_page(by=staff(clinic, Role.AUDITOR)).lines == ()


def test_others_may_not_read_it(clinic) -> None:
    for read in (audit_page, audit_chain):
        with pytest.raises(NotAllowed):
            read(by=staff(clinic, Role.NURSE))


def test_a_check_is_remembered_with_what_it_found(clinic, monkeypatch) -> None:
    auditor = staff(clinic, Role.AUDITOR)
    assert audit_chain(by=auditor).last_check is None
    open_charts(clinic, make_person(clinic), 1)
    found = check_audit(command_id=new_id(), by=auditor, now=NOW)
    chain = audit_chain(by=auditor)
    assert (found.ok, found.rows, chain.waiting) == (True, 1, 2)
    assert (chain.last_check.why, chain.last_check.details["rows"]) == ("whole", 1)
    monkeypatch.setattr(verify, "SEALED_WITHIN", -verify.SEALED_WITHIN)
    assert not check_audit(command_id=new_id(), by=auditor, now=NOW).ok
    last = audit_chain(by=auditor).last_check
    assert last.why == "not_whole"
    assert last.details["bad_event"]
