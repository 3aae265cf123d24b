"""Close a log-in of the staff, or open a closed one again."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import account_keeping
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("close_account", Permission.MANAGE_ACCOUNTS)
def close_account(*, command_id: UUID, by: Actor, now: datetime, user_id: UUID) -> tuple[None, AuditNote]:
    """Close a staff log-in: it can do nothing from its next step on. Nothing it recorded changes.

    Raises
    ------
    NotAllowed    one's own account
    Missing       no such staff account in this organisation
    """
    if user_id == by.id:
        raise NotAllowed("one's own account is closed by another administrator; ask one of them")
    account_keeping.set_active(by.scope, user_id, is_active=False)
    return None, AuditNote(f"user:{user_id}")


@command("reopen_account", Permission.MANAGE_ACCOUNTS)
def reopen_account(*, command_id: UUID, by: Actor, now: datetime, user_id: UUID) -> tuple[None, AuditNote]:
    """Open a closed staff log-in again.

    Raises
    ------
    Missing    no such staff account in this organisation
    """
    account_keeping.set_active(by.scope, user_id, is_active=True)
    return None, AuditNote(f"user:{user_id}")
