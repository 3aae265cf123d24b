"""The on-call roster in the database: named, swapped, withdrawn, asked; nothing in it is changed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from kairos.actions.name_on_call import name_on_call
from kairos.actions.on_call_roster import Called, who_is_on_call
from kairos.actions.withdraw_on_call import withdraw_on_call
from kairos.domain.protocols.on_call import Duty, OnCallStep
from kairos.queries.on_call import missing_on_call, on_call_candidates, roster_page
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role, Scope
from kairos.vocab.verdict import Verdict
from tests.support.accounts import make_login
from tests.support.clinic import NOW, Clinic, make_clinic, make_person, staff
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db
STEP = OnCallStep.NURSE_IN_CHARGE


def duty_of(clinic: Clinic, who: object, **changes: object) -> Duty:
    duty = Duty(new_id(), STEP, who, "UTC", time(7), time(19), NOW.date(), site_id=clinic.site_id)  # type: ignore[arg-type]
    return replace(duty, **changes)  # type: ignore[arg-type]


def name(clinic: Clinic, duty: Duty, *, now: datetime = NOW) -> object:
    by = staff(clinic, Role.COORDINATOR)
    return name_on_call(programme_id=clinic.programme_id, duty=duty, command_id=new_id(), by=by, now=now)


def asked(clinic: Clinic, now: datetime = NOW) -> Called:
    with scoped(clinic.scope):
        return who_is_on_call(
            clinic.scope, programme_id=clinic.programme_id, step=STEP, at=now, site_id=clinic.site_id
        )


def test_a_duty_is_named_swapped_and_withdrawn() -> None:
    clinic = make_clinic()
    first, second = make_login(clinic, Role.NURSE), make_login(clinic, Role.NURSE)
    assert asked(clinic) == replace(asked(clinic), is_kept=False)
    assert asked(clinic).on_call.verdict is Verdict.UNKNOWN
    name(clinic, duty_of(clinic, first.id))
    swapped = name(clinic, duty_of(clinic, second.id, last_day=NOW.date()))
    assert asked(clinic).is_kept
    assert asked(clinic).on_call.people == (second.id, first.id)
    by = staff(clinic, Role.PROGRAMME_LEAD)
    page = roster_page(by=by, now=NOW)
    assert [each.duty.who for each in page.entries] == [second.id, first.id]
    assert page.sites[0].steps[0].people == (second.id, first.id)
    withdraw_on_call(duty_id=swapped, command_id=new_id(), by=by, now=NOW)
    with pytest.raises(NotAllowed, match="withdrawn before"):
        withdraw_on_call(duty_id=swapped, command_id=new_id(), by=by, now=NOW)
    assert asked(clinic).on_call.people == (first.id,)
    later = NOW + timedelta(days=2)
    assert [each.duty.who for each in roster_page(by=by, now=later).entries] == [first.id]
    with scoped(clinic.scope):
        account_keeping.set_active(clinic.scope, first.id, is_active=False)
    assert asked(clinic).on_call.people == ()
    with pytest.raises(DatabaseError), scoped(clinic.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE store_oncallduty SET who = %s", [second.id])


def test_what_does_not_belong_here_is_refused() -> None:
    clinic, other = make_clinic(), make_clinic()
    nurse = make_login(clinic, Role.NURSE)
    with pytest.raises(InvalidInput, match="name one of them"):
        name(clinic, duty_of(clinic, make_login(other, Role.NURSE).id))
    with pytest.raises(Missing):
        name(clinic, duty_of(other, nurse.id))
    both = make_clinic(clinic.organisation_id)
    lead = replace(
        staff(clinic, Role.PROGRAMME_LEAD),
        scope=Scope(clinic.organisation_id, frozenset({clinic.programme_id, both.programme_id})),
    )
    given = {"command_id": new_id(), "by": lead, "now": NOW}
    with pytest.raises(NotAllowed, match="another programme"):
        name_on_call(programme_id=clinic.programme_id, duty=duty_of(both, nurse.id), **given)


def test_a_duty_without_a_site_holds_at_every_site_and_patients_do_not_see_it() -> None:
    clinic = make_clinic()
    nurse = make_login(clinic, Role.NURSE)
    name(clinic, duty_of(clinic, nurse.id, site_id=None))
    assert asked(clinic).on_call.people == (nurse.id,)
    mine = replace(clinic.scope, patient_id=make_person(clinic))
    with scoped(mine), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_oncallduty")
        assert cursor.fetchone() == (0,)


def test_a_welfare_check_falls_to_the_prescriber_where_nobody_is_named_for_it() -> None:
    clinic = make_clinic()
    prescriber, nurse = make_login(clinic, Role.CLINICIAN), make_login(clinic, Role.NURSE)
    told = {"programme_id": clinic.programme_id, "at": NOW, "site_id": clinic.site_id}
    name(clinic, duty_of(clinic, prescriber.id, step=OnCallStep.PRESCRIBER))
    with scoped(clinic.scope):
        called = who_is_on_call(clinic.scope, step=OnCallStep.WELFARE, **told)
    assert called.on_call.first == prescriber.id
    name(clinic, duty_of(clinic, nurse.id, step=OnCallStep.WELFARE))
    with scoped(clinic.scope):
        assert who_is_on_call(clinic.scope, step=OnCallStep.WELFARE, **told).on_call.first == nurse.id


def test_a_planned_session_without_anybody_on_call_is_loud() -> None:
    floor = make_floor()
    clinic = floor.clinic
    nurse = make_login(clinic, Role.NURSE)
    coordinator = staff(clinic, Role.COORDINATOR)
    before = floor.start - timedelta(hours=1)
    (site,) = missing_on_call(by=coordinator, now=before)
    assert {step.step for step in site.missing} == set(OnCallStep) - {OnCallStep.WELFARE}
    assert site.missing[0].uncovered == (floor.start,)
    name(clinic, duty_of(clinic, nurse.id, first_day=date(2026, 3, 1)), now=before)
    (site,) = missing_on_call(by=coordinator, now=before)
    assert STEP not in {step.step for step in site.missing}
    assert roster_page(by=coordinator, now=before).missing == roster_page(by=coordinator, now=before).sites
    (candidate,) = on_call_candidates(by=coordinator)
    assert candidate.steps == {STEP, OnCallStep.WELFARE}
