"""Open the dosing session of a planned appointment."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.check_in_visits import check_visit_held
from kairos.actions.consents import consent_standing_of
from kairos.actions.content_in_force import check_may_dose, content_of
from kairos.actions.courses import place_for, protocol_of
from kairos.actions.eligibility import check_may_start
from kairos.actions.home_statements import NOT_VERIFIED, PLAN_ITEM, VERIFIED, check_switched_on, stated
from kairos.actions.medicines import standing_of
from kairos.actions.preparation import check_ready
from kairos.actions.programme_readiness import check_programme_is_live
from kairos.actions.session_planning import place_name, tray_of
from kairos.actions.therapy import check_prepared
from kairos.domain.protocols.at_home import plan_standing
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.medicine_plan import CHECK_ITEM, check_answer
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.events import CheckAnswered, Event, Opened
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, courses, session_entries
from kairos.store.repositories.alarms import SessionSummary
from kairos.store.repositories.courses import PlannedSession, change_planned_session
from kairos.store.streams import Stream
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict


@command("open_session", Permission.RUN_SESSION)
def open_session(
    *, planned_session_id: UUID, place_id: UUID | None, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Open a session at a place, and return its id. A session at home has none of our places.

    Raises
    ------
    NotAllowed    home is switched off, the programme is not live, no current consent, no signed decision
                  to start, another session open for the person or at the place, the appointment is not
                  waiting, a check-in visit is overdue, or in production the content is not signed
    Missing       no such appointment or place
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    session_entries.hold_openings(planned.programme_id)
    protocol = _protocol_of(planned, by)
    place_id = place_for(protocol, place_id)
    if place_id is None and protocol.setting != Setting.HOME:
        raise InvalidInput(Problem("place_id", "is missing; choose a free place"))
    check_switched_on(by.scope, planned.programme_id, protocol)
    _check_may_open(planned, place_id, by, now)
    session_id = uuid5(planned.id, "session")
    stream = Stream(session_id, session_entries.SESSION, planned.programme_id, planned.person_id)
    tray = Stream(tray_of(session_id), "tray", planned.programme_id, planned.person_id)
    for each in (stream, tray):
        streams.open_stream(by.scope, each)
    first = _first_entries(planned, place_name(place_id, by=by) if place_id else "", by, now)
    said = [session_entries.as_new_event(event, now, {}, new_id()) for event in first]
    streams.append(by.scope, stream, 0, said, by=by.id)
    summary = _summary(stream, planned, place_id, len(said))
    watched = {**summary.details, "watcher": str(by.id)}
    alarms.keep_summary(by.scope, replace(summary, details=watched))
    change_planned_session(by.scope, _opened(planned, session_id, place_id))
    note = AuditNote(f"session:{session_id}", planned.programme_id, planned.person_id, why="opened")
    return session_id, note


def _protocol_of(planned: PlannedSession, by: Actor) -> TreatmentProtocol:
    course = courses.find_course(by.scope, planned.course_id)
    return protocol_of(content_of(by.scope, planned.programme_id), course.protocol)


def _check_may_open(planned: PlannedSession, place_id: UUID | None, by: Actor, now: datetime) -> None:
    if planned.status != PlannedStatus.PLANNED:
        raise NotAllowed(f"this appointment is {planned.status}; only one that waits can be opened")
    protocol = courses.find_course(by.scope, planned.course_id).protocol
    standing = consent_standing_of(by.scope, planned.person_id, now, protocol=protocol)
    if standing.verdict is not Verdict.MET:
        raise NotAllowed("there is no current consent; a session opens once it is signed")
    check_programme_is_live(by.scope, planned.programme_id, now)
    check_may_start(by.scope, planned.person_id, now)
    check_may_dose(by.scope, planned.programme_id)
    check_prepared(by.scope, planned, now=now)
    check_ready(by.scope, planned, now=now)
    check_visit_held(by.scope, planned, now=now)
    for other in alarms.summaries(by.scope):
        if other.person_id == planned.person_id:
            raise NotAllowed("another session of this person is open; end that one first")
        if place_id is not None and other.place_id == place_id:
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
        *_of_the_home(planned, content.release.protocols[course.protocol], by),
    )


def _of_the_home(planned: PlannedSession, protocol: TreatmentProtocol, by: Actor) -> tuple[Event, ...]:
    """Return what is on record of the emergency plan, where the protocol asks; silence is no answer."""
    if protocol.setting != Setting.HOME:
        return ()
    standing = plan_standing(stated(by.scope, planned.person_id), session=planned.id)
    answer = VERIFIED if standing is Verdict.MET else NOT_VERIFIED
    return () if standing is Verdict.UNKNOWN else (CheckAnswered(item=PLAN_ITEM, answer=answer),)


def _summary(stream: Stream, planned: PlannedSession, place_id: UUID | None, seq: int) -> SessionSummary:
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


def _opened(planned: PlannedSession, session_id: UUID, place_id: UUID | None) -> PlannedSession:
    return replace(planned, status=PlannedStatus.OPEN, stream=session_id, place_id=place_id)
