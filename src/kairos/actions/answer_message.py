"""Answer a patient's message: the task of answering ends, and the person is told that something is there."""

from datetime import datetime
from uuid import UUID

from kairos.actions.message_notices import MESSAGE_THERE
from kairos.actions.messages import MESSAGES, settle_answered
from kairos.actions.safety_tasks import INBOX
from kairos.domain.protocols.messages import message_words
from kairos.store import notify, outbox
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import messages
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("answer_message", Permission.TAKE_TASK)
def answer_message(
    *, thread: UUID, words: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep an answer under the person's key, and return its id.

    Raises
    ------
    InvalidInput    nothing was written, or too much
    Missing         no such thread in the actor's programmes
    """
    known = messages.thread_of(by.scope, thread)
    if not known:
        raise Missing("this conversation is not there, or not within your programmes")
    answer = messages.PatientMessage(
        id=new_id(),
        programme_id=known[0].programme_id,
        person_id=known[0].person_id,
        thread=thread,
        kind=known[-1].kind,
        is_urgent=False,
        is_from_patient=False,
        words={"words": message_words(words)},
        by=by.id,
        true_at=now,
    )
    messages.add_message(by.scope, answer)
    settled = settle_answered(by.scope, answer.person_id, thread, by=by.id)
    about = {"programme_id": answer.programme_id, "person_id": answer.person_id}
    outbox.put(by.scope, MESSAGE_THERE, {"thread": str(thread)}, due_at=now, **about)
    for topic in (MESSAGES, INBOX):
        notify.changed(programme_id=answer.programme_id, topic=topic, subject=thread)
    told = {"settled": settled}
    return answer.id, AuditNote(f"message:{answer.id}", answer.programme_id, answer.person_id, details=told)
