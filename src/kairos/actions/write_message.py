"""Write to the team: kept under the person's key, answered by when it was declared, or it goes further up."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.danger_words import look_for_danger
from kairos.actions.messages import MESSAGES, await_answer, due_at
from kairos.domain.protocols.messages import MessageKind, message_words
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import messages
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("write_message", Permission.WRITE_TO_TEAM)
def write_message(
    *,
    words: str,
    kind: MessageKind,
    is_urgent: bool,
    thread: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a message to the team, and return its thread.

    Parameters
    ----------
    is_urgent : bool    the person says that it cannot wait; whoever is on call is told at once
    thread : UUID       to go on with; None begins one

    Raises
    ------
    InvalidInput    nothing was written, or too much
    Missing         no record of one's own, or no such thread in it
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    said = message_words(words)
    if thread is not None and not messages.thread_of(by.scope, thread):
        raise Missing("this conversation is not there; begin a new one")
    programme_id = programme_of(by.scope, person_id)
    message_id = new_id()
    message = messages.PatientMessage(
        id=message_id,
        programme_id=programme_id,
        person_id=person_id,
        thread=thread or message_id,
        kind=kind.value,
        is_urgent=is_urgent,
        is_from_patient=True,
        words={"words": said},
        by=by.id,
        true_at=now,
        due_at=due_at(by.scope, programme_id, person_id, is_urgent=is_urgent, now=now),
    )
    _keep(message, said, by=by, now=now)
    note = AuditNote(f"message:{message_id}", programme_id, person_id, kind, {"urgent": is_urgent})
    return message.thread, note


def _keep(message: messages.PatientMessage, said: str, *, by: Actor, now: datetime) -> None:
    messages.add_message(by.scope, message)
    await_answer(message, by=by, now=now)
    about = {"subject": message.id, "programme_id": message.programme_id, "person_id": message.person_id}
    look_for_danger(said, place=DangerPlace.MESSAGE, by=by, now=now, **about)
    notify.changed(programme_id=message.programme_id, topic=MESSAGES, subject=message.thread)
