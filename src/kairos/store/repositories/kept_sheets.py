"""Sheets that patients filled in and wished to keep. The database shows one to its patient alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.published import KeptSheet as SheetRecord
from kairos.store.repositories.patient_rows import add, value_of
from kairos.store.scope import within
from kairos.vocab.people import Scope

OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """What was filled in, by field; without words it was taken away again."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    kind: str
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime


def keep_sheet(scope: Scope, sheet: KeptSheet) -> None:
    """Keep a sheet; the newest of a kind holds."""
    add(SheetRecord, scope, sheet)


def newest_sheet(scope: Scope, person_id: UUID, kind: str) -> KeptSheet | None:
    """Return the newest sheet of a kind, if one is kept and was not taken away."""
    rows = within(SheetRecord.objects.filter(person_id=person_id, kind=kind), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return value_of(KeptSheet, row) if row is not None and row.words else None
