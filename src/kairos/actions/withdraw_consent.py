"""Withdraw a consent: at any time, by the person or by whoever heard them say so."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import consents, tasks
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission, Role

_TASK = "consent_withdrawn"


@command("withdraw_consent", Permission.GIVE_CONSENT)
def withdraw_consent(
    *, person_id: UUID, said: str = "", command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """End a signature's force from now on, and tell the prescribers; no session opens after it.

    Raises
    ------
    NotAllowed    there is no signature in force to withdraw
    Missing       no such person within the scope
    """
    programme_id = programme_of(by.scope, person_id)
    document = consent_in_force(load_release(), on=now.date())
    signed = [c for c in consents.consents_of(by.scope, person_id) if c.document.document == document.id]
    if not signed or not signed[0].is_in_force:
        raise NotAllowed("there is no consent in force to withdraw")
    withdrawal = consents.ConsentWithdrawal(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        signature_id=signed[0].signature.id,
        words={"said": said.strip()},
        withdrawn_by=by.id,
        withdrawn_at=now,
    )
    consents.withdraw(by.scope, withdrawal)
    task = tasks.Task(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        kind=_TASK,
        subject=withdrawal.signature_id,
        owner_role=Role.CLINICIAN,
        due_at=now,
    )
    tasks.add_task(by.scope, task)
    changed(programme_id=programme_id, topic="consent", subject=person_id, urgent=True)
    return withdrawal.id, AuditNote(f"consent:{withdrawal.signature_id}", programme_id, person_id)
