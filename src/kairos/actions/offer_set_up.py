"""Record that somebody was given a link to set a password."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import account_keeping
from kairos.vocab.people import Actor, Permission


@command("offer_set_up", Permission.MANAGE_ACCOUNTS)
def offer_set_up(*, command_id: UUID, by: Actor, now: datetime, user_id: UUID) -> tuple[None, AuditNote]:
    """Record the giving of a set-up link; the link itself is signed, expires, works once and is not kept.

    Raises
    ------
    Missing    no such staff account in this organisation
    """
    account_keeping.check_is_staff(by.scope, user_id)
    return None, AuditNote(f"user:{user_id}")
