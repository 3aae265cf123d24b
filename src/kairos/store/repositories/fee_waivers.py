"""Whose fee is waived. The newest statement about a person holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.store.records.published import FeeWaiver as WaiverRecord
from kairos.store.repositories.patient_rows import add
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class FeeStatement:
    """What was said of somebody's fee."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    state: str
    by: UUID
    true_at: datetime


def say_of_fee(scope: Scope, said: FeeStatement) -> None:
    """Keep a statement."""
    add(WaiverRecord, scope, said)


def fee_states(scope: Scope, programme_id: UUID, person_id: UUID | None = None) -> Mapping[UUID, str]:
    """Return what was said last of each person of a programme, or of one of them."""
    rows = within(WaiverRecord.objects.filter(programme_id=programme_id), scope)
    rows = rows if person_id is None else rows.filter(person_id=person_id)
    return dict(rows.order_by("recorded_at", "id").values_list("person_id", "state"))
