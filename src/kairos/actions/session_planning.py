"""What a session and its appointment have to do with each other: status, place, tray."""

from dataclasses import replace
from uuid import UUID, uuid5

from kairos.domain.protocols.course import PlannedStatus
from kairos.store.repositories import alarms, courses, organisations
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor


def tray_of(session_id: UUID) -> UUID:
    """Return the id of the stream in which a monitor lays readings for a session."""
    return uuid5(session_id, "tray")


def place_name(place_id: UUID, *, by: Actor) -> str:
    """Return the name of a place.

    Raises
    ------
    Missing    no such place within the scope
    """
    names = {place.id: place.name for place in organisations.list_places(by.scope)}
    if place_id not in names:
        raise Missing("this place is not there, or not within your programmes")
    return names[place_id]


def planned_session_of(session_id: UUID, *, by: Actor) -> courses.PlannedSession:
    """Return the appointment of a session.

    Raises
    ------
    Missing
    """
    summary = alarms.find_summary(by.scope, session_id)
    return courses.find_planned_session(by.scope, UUID(summary.details["planned"]))


def end_planned_session(session_id: UUID, status: PlannedStatus, *, by: Actor) -> None:
    """Note on the appointment how its session ended."""
    planned = planned_session_of(session_id, by=by)
    courses.change_planned_session(by.scope, replace(planned, status=status))
