"""Log-ins for web tests and journeys."""

from collections.abc import Iterable
from uuid import UUID

from kairos.store.ids import new_id
from kairos.store.repositories import accounts
from kairos.store.scope import scoped
from kairos.vocab.people import Role, Scope
from tests.support.clinic import Clinic

PASSWORD = "correct horse battery"


def make_login(
    clinic: Clinic, *roles: Role, username: str = "", person_id: UUID | None = None
) -> accounts.Account:
    """Return a log-in of the clinic with these roles; its password is ``PASSWORD``."""
    name = username or f"user-{new_id().hex[-12:]}"
    account = accounts.Account(new_id(), name, name.title(), "", True, False)
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), person_id)
    with scoped(clinic.scope):
        accounts.add_account(clinic.scope, account, PASSWORD)
        give_roles(clinic, scope, account.id, roles)
    return account


def give_roles(clinic: Clinic, scope: Scope, user_id: UUID, roles: Iterable[Role]) -> None:
    """Give a log-in its roles; an administrator's is the organisation's."""
    for role in roles:
        programme = None if role is Role.ADMINISTRATOR else clinic.programme_id
        membership = accounts.Membership(
            new_id(), user_id, clinic.organisation_id, role.value, programme, None, scope.patient_id
        )
        accounts.give_role(scope, membership)
