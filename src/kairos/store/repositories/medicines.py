"""Signed plans for medicines, and the codes of drugs that a programme confirmed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.medicine_plan import MedicinePlan, PlanLine
from kairos.domain.rules.interactions import PlanAction
from kairos.store.records.medicines import DrugCodeConfirmation as ConfirmationRecord
from kairos.store.records.medicines import MedicinePlan as PlanRecord
from kairos.store.repositories.patient_rows import add, value_of
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A signed plan as it is kept; ``words`` hold its lines."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    route: str
    content_version: str
    words: Mapping[str, Any]
    signed_by: UUID
    signed_at: datetime

    @property
    def plan(self) -> MedicinePlan:
        """The plan as the rules read it."""
        lines = tuple(
            PlanLine(**{**line, "action": PlanAction(line["action"])}) for line in self.words["lines"]
        )
        return MedicinePlan(lines, str(self.signed_by), self.signed_at, self.route)


@dataclass(frozen=True, slots=True)
class DrugCodeConfirmation:
    """Who confirmed which code of a drug, and when."""

    id: UUID
    programme_id: UUID
    system: str
    code: str
    concept: str
    confirmed_by: UUID
    confirmed_at: datetime


def words_of(lines: tuple[PlanLine, ...]) -> dict[str, Any]:
    """Return the lines of a plan as they are kept."""
    return {"lines": [asdict(line) for line in lines]}


def add_plan(scope: Scope, plan: KeptPlan) -> None:
    """Keep a signed plan; the newest one holds."""
    add(PlanRecord, scope, plan)


def newest_plan(scope: Scope, person_id: UUID) -> KeptPlan | None:
    """Return the newest plan of a person, if one was signed."""
    rows = within(PlanRecord.objects.filter(person_id=person_id), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return value_of(KeptPlan, row) if row else None


def add_confirmation(scope: Scope, confirmation: DrugCodeConfirmation) -> bool:
    """Keep that a code was confirmed, and return whether it was new."""
    check_within(scope, confirmation.programme_id)
    columns = to_columns(confirmation)
    key = {name: columns[name] for name in ("programme_id", "system", "code", "concept")}
    _, is_new = ConfirmationRecord.objects.get_or_create(**key, defaults=columns)
    return is_new


def confirmations(scope: Scope) -> tuple[DrugCodeConfirmation, ...]:
    """Return every code that the programmes of the scope confirmed."""
    rows = ConfirmationRecord.objects.filter(programme_id__in=scope.programme_ids)
    return to_values(DrugCodeConfirmation, rows.order_by("recorded_at", "id"))
