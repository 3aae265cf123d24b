"""Permissions are denied unless a role grants them."""

from uuid import UUID

import pytest

from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope

SOMEWHERE = Scope(UUID(int=1))


def an_actor(*roles, is_system=False):
    return Actor(UUID(int=2), frozenset(roles), SOMEWHERE, is_system=is_system)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_granted_to_somebody_and_to_nobody_without_a_role(permission):
    assert GRANTS[permission]
    assert not an_actor().may(permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_exactly_what_the_table_says(role, permission):
    assert an_actor(role).may(permission) is (role in GRANTS[permission])


def test_the_administrator_sees_no_patient_data():
    granted = {p for p, roles in GRANTS.items() if Role.ADMINISTRATOR in roles}
    assert granted.isdisjoint(
        {
            Permission.SEE_BOARD,
            Permission.SEE_PEOPLE,
            Permission.SEE_CHART,
            Permission.SEE_ORIGINAL,
            Permission.SEE_INBOX,
        }
    )


def test_only_those_who_prescribe_may_order():
    assert GRANTS[Permission.PLACE_ORDER] == {Role.CLINICIAN, Role.MEDICAL_DIRECTOR}


def test_our_own_processes_may_do_what_jobs_must():
    assert an_actor(is_system=True).may(Permission.TAKE_ALARM)


def test_a_refusal_names_who_may():
    with pytest.raises(
        NotAllowed, match="place order is done by: clinician, medical director; ask one of them"
    ):
        an_actor(Role.NURSE).check_may(Permission.PLACE_ORDER)


def test_who_may_is_let_through():
    an_actor(Role.NURSE).check_may(Permission.RUN_SESSION)
    assert SOMEWHERE.programme_ids == frozenset()
