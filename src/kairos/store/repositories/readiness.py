"""What was stated of a programme's readiness, and the evidence kept for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kairos.store.records.days import ReadinessStatement as StatementRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """One statement about one item, by whom, until when, and the file that shows it."""

    id: UUID
    programme_id: UUID
    item: str
    state: str
    until: date | None
    evidence_id: UUID | None
    by: UUID
    true_at: datetime


def add_statement(scope: Scope, statement: KeptStatement) -> None:
    """Keep what was stated."""
    check_within(scope, statement.programme_id, scope.patient_id)
    StatementRecord.objects.create(**to_columns(statement))


def statements_of(scope: Scope, programme_id: UUID) -> Mapping[str, KeptStatement]:
    """Return the newest statement of each item of a programme."""
    rows = within(StatementRecord.objects.filter(programme_id=programme_id), scope)
    return {each.item: each for each in to_values(KeptStatement, rows.order_by("recorded_at", "id"))}
