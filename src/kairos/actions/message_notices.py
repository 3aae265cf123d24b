"""What tells a person that something is there: a link, and no word of what it is about or from whom.

It goes by the ways the person called private, where they named any; else as their questionnaires do. Where
they put every way off, it goes nowhere.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.question_messages import where_to_write
from kairos.actions.send_outbox import COMPOSE, Outgoing, Way
from kairos.domain.protocols.reaching import ways_to_try
from kairos.store.outbox import Message
from kairos.store.repositories import people, reaching
from kairos.vocab.people import Actor, Scope

MESSAGE_THERE = "message_there"


def notice_to(scope: Scope, person_id: UUID, *, text: str, path: str) -> Outgoing | None:
    """Return a notice to a person with a link; none where no way is known, or none is wanted."""
    identity = people.identities(scope, [person_id]).get(person_id)
    if identity is None:
        return None
    named = reaching.ways_of_patient(scope, person_id)
    ways: list[Way] = [
        (way.channel.value, way.address, way.secret) for held in named.values() for way in ways_to_try(held)
    ]
    where = where_to_write(identity)
    if not named and where is not None:
        ways = [(*where, None)]
    if not ways:
        return None
    (channel, address, secret), *others = ways
    written = Outgoing(channel, address, identity.language[:2] or "en", text, path)
    return replace(written, secret=secret, others=tuple(others))


def compose_message_there(message: Message, by: Actor, _now: datetime) -> Outgoing | None:
    """Return the notice of an answer; nobody to tell where no way is known: it is on their page."""
    path = f"/my/messages/{message.payload['thread']}/"
    text = f"message.{MESSAGE_THERE}"
    return notice_to(by.scope, message.person_id, text=text, path=path) if message.person_id else None


COMPOSE[MESSAGE_THERE] = compose_message_there
