"""Open a log-in of the demonstration, with a password that everybody may know."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, accounts, organisations
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Role, Scope


@command("open_demo_log_in", None)
def open_demo_log_in(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    programme_id: UUID,
    username: str,
    display_name: str,
    password: str,
    role: Role,
    person_id: UUID | None = None,
) -> tuple[UUID, AuditNote]:
    """Open a log-in that is marked as a demonstration's: production refuses to let it in.

    Parameters
    ----------
    person_id : UUID    whose own log-in it is, where the role is a patient's

    Raises
    ------
    NotAllowed      the programme is no demonstration
    InvalidInput    the user name is taken
    """
    programmes = organisations.list_programmes(by.scope)
    if programme_id not in {each.id for each in programmes if each.is_demo}:
        raise NotAllowed("open log-ins belong to the demonstration only; this programme is none")
    if account_keeping.is_username_taken(username):
        raise InvalidInput(Problem("username", "this user name is taken; choose another"))
    account = accounts.Account(new_id(), username, display_name, "", True, True)
    accounts.add_demo_account(account, password)
    scope = Scope(by.scope.organisation_id, frozenset({programme_id}), person_id)
    within = None if role is Role.ADMINISTRATOR else programme_id
    membership = accounts.new_membership(account.id, scope, role, within)
    accounts.give_role(scope, replace(membership, person_id=person_id))
    note = AuditNote(f"user:{account.id}", programme_id=within, details={"role": role.value})
    return account.id, note
