"""How people can be reached, and what was told to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kairos.domain.protocols.reaching import Channel, ContactWay
from kairos.store.records.reaching import ContactWay as WayRecord
from kairos.store.records.reaching import Delivery as DeliveryRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.store.vault import key_of, of_installation
from kairos.vocab.people import Scope


class Outcome(StrEnum):
    """What became of telling somebody."""

    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    NO_WAY = "no_way"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class WayStatement:
    """That somebody wants to be reached by a way, or no longer."""

    id: UUID
    programme_id: UUID
    person_id: UUID | None
    user: UUID
    way: ContactWay
    true_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """That somebody was told, or could not be: one line of the ledger of an alarm or task."""

    id: UUID
    programme_id: UUID
    person_id: UUID | None
    subject: UUID
    step: int
    user: UUID | None
    channel: str
    outcome: str
    true_at: datetime


def add_way(scope: Scope, statement: WayStatement) -> None:
    """Keep what somebody said of a way."""
    check_within(scope, statement.programme_id, statement.person_id)
    way = statement.way
    words = {"address": way.address, "secret": list(way.secret) if way.secret else None}
    key = of_installation() if statement.person_id is None else key_of(statement.person_id)
    WayRecord.objects.create(
        id=statement.id,
        programme_id=statement.programme_id,
        person_id=statement.person_id,
        user=statement.user,
        way=way.id,
        channel=way.channel.value,
        is_on=way.is_on,
        words=key.seal_words(words, f"contact/{statement.id}"),
        true_at=statement.true_at,
    )


def ways_of(scope: Scope, users: Iterable[UUID]) -> dict[UUID, tuple[ContactWay, ...]]:
    """Return the ways of each of these users, in the order they were first entered; those ended too."""
    rows = within(WayRecord.objects.filter(user__in=set(users)), scope).order_by("recorded_at", "id")
    newest: dict[UUID, dict[UUID, ContactWay]] = {}
    for row in rows:
        newest.setdefault(row.user, {})[row.way] = _way(row)
    return {user: tuple(ways.values()) for user, ways in newest.items()}


def ways_of_patient(scope: Scope, person_id: UUID) -> dict[UUID, tuple[ContactWay, ...]]:
    """Return the ways a patient chose, by log-in."""
    users = within(WayRecord.objects.filter(person_id=person_id), scope).values_list("user", flat=True)
    return ways_of(scope, users.distinct())


def add_delivery(scope: Scope, delivery: Delivery) -> None:
    """Keep what became of telling somebody."""
    check_within(scope, delivery.programme_id, delivery.person_id)
    DeliveryRecord.objects.create(**to_columns(delivery))


def deliveries_of(scope: Scope, subjects: Iterable[UUID]) -> tuple[Delivery, ...]:
    """Return who was told about these alarms or tasks, in order."""
    rows = within(DeliveryRecord.objects.filter(subject__in=set(subjects)), scope)
    return to_values(Delivery, rows.order_by("recorded_at", "id"))


def _way(row: Any) -> ContactWay:
    key = of_installation() if row.person_id is None else key_of(row.person_id)
    words: dict[str, Any] = key.open_words(bytes(row.words), f"contact/{row.id}")
    secret = words.get("secret")
    return ContactWay(
        row.way, Channel(row.channel), words["address"], row.is_on, tuple(secret) if secret else None
    )
