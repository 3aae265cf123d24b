"""What was stated of a programme's readiness, and the evidence kept for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kairos.domain.protocols.readiness import ItemState, Readiness, ReadinessItem, Stated, readiness
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

    @property
    def stated(self) -> Stated:
        """The statement as the rules read it."""
        return Stated(ItemState(self.state), self.until, self.evidence_id is not None)


def add_statements(scope: Scope, statements: Iterable[KeptStatement]) -> None:
    """Keep what was stated, of one item or of several at once."""
    kept = list(statements)
    for each in kept:
        check_within(scope, each.programme_id, scope.patient_id)
    StatementRecord.objects.bulk_create(StatementRecord(**to_columns(each)) for each in kept)


def statements_of(scope: Scope, programme_id: UUID) -> Mapping[str, KeptStatement]:
    """Return the newest statement of each item of a programme."""
    rows = within(StatementRecord.objects.filter(programme_id=programme_id), scope)
    return {each.item: each for each in to_values(KeptStatement, rows.order_by("recorded_at", "id"))}


def standing_of(scope: Scope, programme_id: UUID, items: Sequence[ReadinessItem], today: date) -> Readiness:
    """Return how a programme stands on a day."""
    stated = {item: each.stated for item, each in statements_of(scope, programme_id).items()}
    return readiness(items, stated, today=today)
