"""The actor behind a log-in: roles and scope come from memberships alone."""

import pytest
from allauth.mfa.models import Authenticator

from kairos.queries.accounts import actor_for, has_second_factor, sites_of, system_actors
from kairos.store.ids import new_id
from kairos.store.repositories import accounts
from kairos.store.repositories.accounts import Account, Membership
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Role, Scope
from tests.support.clinic import NOW, make_clinic, make_person

pytestmark = pytest.mark.django_db


def _account(clinic, *roles: Role, name: str = "Dr Example", **given):
    account = Account(new_id(), f"user-{new_id()}", name, "en", is_active=True, is_demo=False)
    accounts.add_account(clinic.scope, account, "a long password")
    with scoped(clinic.scope):
        for role in roles:
            membership = accounts.new_membership(account.id, clinic.scope, role, clinic.programme_id)
            columns = {f: getattr(membership, f) for f in Membership.__dataclass_fields__} | given
            accounts.give_role(clinic.scope, Membership(**columns))
    return account


def test_an_actor_has_the_roles_and_programmes_of_its_memberships() -> None:
    clinic = make_clinic()
    account = _account(clinic, Role.NURSE, Role.COACH, site_id=clinic.site_id)
    actor = actor_for(account.id)
    assert actor.roles == {Role.NURSE, Role.COACH}
    assert (actor.scope, actor.name, actor.is_system) == (clinic.scope, "Dr Example", False)
    assert sites_of(account.id) == {clinic.site_id}
    assert accounts.names_of([account.id]) == {account.id: "Dr Example"}


def test_a_patient_sees_themselves_only() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    account = _account(clinic, Role.PATIENT, name="", person_id=person_id)
    actor = actor_for(account.id)
    assert actor.scope == Scope(clinic.organisation_id, clinic.scope.programme_ids, person_id)
    assert actor.name == account.username


def test_a_log_in_without_role_may_nothing() -> None:
    account = _account(make_clinic())
    with pytest.raises(NotAllowed):
        actor_for(account.id)
    with pytest.raises(Missing):
        actor_for(new_id())


def test_a_role_is_given_within_the_own_organisation() -> None:
    ours, theirs = make_clinic(), make_clinic()
    account = _account(ours)
    membership = accounts.new_membership(account.id, theirs.scope, Role.ADMINISTRATOR, None)
    with scoped(ours.scope), pytest.raises(NotAllowed):
        accounts.give_role(ours.scope, membership)


def test_a_second_factor_is_an_app_or_a_passkey() -> None:
    account = _account(make_clinic())
    assert not has_second_factor(account.id)
    Authenticator.objects.create(user_id=account.id, type="recovery_codes", data={}, created_at=NOW)
    assert not has_second_factor(account.id)
    Authenticator.objects.create(user_id=account.id, type="totp", data={}, created_at=NOW)
    assert has_second_factor(account.id)


def test_our_own_processes_act_in_every_programme_of_an_organisation() -> None:
    clinic = make_clinic()
    second = make_clinic(clinic.organisation_id)
    (actor,) = [a for a in system_actors() if a.scope.organisation_id == clinic.organisation_id]
    assert actor.is_system
    assert actor.scope.programme_ids == clinic.scope.programme_ids | second.scope.programme_ids
