"""What a programme publishes, version by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kairos.store.records.published import Publication as PublicationRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope

PRICES = "prices"
TRANSPARENCY = "transparency"


@dataclass(frozen=True, slots=True)
class Publication:
    """One version, from which day it holds, and who put it in force."""

    id: UUID
    programme_id: UUID
    kind: str
    version: int
    from_day: date
    details: Mapping[str, Any]
    by: UUID
    true_at: datetime


def add_publication(scope: Scope, publication: Publication) -> None:
    """Keep a version; a second one of the same number is refused by the database."""
    check_within(scope, publication.programme_id, scope.patient_id)
    PublicationRecord.objects.create(**to_columns(publication))


def publications_of(scope: Scope, programme_id: UUID, kind: str) -> tuple[Publication, ...]:
    """Return every version of a kind, the newest first. They are no patient's: a patient sees them too."""
    seen = Scope(scope.organisation_id, scope.programme_ids)
    rows = within(PublicationRecord.objects.filter(programme_id=programme_id, kind=kind), seen)
    return to_values(Publication, rows.order_by("-version"))
