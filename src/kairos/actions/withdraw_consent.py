"""Withdraw a consent: at any time, by the person or by whoever heard them say so."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import open_consent_task, programme_of
from kairos.actions.danger_words import look_for_danger
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import consents
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission

_TASK = "consent_withdrawn"


@command("withdraw_consent", Permission.GIVE_CONSENT)
def withdraw_consent(
    *, person_id: UUID, said: str = "", command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """End the force of every signature from now on, and tell the prescribers; no session opens after it.

    Whoever takes their consent back need not say which: what stands for one way of giving it ends with what
    stands for another. The id is that of the newest withdrawal.

    Raises
    ------
    NotAllowed    there is no signature in force to withdraw
    Missing       no such person within the scope
    """
    programme_id = programme_of(by.scope, person_id)
    standing = [each for each in consents.consents_of(by.scope, person_id) if each.is_in_force]
    if not standing:
        raise NotAllowed("there is no consent in force to withdraw")
    ended = [_withdrawal(each.signature, said, by, now) for each in standing]
    for each in ended:
        consents.withdraw(by.scope, each)
    about = {"subject": ended[0].signature_id, "programme_id": programme_id, "person_id": person_id}
    open_consent_task(by, _TASK, now=now, **about)
    look_for_danger(said, place=DangerPlace.ANSWER, by=by, now=now, **about)
    changed(programme_id=programme_id, topic="consent", subject=person_id, urgent=True)
    return ended[0].id, AuditNote(f"consent:{ended[0].signature_id}", programme_id, person_id)


def _withdrawal(
    signature: consents.ConsentSignature, said: str, by: Actor, now: datetime
) -> consents.ConsentWithdrawal:
    return consents.ConsentWithdrawal(
        id=new_id(),
        programme_id=signature.programme_id,
        person_id=signature.person_id,
        signature_id=signature.id,
        words={"said": said.strip()},
        withdrawn_by=by.id,
        withdrawn_at=now,
    )
