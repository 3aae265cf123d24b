"""Adverse events, version by version, and the reviews of serious ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kairos.domain.safety.adverse_events import (
    ActionTaken,
    AdverseEvent,
    Criterion,
    EventOutcome,
    EventSeverity,
    Relatedness,
)
from kairos.store.records.courses import PlannedSession
from kairos.store.records.safety import AdverseEvent as EventRecord
from kairos.store.records.safety import AdverseEventReview as ReviewRecord
from kairos.store.records.streams import StreamEvent
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.scope import the_only, within
from kairos.vocab.people import Scope

HELD = "done"


@dataclass(frozen=True, slots=True)
class EventVersion:
    """One version of an event; ``words`` hold what is told, its name, and why it replaces the one before."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    event_id: UUID
    session_id: UUID | None
    term: str
    onset_on: date
    onset_at: datetime | None
    ended_on: date | None
    severity: str
    criteria: tuple[str, ...]
    relatedness: str
    action: str
    outcome: str
    words: Mapping[str, Any]
    supersedes_id: UUID | None
    by: UUID
    true_at: datetime

    @property
    def event(self) -> AdverseEvent:
        """The event as the domain reads it."""
        return AdverseEvent(
            term=self.term,
            named=self.words.get("named", ""),
            onset_on=self.onset_on,
            onset_at=self.onset_at,
            ended_on=self.ended_on,
            severity=EventSeverity(self.severity),
            criteria=frozenset(Criterion(each) for each in self.criteria),
            relatedness=Relatedness(self.relatedness),
            action=ActionTaken(self.action),
            outcome=EventOutcome(self.outcome),
            told=self.words.get("told", ""),
        )


@dataclass(frozen=True, slots=True)
class KeptEventReview:
    """What the review of one version came to; ``words`` hold the account."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    version_id: UUID
    expectedness: str
    decision: str
    treated: bool
    words: Mapping[str, Any]
    reviewed_by: UUID
    reviewed_at: datetime


def add_version(scope: Scope, version: EventVersion) -> None:
    """Keep a version of an event."""
    add(EventRecord, scope, version, criteria=list(version.criteria))


def find_event(scope: Scope, event_id: UUID) -> EventVersion:
    """Return an event as it is known now. Raises Missing."""
    rows = EventRecord.objects.filter(event_id=event_id, superseded_by__isnull=True)
    return value_of(EventVersion, the_only(within(rows, scope), "the adverse event"))


def versions_of(scope: Scope, event_id: UUID) -> tuple[EventVersion, ...]:
    """Return every version of an event, the newest first."""
    rows = within(EventRecord.objects.filter(event_id=event_id), scope)
    return values_of(EventVersion, rows.order_by("-recorded_at", "-id"))


def events_known(scope: Scope) -> tuple[EventVersion, ...]:
    """Return every event of the programmes as it is known now, the newest first."""
    rows = within(EventRecord.objects.filter(superseded_by__isnull=True), scope)
    return values_of(EventVersion, rows.order_by("-onset_on", "-recorded_at", "-id"))


def add_review(scope: Scope, review: KeptEventReview) -> None:
    """Keep a review."""
    add(ReviewRecord, scope, review)


def reviews_of(scope: Scope, event_id: UUID) -> tuple[KeptEventReview, ...]:
    """Return the reviews of all versions of an event, the newest first."""
    rows = within(ReviewRecord.objects.filter(version__event_id=event_id), scope)
    return values_of(KeptEventReview, rows.order_by("-reviewed_at", "-id"))


def reviewed_versions(scope: Scope) -> frozenset[UUID]:
    """Return which versions of events were reviewed."""
    return frozenset(within(ReviewRecord.objects.all(), scope).values_list("version_id", flat=True))


def writers_of(scope: Scope, session_id: UUID) -> frozenset[UUID]:
    """Return everybody who wrote an entry in a session: they treated."""
    rows = within(StreamEvent.objects.filter(stream_id=session_id), scope)
    return frozenset(rows.values_list("by", flat=True))


def sessions_held(scope: Scope) -> int:
    """Return how many sessions of the programmes were held: what the events are set beside."""
    return within(PlannedSession.objects.filter(status=HELD), scope).count()
