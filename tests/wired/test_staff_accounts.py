"""Opening, closing and setting up staff accounts: by the administrator alone, each step audited."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kairos.actions.close_account import close_account, reopen_account
from kairos.actions.offer_set_up import offer_set_up
from kairos.actions.open_account import open_account
from kairos.queries.accounts import actor_for
from kairos.queries.staff_accounts import list_programmes_to_staff, list_staff_accounts
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def admin(clinic):
    return actor_for(make_login(clinic, Role.ADMINISTRATOR).id)


def open_one(admin, clinic, **given):
    wanted = {"username": "sana", "display_name": "Sana Iqbal", "programme_id": clinic.programme_id}
    return open_account(command_id=new_id(), by=admin, now=NOW, **{**wanted, "role": Role.NURSE, **given})


def test_a_new_account_has_its_role_and_no_password(admin, clinic):
    user_id = open_one(admin, clinic)
    assert actor_for(user_id).roles == {Role.NURSE}
    assert actor_for(user_id).scope.programme_ids == {clinic.programme_id}
    listed = {account.id: account for account in list_staff_accounts(by=admin)}
    assert listed[user_id].username == "sana"
    assert [(held.role, held.programme) for held in listed[user_id].roles] == [(Role.NURSE, "Ketamine")]


def test_an_administrator_is_the_organisations_and_sees_no_programme(admin, clinic):
    user_id = open_one(admin, clinic, role=Role.ADMINISTRATOR)
    assert actor_for(user_id).scope.programme_ids == frozenset()
    listed = {account.id: account for account in list_staff_accounts(by=admin)}
    assert [held.programme for held in listed[user_id].roles] == [""]


def test_a_user_name_is_given_once_whatever_its_capitals(admin, clinic):
    open_one(admin, clinic)
    with pytest.raises(InvalidInput, match="taken"):
        open_one(admin, clinic, username="SANA")


def test_patients_are_not_made_here(admin, clinic):
    with pytest.raises(InvalidInput, match="invited from the chart"):
        open_one(admin, clinic, role=Role.PATIENT)


def test_another_organisations_programme_is_not_there(admin, clinic):
    with pytest.raises(Missing):
        open_one(admin, clinic, programme_id=make_clinic().programme_id)


def test_a_closed_account_can_do_nothing_until_it_is_open_again(admin, clinic):
    user_id = open_one(admin, clinic)
    close_account(command_id=new_id(), by=admin, now=NOW, user_id=user_id)
    with pytest.raises(NotAllowed):
        actor_for(user_id)
    reopen_account(command_id=new_id(), by=admin, now=NOW, user_id=user_id)
    assert actor_for(user_id).roles == {Role.NURSE}


def test_nobody_closes_their_own_account(admin):
    with pytest.raises(NotAllowed, match="another administrator"):
        close_account(command_id=new_id(), by=admin, now=NOW, user_id=admin.id)


def test_a_set_up_link_is_offered_to_staff_only(admin, clinic):
    offer_set_up(command_id=new_id(), by=admin, now=NOW, user_id=open_one(admin, clinic))
    with pytest.raises(Missing):
        offer_set_up(command_id=new_id(), by=admin, now=NOW, user_id=UUID(int=5))


def test_patients_are_not_listed_to_the_administrator(admin, clinic):
    patient = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    assert patient.id not in {account.id for account in list_staff_accounts(by=admin)}
    assert list_programmes_to_staff(by=admin) == ((clinic.programme_id, "Ketamine"),)


def test_others_may_not_look(clinic):
    with pytest.raises(NotAllowed):
        list_staff_accounts(by=actor_for(make_login(clinic, Role.PROGRAMME_LEAD).id))
