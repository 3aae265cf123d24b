"""Open a log-in for somebody of the staff."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, accounts
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission, Role, Scope

NOT_STAFF = frozenset({Role.PATIENT, Role.SUPPORT_PERSON})


@command("open_account", Permission.MANAGE_ACCOUNTS)
def open_account(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    username: str,
    display_name: str,
    programme_id: UUID,
    role: Role,
) -> tuple[UUID, AuditNote]:
    """Open a staff log-in with one role and without a password: its owner sets one by a set-up link.

    Raises
    ------
    InvalidInput    the user name is taken, or the role is not one of the staff
    Missing         the programme is not of this organisation
    """
    if account_keeping.is_username_taken(username):
        raise InvalidInput(Problem("username", "this user name is taken; choose another"))
    if role in NOT_STAFF:
        raise InvalidInput(Problem("role", "patients and support persons are invited from the chart"))
    if programme_id not in accounts.programmes_of(by.scope.organisation_id):
        raise Missing("there is no such programme in this organisation")
    account = accounts.Account(new_id(), username, display_name, "", True, False)
    accounts.add_account(by.scope, account, None)
    within = None if role is Role.ADMINISTRATOR else programme_id
    scope = Scope(by.scope.organisation_id, frozenset({programme_id}))
    accounts.give_role(scope, accounts.new_membership(account.id, scope, role, within))
    return account.id, AuditNote(f"user:{account.id}", programme_id=within, details={"role": role.value})
