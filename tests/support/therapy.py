"""A course with psychotherapy around a floor's session: meetings held, notes signed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kairos.actions.plan_therapy_meeting import plan_therapy_meeting
from kairos.actions.sign_therapy_note import sign_therapy_note
from kairos.content.release import load_release
from kairos.domain.protocols.therapy import Need, SessionKind
from kairos.store.repositories import courses
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import staff
from tests.support.running_session import Floor

NEEDED = 2


def with_therapy(floor: Floor) -> Floor:
    """Make the floor's course one with psychotherapy."""
    scope = floor.clinic.scope
    with scoped(scope):
        planned = courses.find_planned_session(scope, floor.planned_id)
        course = courses.find_course(scope, planned.course_id)
        courses.change_course(
            scope, replace(course, status="active", details={"therapy": "kap", "therapy_version": 1})
        )
    return floor


def therapist(floor: Floor) -> Actor:
    """Return a therapist of the floor's clinic."""
    return staff(floor.clinic, Role.THERAPIST)


def patient(floor: Floor) -> Actor:
    """Return the floor's person, acting from home."""
    clinic = floor.clinic
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), floor.person_id)
    return Actor(floor.person_id, frozenset({Role.PATIENT}), scope, "patient")


def filled(kind: SessionKind, *, with_pacing: bool = False) -> dict[str, str]:
    """Return words for every required field of a template."""
    needs = {Need.ALWAYS, Need.TRAUMA} if with_pacing else {Need.ALWAYS}
    template = load_release().therapy["kap"].templates[kind]
    return {field.id: f"words of {field.id}" for field in template.fields if field.need in needs}


def hold_meeting(
    floor: Floor, by: Actor, *, days: float, kind: SessionKind = SessionKind.PREPARATORY
) -> UUID:
    """Plan a meeting so many days from the dose, sign its note an hour after it, and return its id."""
    minute = days * 24 * 60
    at = floor.start + timedelta(days=days)
    meeting = floor.do(
        plan_therapy_meeting,
        minute - 60,
        by=by,
        planned_session_id=floor.planned_id,
        kind=kind,
        starts_at=at,
    )
    floor.do(sign_therapy_note, minute + 60, by=by, subject_id=meeting, kind=kind, fields=filled(kind))
    return meeting


def prepared(floor: Floor, by: Actor) -> Floor:
    """Hold the preparation that the first dose waits for."""
    for number in range(NEEDED):
        hold_meeting(floor, by, days=-7 + 2 * number)
    return floor
