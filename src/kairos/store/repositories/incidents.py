"""Incidents and their reviews: reported once, closed once, never changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.store.records.safety import Incident as IncidentRecord
from kairos.store.records.safety import IncidentReview as ReviewRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as it was reported; ``origin`` names what raised it where no person did."""

    id: UUID
    programme_id: UUID
    kind: str
    area: str
    happened_at: datetime
    told: str
    reported_by: UUID
    reported_at: datetime
    origin: str = ""
    subject: UUID | None = None


@dataclass(frozen=True, slots=True)
class IncidentReview:
    """How an incident was closed."""

    id: UUID
    programme_id: UUID
    incident_id: UUID
    happened: str
    causes: tuple[str, ...]
    changed: str
    learned: str
    shared_with: str
    reviewed_by: UUID
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class KnownIncident:
    """An incident with its review, where it is closed."""

    reported: Incident
    review: IncidentReview | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has reviewed it."""
        return self.review is None


def add_incident(scope: Scope, incident: Incident) -> None:
    """Keep a report."""
    check_within(scope, incident.programme_id, scope.patient_id)
    IncidentRecord.objects.create(**to_columns(incident))


def add_review(scope: Scope, review: IncidentReview) -> None:
    """Keep a review."""
    check_within(scope, review.programme_id, scope.patient_id)
    ReviewRecord.objects.create(**to_columns(review) | {"causes": list(review.causes)})


def find_incident(scope: Scope, incident_id: UUID) -> KnownIncident:
    """Return an incident. Raises Missing."""
    row = the_only(within(IncidentRecord.objects.filter(id=incident_id), scope), "the incident")
    reviews = _reviews(scope, [row.id])
    return KnownIncident(to_value(Incident, row), reviews.get(row.id))


def incidents(scope: Scope) -> tuple[KnownIncident, ...]:
    """Return all incidents of the programmes, the newest first."""
    rows = list(within(IncidentRecord.objects.all(), scope).order_by("-reported_at", "-id"))
    reviews = _reviews(scope, [row.id for row in rows])
    return tuple(KnownIncident(to_value(Incident, row), reviews.get(row.id)) for row in rows)


def _reviews(scope: Scope, incident_ids: list[UUID]) -> dict[UUID, IncidentReview]:
    rows = within(ReviewRecord.objects.filter(incident_id__in=incident_ids), scope)
    return {each.incident_id: each for each in to_values(IncidentReview, rows)}
