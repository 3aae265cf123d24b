"""How people said they were after a session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.messages import CheckInAnswer as AnswerRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class CheckInAnswer:
    """One answer of one moment after a session; ``words`` hold what was added, if anything."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    moment: str
    answer: str
    by: UUID
    true_at: datetime
    words: Mapping[str, Any] = field(default_factory=dict)


def add_answer(scope: Scope, answer: CheckInAnswer) -> None:
    """Keep an answer."""
    add(AnswerRecord, scope, answer)


def answers_of(scope: Scope, dosing_id: UUID) -> tuple[CheckInAnswer, ...]:
    """Return what was answered after a session, in the order of it."""
    rows = within(AnswerRecord.objects.filter(dosing_id=dosing_id), scope)
    return values_of(CheckInAnswer, rows.order_by("recorded_at", "id"))
