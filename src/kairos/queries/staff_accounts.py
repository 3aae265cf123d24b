"""The staff's accounts, for the administrator. No patient data."""

from dataclasses import dataclass
from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping
from kairos.vocab.people import Actor, Permission, Role


@dataclass(frozen=True, slots=True)
class StaffRole:
    """One role, and in which programme; empty for the whole organisation."""

    role: Role
    programme: str


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """One log-in of the staff."""

    id: UUID
    username: str
    display_name: str
    is_active: bool
    roles: tuple[StaffRole, ...]


@reading(Permission.MANAGE_ACCOUNTS)
def list_staff_accounts(*, by: Actor) -> tuple[StaffAccount, ...]:
    """Return the staff's log-ins with their roles in force."""
    names = account_keeping.programme_names(by.scope)
    held: dict[UUID, list[StaffRole]] = {}
    for membership in account_keeping.staff_memberships(by.scope):
        programme = names.get(membership.programme_id, "") if membership.programme_id else ""
        held.setdefault(membership.user_id, []).append(StaffRole(Role(membership.role), programme))
    return tuple(
        StaffAccount(a.id, a.username, a.display_name, a.is_active, tuple(held[a.id]))
        for a in account_keeping.staff_accounts(by.scope)
    )


@reading(Permission.MANAGE_ACCOUNTS)
def list_programmes_to_staff(*, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the organisation's programmes, as id and name."""
    return tuple(account_keeping.programme_names(by.scope).items())
