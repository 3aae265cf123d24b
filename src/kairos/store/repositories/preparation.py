"""What a patient prepares besides intentions: statements about items; the newest about one thing holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.checklist import Answer, ItemSaid
from kairos.domain.integration.reminders import QuietHours, Wishes
from kairos.store.records.preparation import PreparationStatement as StatementRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope

ITEM, EXERCISE = "item", "exercise"
"""The kinds of a statement on an item of a checklist, and on an exercise that was done."""
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


def items_said(scope: Scope, dosing_ids: Iterable[UUID]) -> dict[UUID, dict[str, ItemSaid]]:
    """Return what was said last of each item, by dosing session."""
    rows = within(StatementRecord.objects.filter(kind=ITEM, dosing_id__in=list(dosing_ids)), scope)
    found: dict[UUID, dict[str, ItemSaid]] = {}
    for each in values_of(PreparationStatement, rows.order_by("recorded_at", "id")):
        if each.dosing_id is not None:
            found.setdefault(each.dosing_id, {})[each.item] = _item_said(each)
    return found


def done_of(scope: Scope, person_id: UUID, kind: str) -> tuple[PreparationStatement, ...]:
    """Return what was done of a kind, such as exercises, the newest first."""
    rows = within(StatementRecord.objects.filter(person_id=person_id, kind=kind), scope)
    return values_of(PreparationStatement, rows.order_by("-recorded_at", "-id"))


def said_of_reminders(scope: Scope, person_id: UUID) -> Wishes | None:
    """Return how a person said that they want to be reminded, if they said so."""
    rows = within(StatementRecord.objects.filter(person_id=person_id, kind=REMINDERS), scope)
    said = rows.order_by("-recorded_at", "-id").values_list("details", flat=True).first()
    if said is None:
        return None
    quiet = QuietHours(time.fromisoformat(said["quiet_from"]), time.fromisoformat(said["quiet_to"]))
    return Wishes(bool(said["is_on"]), quiet, ZoneInfo(said["zone"]))


def _item_said(said: PreparationStatement) -> ItemSaid:
    return ItemSaid(
        answer=Answer(said.details["answer"]),
        starts_at=datetime.fromisoformat(said.details["starts_at"]),
        words=str(said.words.get("text", "")),
        true_at=said.true_at,
    )
