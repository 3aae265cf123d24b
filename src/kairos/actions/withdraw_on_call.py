"""Withdraw a duty of the on-call roster: from this moment nobody is called by it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.name_on_call import ROSTER
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import on_call as roster
from kairos.store.repositories.on_call import Withdrawal
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("withdraw_on_call", Permission.KEEP_ON_CALL)
def withdraw_on_call(*, duty_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep that a duty holds no longer; the entry itself stays.

    Raises
    ------
    Missing       no such duty within the scope
    NotAllowed    it was withdrawn before
    """
    entry = roster.find_duty(by.scope, duty_id)
    if roster.is_withdrawn(duty_id):
        raise NotAllowed("this duty was withdrawn before; nothing is left to do")
    roster.add_withdrawal(by.scope, Withdrawal(new_id(), entry.programme_id, duty_id, by.id, now))
    changed(programme_id=entry.programme_id, topic=ROSTER, subject=duty_id)
    return duty_id, AuditNote(f"duty:{duty_id}", entry.programme_id, why=entry.step)
