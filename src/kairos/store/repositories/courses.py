"""Courses and their planned sessions. A change keeps the version before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.store.records.courses import Course as CourseRecord
from kairos.store.records.courses import PlannedSession as SessionRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.scope import once_a_reading, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Course:
    """A planned series of dosing sessions after one treatment protocol."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    protocol: str
    content_version: str
    status: str
    by: UUID
    details: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One appointment of a course; ``stream`` names the dosing session once it is open."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    course_id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    status: str
    site_id: UUID | None = None
    place_id: UUID | None = None
    stream: UUID | None = None


def add_course(scope: Scope, course: Course, sessions: Iterable[PlannedSession]) -> None:
    """Keep a course with its sessions."""
    add(CourseRecord, scope, course, details=dict(course.details))
    for session in sessions:
        add_session(scope, session)


def add_session(scope: Scope, session: PlannedSession) -> None:
    """Keep one more session of a course."""
    add(SessionRecord, scope, session)


def find_course(scope: Scope, course_id: UUID) -> Course:
    """Return a course.

    Raises
    ------
    Missing
    """
    return value_of(Course, the_only(within(CourseRecord.objects.filter(id=course_id), scope), "the course"))


@once_a_reading
def courses_of(scope: Scope, person_id: UUID) -> tuple[Course, ...]:
    """Return the courses of a person, newest first."""
    rows = within(CourseRecord.objects.filter(person_id=person_id), scope)
    return values_of(Course, rows.order_by("-recorded_at", "-id"))


def running_protocol(scope: Scope, person_id: UUID) -> str | None:
    """Return the protocol of a person's running course, if there is one."""
    known = courses_of(scope, person_id)
    return next((each.protocol for each in known if each.status == CourseStatus.ACTIVE), None)


def lock_course(scope: Scope, course_id: UUID) -> Course:
    """Return a course that nobody else can change until the transaction ends.

    Raises
    ------
    Missing
    """
    rows = within(CourseRecord.objects.select_for_update().filter(id=course_id), scope)
    return value_of(Course, the_only(rows, "the course"))


def change_course(scope: Scope, course: Course) -> None:
    """Replace status and details of a course.

    Raises
    ------
    Missing
    """
    row = the_only(within(CourseRecord.objects.filter(id=course.id), scope), "the course")
    row.status, row.details = course.status, dict(course.details)
    row.save(update_fields=["status", "details"])


def sessions_of_course(scope: Scope, course_id: UUID) -> tuple[PlannedSession, ...]:
    """Return the planned sessions of a course by number."""
    return values_of(
        PlannedSession, within(SessionRecord.objects.filter(course_id=course_id), scope).order_by("number")
    )


def sessions_between(scope: Scope, start: datetime, end: datetime) -> tuple[PlannedSession, ...]:
    """Return the planned sessions of the scope that start in ``[start, end)``: a calendar."""
    rows = within(SessionRecord.objects.filter(starts_at__gte=start, starts_at__lt=end), scope)
    return values_of(PlannedSession, rows.order_by("starts_at", "id"))


def sessions_of_person(scope: Scope, person_id: UUID) -> tuple[PlannedSession, ...]:
    """Return all planned sessions of a person in order of time."""
    rows = within(SessionRecord.objects.filter(person_id=person_id), scope)
    return values_of(PlannedSession, rows.order_by("starts_at", "id"))


def stream_of_open_session(scope: Scope, person_id: UUID) -> UUID | None:
    """Return the stream of the session that a person is in now, the earliest where there are several."""
    rows = within(SessionRecord.objects.filter(person_id=person_id, status=PlannedStatus.OPEN), scope)
    streams = rows.filter(stream__isnull=False).order_by("starts_at", "id").values_list("stream", flat=True)
    return streams.first()


def sessions_of_people(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, list[PlannedSession]]:
    """Return the planned sessions of these people in order of time, for a list; in one query."""
    rows = within(SessionRecord.objects.filter(person_id__in=list(person_ids)), scope)
    found: dict[UUID, list[PlannedSession]] = {}
    for session in values_of(PlannedSession, rows.order_by("starts_at", "id")):
        found.setdefault(session.person_id, []).append(session)
    return found


def has_had_infusion(scope: Scope, person_id: UUID) -> bool:
    """Whether a session of this person was held; until then the caps of a first session hold."""
    rows = within(SessionRecord.objects.filter(person_id=person_id, status=PlannedStatus.DONE), scope)
    return rows.exists()


def has_had_dose_by(scope: Scope, person_id: UUID, protocol: str) -> bool:
    """Whether a session of this person after one protocol was held."""
    of_it = within(CourseRecord.objects.filter(person_id=person_id, protocol=protocol), scope)
    held = SessionRecord.objects.filter(status=PlannedStatus.DONE, course_id__in=of_it.values("id"))
    return within(held, scope).exists()


def had_dose_before(scope: Scope, planned: PlannedSession, protocol: str) -> bool:
    """Whether an earlier session of the person after one protocol was held."""
    of_it = within(CourseRecord.objects.filter(person_id=planned.person_id, protocol=protocol), scope)
    held = SessionRecord.objects.filter(status=PlannedStatus.DONE, course_id__in=of_it.values("id"))
    return within(held.filter(starts_at__lt=planned.starts_at), scope).exclude(id=planned.id).exists()


def revisions_of(scope: Scope, person_id: UUID) -> dict[UUID, int]:
    """Return how often each planned session of a person was changed."""
    versions = SessionRecord.pgh_event_model.objects.filter(person_id=person_id)  # type: ignore[attr-defined]
    counted = within(versions, scope).values_list("pgh_obj_id").annotate(Count("pgh_id"))
    return {session_id: count - 1 for session_id, count in counted}


def lock_planned_session(scope: Scope, session_id: UUID) -> PlannedSession:
    """Return a planned session that nobody else can change until the transaction ends.

    Raises
    ------
    Missing
    """
    rows = within(SessionRecord.objects.select_for_update().filter(id=session_id), scope)
    return value_of(PlannedSession, the_only(rows, "the planned session"))


def find_planned_session(scope: Scope, session_id: UUID) -> PlannedSession:
    """Return a planned session.

    Raises
    ------
    Missing
    """
    rows = within(SessionRecord.objects.filter(id=session_id), scope)
    return value_of(PlannedSession, the_only(rows, "the planned session"))


def change_planned_session(scope: Scope, session: PlannedSession) -> None:
    """Replace time, place, status or stream of a planned session; locks its row.

    Raises
    ------
    Missing
    """
    rows = within(SessionRecord.objects.select_for_update().filter(id=session.id), scope)
    row = the_only(rows, "the planned session")
    names = ("starts_at", "ends_at", "status", "site_id", "place_id", "stream")
    for name in names:
        setattr(row, name, getattr(session, name))
    row.save(update_fields=names)
