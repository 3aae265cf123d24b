"""Who of the team may prescribe, and who may watch."""

from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping
from kairos.vocab.people import GRANTS, Actor, Permission, Role


@reading(Permission.SEE_CHART)
def people_who_may(*, permission: Permission, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return id and name of those who hold a permission in the actor's programmes, by name."""
    return _holders(permission, by)


@reading(Permission.NOTE_ARRIVAL)
def team_for_duty(*, permission: Permission, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the same to whoever arranges the day, the desk among them."""
    return _holders(permission, by)


def _holders(permission: Permission, by: Actor) -> tuple[tuple[UUID, str], ...]:
    holders = {
        held.user_id
        for held in account_keeping.staff_memberships(by.scope)
        if Role(held.role) in GRANTS[permission] and held.programme_id in by.scope.programme_ids
    }
    accounts = account_keeping.staff_accounts(by.scope)
    named = [(each.id, each.display_name or each.username) for each in accounts if each.id in holders]
    return tuple(sorted(named, key=lambda pair: pair[1]))
