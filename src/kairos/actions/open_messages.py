"""Open a conversation: those who wrote see that the other side has read it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.messages import MESSAGES
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import messages
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("open_messages", Permission.USE_SCREEN)
def open_messages(*, thread: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[int, AuditNote]:
    """Note each message of the other side as read by whoever opens it, once; return how many were new.

    Raises
    ------
    Missing    no such thread of one's own, or within one's programmes and tasks
    """
    known = messages.thread_of(by.scope, thread)
    is_patient = by.scope.patient_id is not None
    if not known or not (is_patient or by.may(Permission.TAKE_TASK)):
        raise Missing("this conversation is not there, or not for you")
    seen = {each.message_id for each in messages.readings_of(by.scope, thread) if each.by == by.id}
    new = [each for each in known if each.is_from_patient is not is_patient and each.id not in seen]
    about = (known[0].programme_id, known[0].person_id)
    for each in new:
        messages.add_reading(by.scope, messages.MessageReading(new_id(), *about, each.id, by.id, now))
    if new:
        notify.changed(programme_id=about[0], topic=MESSAGES, subject=thread)
    return len(new), AuditNote(f"thread:{thread}", *about, details={"new": len(new)})
