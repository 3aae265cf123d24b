"""What leaves when a person is asked something: a link made at the moment of sending, no clinical word."""

from datetime import datetime
from uuid import UUID

from kairos.actions.send_outbox import COMPOSE, Outgoing
from kairos.domain.instruments.answer_link import LinkPurpose
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import links, people, tasks
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Role

CHANNELS = {"email": "mail", "phone": "text"}
NOT_SENT = "questions_not_sent"
"""The task of asking somebody who cannot be written to."""


def compose_questions(message: Message, by: Actor, now: datetime) -> Outgoing | None:
    """Return the message with a fresh link; where there is no address, the front desk gets a task instead."""
    person_id = message.person_id
    if person_id is None:
        return None
    identity = people.identities(by.scope, [person_id]).get(person_id)
    where = where_to_write(identity) if identity else None
    if identity is None or where is None:
        if identity is not None:
            _tell_the_desk(message, person_id, by, now)
        return None
    channel, address = where
    path = f"/l/{_make_link(message, person_id, by)}/"
    return Outgoing(channel, address, identity.language[:2] or "en", f"message.{message.kind}", path)


def where_to_write(identity: Identity) -> tuple[str, str] | None:
    """Return the first way that is known to reach a person, mail before text messages."""
    known = {contact["kind"]: contact["value"] for contact in reversed(identity.contacts)}
    return next(((CHANNELS[kind], known[kind]) for kind in CHANNELS if known.get(kind)), None)


def _make_link(message: Message, person_id: UUID, by: Actor) -> str:
    link = links.OneTapLink(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=person_id,
        purpose=LinkPurpose.ANSWER_QUESTIONNAIRE,
        expires_at=datetime.fromisoformat(message.payload["closes_at"]),
        subject=UUID(message.payload["subject"]),
        details={
            "timepoint": message.payload["timepoint"],
            "instruments": message.payload["instruments"].split(","),
        },
    )
    return links.make_link(by.scope, link)


def _tell_the_desk(message: Message, person_id: UUID, by: Actor, now: datetime) -> None:
    subject = UUID(message.payload["subject"])
    if any(t.kind == NOT_SENT and t.subject == subject for t in tasks.tasks_of(by.scope, person_id)):
        return
    task = tasks.Task(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=person_id,
        kind=NOT_SENT,
        subject=subject,
        owner_role=Role.COORDINATOR,
        due_at=datetime.fromisoformat(message.payload["closes_at"]),
        details={"timepoint": message.payload["timepoint"]},
    )
    tasks.add_task(by.scope, task)


COMPOSE["questions"] = compose_questions
COMPOSE["questions_again"] = compose_questions
