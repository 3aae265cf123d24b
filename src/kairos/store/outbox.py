"""The outbox: messages are rows of the transaction that causes them, and are sent afterwards.

A message holds ids and a kind. What goes out is a link and no clinical word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from kairos.store.ids import new_id
from kairos.store.records.work import OutboxMessage as MessageRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell somebody. ``payload`` holds ids only."""

    id: UUID
    programme_id: UUID
    kind: str
    payload: Mapping[str, str]
    due_at: datetime
    person_id: UUID | None = None
    attempts: int = field(default=0)


def put(
    scope: Scope,
    kind: str,
    payload: Mapping[str, str],
    *,
    programme_id: UUID,
    due_at: datetime,
    person_id: UUID | None = None,
) -> Message:
    """Keep a message to send when it is due."""
    check_within(scope, programme_id, person_id)
    message = Message(new_id(), programme_id, kind, dict(payload), due_at, person_id)
    MessageRecord.objects.create(**to_columns(message))
    return message


def claim_due(scope: Scope, limit: int) -> tuple[Message, ...]:
    """Take messages that are due by the database's clock; others who claim meanwhile skip them.

    They stay taken until the transaction ends, so send within it and mark what was sent.
    """
    rows = within(MessageRecord.objects.filter(sent_at__isnull=True, gave_up_at__isnull=True), scope)
    due = rows.filter(due_at__lte=Now()).order_by("due_at").select_for_update(skip_locked=True)[:limit]
    return to_values(Message, due)


def mark_sent(scope: Scope, message: Message) -> None:
    """Record that a message went out."""
    _rows_of(scope, message).update(sent_at=Now(), attempts=F("attempts") + 1)


def mark_failed(scope: Scope, message: Message, *, retry_after: timedelta | None) -> None:
    """Record that a message did not go out: to be tried again later, or given up."""
    changes = {"gave_up_at": Now()} if retry_after is None else {"due_at": Now() + retry_after}
    _rows_of(scope, message).update(attempts=F("attempts") + 1, **changes)


def count_waiting(scope: Scope) -> int:
    """Return how many messages are due and not sent."""
    rows = within(MessageRecord.objects.filter(sent_at__isnull=True, gave_up_at__isnull=True), scope)
    return rows.filter(due_at__lte=Now()).count()


def _rows_of(scope: Scope, message: Message) -> "QuerySet[MessageRecord]":
    return within(MessageRecord.objects.filter(id=message.id), scope)
