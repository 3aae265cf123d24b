"""Send what the outbox holds. A message that leaves carries a link and no clinical word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.store import audit, outbox
from kairos.store.audit import AuditNote
from kairos.store.command import check_permission
from kairos.store.outbox import Message
from kairos.store.scope import scoped
from kairos.vocab.people import Actor

AT_ONCE = 50
RETRY_AFTER = timedelta(minutes=1)
MOST_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave: where to, which text of the content, and the path of the link in it."""

    channel: str
    address: str
    language: str
    text: str
    path: str


Compose = Callable[[Message, Actor, datetime], Outgoing | None]
"""Makes what leaves out of a message's ids (a one-tap link is made here); ``None``: nobody to tell."""

COMPOSE: dict[str, Compose] = {}
"""How each kind of message is composed. Modules that own a kind add it here when they are imported."""


class CannotPost(Exception):
    """The way out did not take the message; it is tried again later."""


def send_outbox(
    *,
    by: Actor,
    now: datetime,
    post: Callable[[Outgoing], None],
    compose: Mapping[str, Compose] | None = None,
    limit: int = AT_ONCE,
) -> int:
    """Send the messages that are due, and return how many went out.

    Each is claimed, composed, posted and marked in one transaction; another process skips what is
    claimed. ``post`` raises ``CannotPost`` to have it tried again, each time after a longer pause.

    Raises
    ------
    NotAllowed    called by anyone but our own processes
    """
    check_permission(by, None)
    known = COMPOSE if compose is None else compose
    sent = 0
    for _ in range(limit):
        outcome = _send_one(by, now, post, known)
        if outcome is None:
            break
        sent += outcome
    return sent


def _send_one(
    by: Actor, now: datetime, post: Callable[[Outgoing], None], compose: Mapping[str, Compose]
) -> bool | None:
    """Return whether one message went out, or ``None`` where nothing is due."""
    with scoped(by.scope):
        claimed = outbox.claim_due(by.scope, 1)
        if not claimed:
            return None
        (message,) = claimed
        outgoing = compose[message.kind](message, by, now) if message.kind in compose else None
        if outgoing is None:
            return _settle(message, by, "nobody_to_tell")
        try:
            post(outgoing)
        except CannotPost:
            return _settle(message, by, "not_taken")
        return _settle(message, by, "sent")


def _settle(message: Message, by: Actor, outcome: str) -> bool:
    """Mark what became of a message, and record it where that is final."""
    is_last = message.attempts + 1 >= MOST_ATTEMPTS
    if outcome == "not_taken" and not is_last:
        outbox.mark_failed(by.scope, message, retry_after=RETRY_AFTER * 2**message.attempts)
        return False
    if outcome == "sent":
        outbox.mark_sent(by.scope, message)
    else:
        outbox.mark_failed(by.scope, message, retry_after=None)
    note = AuditNote(
        f"message:{message.id}",
        programme_id=message.programme_id,
        person_id=message.person_id,
        why=outcome,
        details={"kind": message.kind},
    )
    audit.record(action="send_message", note=note, by=by, command_id=None)
    return outcome == "sent"
