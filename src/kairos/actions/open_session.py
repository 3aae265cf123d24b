"""Open the dosing session of a planned appointment."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.consents import consent_standing_of
from kairos.actions.content_in_force import check_may_dose, content_of
from kairos.actions.eligibility import check_may_start
from kairos.actions.medicines import standing_of
from kairos.actions.session_planning import place_name, tray_of
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.medicine_plan import CHECK_ITEM, check_answer
from kairos.domain.sessions.events import CheckAnswered, Event, Opened
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, courses, session_entries
from kairos.store.repositories.alarms import SessionSummary
from kairos.store.repositories.courses import PlannedSession, change_planned_session
from kairos.store.streams import Stream
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict


@command("open_session", Permission.RUN_SESSION)
def open_session(
    *, planned_session_id: UUID, place_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Open a session at a place, and return its id.

    Raises
    ------
    NotAllowed    no current consent, no signed decision that somebody may start, another session open
                  for the person or at the place, the appointment is not waiting, or in production the
                  content in force is not signed
    Missing       no such appointment or place
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    session_entries.hold_openings(planned.programme_id)
    _check_may_open(planned, place_id, by, now)
    session_id = uuid5(planned.id, "session")
    stream = Stream(session_id, session_entries.SESSION, planned.programme_id, planned.person_id)
    tray = Stream(tray_of(session_id), "tray", planned.programme_id, planned.person_id)
    for each in (stream, tray):
        streams.open_stream(by.scope, each)
    first = _first_entries(planned, place_name(place_id, by=by), by, now)
    said = [session_entries.as_new_event(event, now, {}, new_id()) for event in first]
    streams.append(by.scope, stream, 0, said, by=by.id)
    alarms.keep_summary(by.scope, _summary(stream, planned, place_id, len(said)))
    change_planned_session(by.scope, _opened(planned, session_id, place_id))
    note = AuditNote(f"session:{session_id}", planned.programme_id, planned.person_id, why="opened")
    return session_id, note


def _check_may_open(planned: PlannedSession, place_id: UUID, by: Actor, now: datetime) -> None:
    if planned.status != PlannedStatus.PLANNED:
        raise NotAllowed(f"this appointment is {planned.status}; only one that waits can be opened")
    if consent_standing_of(by.scope, planned.person_id, now).verdict is not Verdict.MET:
        raise NotAllowed("there is no current consent; a session opens once it is signed")
    check_may_start(by.scope, planned.person_id, now)
    check_may_dose(by.scope, planned.programme_id)
    for other in alarms.summaries(by.scope):
        if other.person_id == planned.person_id:
            raise NotAllowed("another session of this person is open; end that one first")
        if other.place_id == place_id:
            raise NotAllowed("another session is open at this place; choose a free one")


def _first_entries(planned: PlannedSession, place: str, by: Actor, now: datetime) -> tuple[Event, ...]:
    course = courses.find_course(by.scope, planned.course_id)
    content = content_of(by.scope, planned.programme_id)
    opened = Opened(
        patient_id=planned.person_id,
        protocol=course.protocol,
        protocol_version=content.release.protocols[course.protocol].version,
        content_version=content.version,
        overlay_version=content.overlay_version,
        course_id=course.id,
        number=planned.number,
        place=place,
    )
    route = content.release.protocols[course.protocol].route
    standing = standing_of(by.scope, planned.programme_id, planned.person_id, now, route=route)
    return (
        opened,
        CheckAnswered(item="consent_current", answer="current"),
        CheckAnswered(item=CHECK_ITEM, answer=check_answer(standing)),
    )


def _summary(stream: Stream, planned: PlannedSession, place_id: UUID, seq: int) -> SessionSummary:
    return SessionSummary(
        id=stream.id,
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        state="checking",
        is_open=True,
        seq=seq,
        details={"planned": str(planned.id)},
        site_id=planned.site_id,
        place_id=place_id,
    )


def _opened(planned: PlannedSession, session_id: UUID, place_id: UUID) -> PlannedSession:
    return replace(planned, status=PlannedStatus.OPEN, stream=session_id, place_id=place_id)
