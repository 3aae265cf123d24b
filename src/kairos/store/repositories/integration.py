"""The days after a session: plans, what is said of them, and the hours that the team offers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kairos.domain.integration.hours import HourState, OfferedHour, TalkWay
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.records.courses import PlannedSession as SessionRecord
from kairos.store.records.integration import CoachingHour as HourRecord
from kairos.store.records.integration import IntegrationPlan as PlanRecord
from kairos.store.records.integration import IntegrationStatement as StatementRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.repositories.rows import insert_many, to_columns, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.store.vault import of_installation
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The plan for the days after one dosing session; its days count from ``anchored_at``."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    template: str
    content_version: str
    anchored_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of one thing: ``kind`` says what ``subject`` is; ``words`` are under the key."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    kind: str
    subject: UUID
    state: str
    by: UUID
    true_at: datetime
    plan_id: UUID | None = None
    is_private: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HourSaid:
    """That an hour is offered, that a seat of it was taken or freed, or that it is withdrawn."""

    id: UUID
    programme_id: UUID
    hour: UUID
    user: UUID
    starts_at: datetime
    ends_at: datetime
    way: str
    seats: int
    state: str
    by: UUID
    true_at: datetime
    seat: int = 0
    words: Mapping[str, Any] = field(default_factory=dict)


def open_plan(scope: Scope, plan: KeptPlan) -> bool:
    """Keep a plan; false where the dosing session has one already."""
    check_within(scope, plan.programme_id, plan.person_id)
    return bool(insert_many(PlanRecord, [to_columns(plan)], skip_known=True))


def find_plan(scope: Scope, plan_id: UUID) -> KeptPlan:
    """Return a plan.

    Raises
    ------
    Missing
    """
    return value_of(KeptPlan, the_only(within(PlanRecord.objects.filter(id=plan_id), scope), "this plan"))


def plans_of(scope: Scope, person_id: UUID) -> tuple[KeptPlan, ...]:
    """Return the plans of a person, newest first."""
    rows = within(PlanRecord.objects.filter(person_id=person_id), scope)
    return to_values(KeptPlan, rows.order_by("-anchored_at", "-id"))


def plans_since(scope: Scope, since: datetime) -> tuple[KeptPlan, ...]:
    """Return the plans of the scope whose days began after an instant, newest first."""
    rows = within(PlanRecord.objects.filter(anchored_at__gte=since), scope)
    return to_values(KeptPlan, rows.order_by("-anchored_at", "-id"))


def held_without_plan(scope: Scope, *, limit: int) -> tuple[UUID, ...]:
    """Return dosing sessions that were held and have no plan, the oldest first."""
    held = SessionRecord.objects.filter(status=PlannedStatus.DONE, stream__isnull=False)
    rows = within(held.exclude(id__in=PlanRecord.objects.values("dosing_id")), scope)
    return tuple(rows.order_by("starts_at", "id").values_list("id", flat=True)[:limit])


def say(scope: Scope, said: Said) -> None:
    """Keep what is so of something from now on."""
    add(StatementRecord, scope, said, details=dict(said.details))


def all_of_person(scope: Scope, person_id: UUID, *kinds: str) -> tuple[Said, ...]:
    """Return everything that was said of things of these kinds, in order."""
    rows = StatementRecord.objects.filter(person_id=person_id, kind__in=kinds)
    return values_of(Said, _ordered(rows, scope))


def all_of_people(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, list[Said]]:
    """Return everything that was said about these people, in order and without words; in one query."""
    rows = StatementRecord.objects.filter(person_id__in=list(person_ids)).defer("words")
    found: dict[UUID, list[Said]] = {}
    for row in _ordered(rows, scope):
        found.setdefault(row.person_id, []).append(value_of(Said, row, words={}))
    return found


def find_said(scope: Scope, subject: UUID, kind: str) -> Said:
    """Return what was said last of one thing.

    Raises
    ------
    Missing
    """
    rows = StatementRecord.objects.filter(subject=subject, kind=kind)
    newest = within(rows, scope).order_by("-recorded_at", "-id")[:1]
    return value_of(Said, the_only(newest, "this entry"))


def say_of_hour(scope: Scope, said: HourSaid) -> bool:
    """Keep what is so of an hour; false where somebody else took the same seat first."""
    check_within(scope, said.programme_id, scope.patient_id)
    row = to_columns(said)
    if said.words:
        row["words"] = of_installation().seal_words(dict(said.words), _purpose(said.id))
    else:
        row["words"] = None
    return bool(insert_many(HourRecord, [row], skip_known=True))


def hours_between(scope: Scope, start: datetime, end: datetime) -> dict[UUID, list[HourSaid]]:
    """Return everything that was said of the hours that start between two instants, by hour, in order."""
    rows = _hours(scope).filter(starts_at__gte=start, starts_at__lt=end)
    return _by_hour(rows.order_by("starts_at", "recorded_at", "id"))


def sayings_of_hour(scope: Scope, hour: UUID) -> list[HourSaid]:
    """Return everything that was said of one hour, in order; nothing where there is none."""
    rows = _hours(scope).filter(hour=hour)
    return _by_hour(rows.order_by("recorded_at", "id")).get(hour, [])


def as_hour(said: Sequence[HourSaid]) -> OfferedHour:
    """Return an hour as what was said of it makes it; the first word offered it."""
    offer, states = said[0], [each.state for each in said]
    return OfferedHour(
        *(offer.hour, offer.user, offer.starts_at, offer.ends_at, TalkWay(offer.way), offer.seats),
        taken=states.count(HourState.TAKEN),
        freed=states.count(HourState.FREED),
        is_withdrawn=HourState.WITHDRAWN in states,
        where=str(offer.words.get("where", "")),
    )


def _ordered(rows: "QuerySet[StatementRecord]", scope: Scope) -> "QuerySet[StatementRecord]":
    return within(rows, scope).order_by("recorded_at", "id")


def _hours(scope: Scope) -> "QuerySet[HourRecord]":
    return HourRecord.objects.filter(programme_id__in=scope.programme_ids)


def _by_hour(rows: Iterable[Any]) -> dict[UUID, list[HourSaid]]:
    found: dict[UUID, list[HourSaid]] = {}
    for row in rows:
        words = of_installation().open_words(bytes(row.words), _purpose(row.id)) if row.words else {}
        found.setdefault(row.hour, []).append(value_of(HourSaid, row, words=words))
    return found


def _purpose(row_id: UUID) -> str:
    return f"coachinghour/{row_id}"
