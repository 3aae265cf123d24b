"""What a patient prepares besides intentions: statements about items; the newest about one thing holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.reminders import QuietHours, Wishes
from kairos.store.records.preparation import PreparationStatement as StatementRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope

REMINDERS = "reminders"
"""The kind of a statement on how somebody wants to be reminded."""


@dataclass(frozen=True, slots=True)
class PreparationStatement:
    """What is so of one item, of one dosing session or of the person; ``words`` hold what was written."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID | None
    kind: str
    item: str
    details: Mapping[str, Any]
    by: UUID
    true_at: datetime
    words: Mapping[str, Any] = field(default_factory=dict)


def say_of_preparation(scope: Scope, said: PreparationStatement) -> None:
    """Keep what is so of an item from now on."""
    add(StatementRecord, scope, said, details=dict(said.details))


def standing_of_person(
    scope: Scope, person_id: UUID
) -> dict[tuple[UUID | None, str, str], PreparationStatement]:
    """Return what holds of a person's preparation, by session (or none), kind and item."""
    rows = within(StatementRecord.objects.filter(person_id=person_id), scope)
    newest = values_of(PreparationStatement, rows.order_by("recorded_at", "id"))
    return {(each.dosing_id, each.kind, each.item): each for each in newest}


def said_of_reminders(scope: Scope, person_id: UUID) -> Wishes | None:
    """Return how a person said that they want to be reminded, if they said so."""
    rows = within(StatementRecord.objects.filter(person_id=person_id, kind=REMINDERS), scope)
    said = rows.order_by("-recorded_at", "-id").values_list("details", flat=True).first()
    if said is None:
        return None
    quiet = QuietHours(time.fromisoformat(said["quiet_from"]), time.fromisoformat(said["quiet_to"]))
    return Wishes(bool(said["is_on"]), quiet, ZoneInfo(said["zone"]))
