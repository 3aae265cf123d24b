"""Send what the outbox holds. A message that leaves carries a link and no clinical word."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from kairos.store import audit, outbox
from kairos.store.audit import AuditNote
from kairos.store.command import check_permission
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import reaching
from kairos.store.repositories.reaching import Delivery, Outcome
from kairos.store.scope import scoped
from kairos.vocab.people import Actor

AT_ONCE = 50
RETRY_AFTER = timedelta(minutes=1)
MOST_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a message tells about what: a line of the ledger of an alarm's step, or of a task."""

    subject: UUID
    step: int
    user: UUID | None


Way = tuple[str, str, tuple[str, str] | None]
"""Another way to the same person: channel, address, and what a browser needs besides."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave: where to, which text of the content, and the path of the link in it.

    ``others`` are tried in turn where the first way does not take it; one of all is enough. ``told`` has
    each try kept in the ledger of what it is about.
    """

    channel: str
    address: str
    language: str
    text: str
    path: str
    secret: tuple[str, str] | None = None
    others: tuple[Way, ...] = ()
    told: Told | None = None
    tries: int | None = None
    pause: timedelta | None = None

    def by_each_way(self) -> Iterator["Outgoing"]:
        """Yield the message once for each way, the first one first."""
        yield self
        for channel, address, secret in self.others:
            yield replace(self, channel=channel, address=address, secret=secret)


Compose = Callable[[Message, Actor, datetime], Outgoing | None]
"""Makes what leaves out of a message's ids (a one-tap link is made here); ``None``: nobody to tell."""

COMPOSE: dict[str, Compose] = {}
"""How each kind of message is composed. Modules that own a kind add it here when they are imported."""


GIVEN_UP: dict[str, Callable[[Message, Actor, datetime], None]] = {}
"""What follows when a kind of message was given up: no way took it, however often it was tried."""


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
        if _post(message, outgoing, post, by, now):
            return _settle(message, by, "sent")
        if message.attempts + 1 < (outgoing.tries or MOST_ATTEMPTS):
            pause = RETRY_AFTER if outgoing.pause is None else outgoing.pause
            outbox.mark_failed(by.scope, message, retry_after=pause * 2**message.attempts)
            return False
        _settle(message, by, "not_taken")
        if message.kind in GIVEN_UP:
            GIVEN_UP[message.kind](message, by, now)
        return False


def _post(
    message: Message, outgoing: Outgoing, post: Callable[[Outgoing], None], by: Actor, now: datetime
) -> bool:
    """Post by one way after the other until one takes it; return whether one did."""
    for one in outgoing.by_each_way():
        try:
            post(one)
        except CannotPost:
            _note(message, one, Outcome.NOT_TAKEN, by, now)
            continue
        _note(message, one, Outcome.TAKEN, by, now)
        return True
    return False


def _note(message: Message, one: Outgoing, outcome: Outcome, by: Actor, now: datetime) -> None:
    if one.told is not None:
        note_delivery(message, one.told, channel=one.channel, outcome=outcome, by=by, now=now)


def note_delivery(
    message: Message, told: Told, *, channel: str, outcome: Outcome, by: Actor, now: datetime
) -> None:
    """Keep a line in the ledger of what a message is about."""
    kept = Delivery(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=message.person_id,
        subject=told.subject,
        step=told.step,
        user=told.user,
        channel=channel,
        outcome=outcome.value,
        true_at=now,
    )
    reaching.add_delivery(by.scope, kept)


def _settle(message: Message, by: Actor, outcome: str) -> bool:
    """Mark what became of a message, and record it: this is final."""
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
