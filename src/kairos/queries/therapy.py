"""The therapy of one person: triads, notes, aims and ratings, the flag, touch; and the therapist's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.outcomes.continuity import Continuity, continuity
from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.therapy import SessionKind, TherapyType
from kairos.domain.protocols.touch import TouchItem, touch_in_force
from kairos.domain.protocols.triads import Dosing, Preparation, Triad, preparation_of, triads
from kairos.domain.sessions.events import NoteAdded, NoteKind, SessionEntry
from kairos.domain.sessions.state import replay
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    alarms,
    courses,
    people,
    questionnaires,
    session_entries,
    therapy,
)
from kairos.store.repositories.courses import Course, PlannedSession
from kairos.store.repositories.people import Identity
from kairos.store.repositories.questionnaires import Score
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.therapy import SignedNote, TraumaCare
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission, Scope

THERAPY = "therapy"
TRAUMA_SCALE = "pcl5"


@dataclass(frozen=True, slots=True)
class TriadShown:
    """One unit with whether its preparation is done, its aims, its ratings and its plan."""

    triad: Triad
    preparation: Preparation
    session: PlannedSession
    aims: tuple[str, ...]
    ratings: Mapping[str, int]
    has_plan: bool
    touch: tuple[TouchItem, ...]


@dataclass(frozen=True, slots=True)
class TherapyPage:
    """Everything the page of a person's therapy shows; ``chosen`` is None without psychotherapy."""

    person_id: UUID
    identity: Identity
    course: Course | None
    chosen: TherapyType | None
    units: tuple[TriadShown, ...]
    trauma: TraumaCare | None
    continuity: Continuity | None
    names: Mapping[UUID, str]
    zone: ZoneInfo
    trauma_score: Score | None = None

    @property
    def is_flagged(self) -> bool:
        """Whether the trauma-care flag is on."""
        return self.trauma is not None and self.trauma.is_on


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note with its versions, the newest first, and the template it is filled by."""

    page: TherapyPage
    subject: UUID
    kind: SessionKind
    unit: TriadShown
    starts_at: datetime
    versions: tuple[SignedNote, ...]


@dataclass(frozen=True, slots=True)
class TouchInSession:
    """What touch is agreed in a session that is open; nothing is no touch."""

    planned_id: UUID
    items: tuple[TouchItem, ...]


@dataclass(frozen=True, slots=True)
class TouchPage:
    """What is agreed for one dosing session, and whether it can still be agreed anew."""

    person_id: UUID
    planned: PlannedSession
    items: tuple[TouchItem, ...]
    has_dosed: bool
    zone: ZoneInfo


@reading(Permission.SEE_CHART)
def therapy_outcomes(*, person_id: UUID, by: Actor, now: datetime) -> TherapyPage:
    """Return aims and ratings of the newest course, for the report. Raises Missing."""
    return _page(by.scope, person_id, now)


@reading(Permission.SEE_PEOPLE)
def triads_shown(*, person_id: UUID, by: Actor, now: datetime) -> TherapyPage:
    """Return the triads of the newest course, for the course page. Raises Missing."""
    return _page(by.scope, person_id, now)


@reading(Permission.HOLD_THERAPY)
def therapy_page(*, person_id: UUID, by: Actor, now: datetime) -> TherapyPage:
    """Return the therapy of a person. Raises Missing."""
    return _page(by.scope, person_id, now)


@reading(Permission.HOLD_THERAPY)
def note_page(*, subject_id: UUID, kind: SessionKind, by: Actor, now: datetime) -> NotePage:
    """Return one note, to be read by those whose scope reaches its kind.

    Raises
    ------
    Missing       no such meeting or session, or its course has no psychotherapy
    NotAllowed    outside one's scope
    """
    said = None if kind is SessionKind.DOSING else therapy.find_meeting(by.scope, subject_id)
    dosing = courses.find_planned_session(by.scope, said.dosing_id if said else subject_id)
    page = _page_of(by.scope, dosing.person_id, courses.find_course(by.scope, dosing.course_id), now)
    unit = next((each for each in page.units if each.session.id == dosing.id), None)
    if page.chosen is None or unit is None:
        raise Missing("this course has no psychotherapy, or the dosing session is cancelled")
    roles = page.chosen.templates[kind].roles_for(has_trauma_flag=page.is_flagged)
    if by.roles.isdisjoint(roles):
        who = ", ".join(sorted(role.replace("_", " ") for role in roles))
        raise NotAllowed(f"this note is held and read by: {who}; ask one of them")
    at = said.starts_at if said else dosing.starts_at
    return NotePage(page, subject_id, kind, unit, at, therapy.notes_of(by.scope, subject_id))


@reading(Permission.SEE_CHART)
def touch_shown(*, planned_session_id: UUID, by: Actor) -> tuple[TouchItem, ...] | None:
    """Return what touch is agreed in a session, for its screens; None where nobody planned any.

    Raises
    ------
    Missing    no such session within the scope
    """
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    said = therapy.touch_of(by.scope, dosing.id)
    course = courses.find_course(by.scope, dosing.course_id)
    if not said and not course.details.get(THERAPY):
        return None
    return touch_in_force([each.value for each in said], dosed_at=_dosed_at(by.scope, dosing))


@reading(Permission.SEE_CHART)
def touch_in_session(*, session_id: UUID, by: Actor) -> TouchInSession | None:
    """Return what touch is agreed in a session, by its own id; None where none was planned."""
    summary = alarms.find_summary(by.scope, session_id)
    planned_id = UUID(summary.details["planned"])
    items = touch_shown(planned_session_id=planned_id, by=by)
    return None if items is None else TouchInSession(planned_id, items)


@reading(Permission.SEE_CHART)
def preparation_of_session(*, planned_session_id: UUID, by: Actor, now: datetime) -> Preparation | None:
    """Return whether a session's preparation is done; None where its course has no psychotherapy."""
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    page = _page_of(by.scope, dosing.person_id, courses.find_course(by.scope, dosing.course_id), now)
    return next((unit.preparation for unit in page.units if unit.session.id == dosing.id), None)


@reading(Permission.NARROW_TOUCH)
def touch_page(*, planned_session_id: UUID, by: Actor) -> TouchPage:
    """Return what is agreed for one dosing session. Raises Missing."""
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    at = _dosed_at(by.scope, dosing)
    said = [each.value for each in therapy.touch_of(by.scope, dosing.id)]
    items = touch_in_force(said, dosed_at=at)
    return TouchPage(dosing.person_id, dosing, items, at is not None, zone_for(by.scope, dosing.person_id))


@reading(Permission.SEE_OWN_RECORD)
def own_therapy(*, by: Actor, now: datetime) -> TherapyPage:
    """Return what a patient's own pages show of it. Raises Missing."""
    if by.scope.patient_id is None:
        raise Missing("this log-in belongs to no patient; ask the administrator")
    return _page(by.scope, by.scope.patient_id, now)


def _page(scope: Scope, person_id: UUID, now: datetime) -> TherapyPage:
    known = courses.courses_of(scope, person_id)
    running = next((each for each in known if each.status == CourseStatus.ACTIVE), None)
    course = running or next((each for each in known if each.details.get(THERAPY)), None)
    return _page_of(scope, person_id, course, now)


def _page_of(scope: Scope, person_id: UUID, course: Course | None, now: datetime) -> TherapyPage:
    person = people.find_person(scope, person_id)
    content = content_of(scope, person.enrolments[0].programme_id)
    name = str(course.details.get(THERAPY, "")) if course else ""
    chosen = content.release.therapy.get(name)
    units: tuple[TriadShown, ...] = ()
    held: list[UUID] = []
    if course is not None and chosen is not None:
        limits = LimitsInForce(content.parameters, now.date())
        units = _units(scope, course, chosen, limits, now)
        held = _held_by(scope, course, units)
    found = continuity(held)
    return TherapyPage(
        person_id=person_id,
        identity=person.identity or Identity(),
        course=course,
        chosen=chosen,
        units=units,
        trauma=therapy.trauma_care_of(scope, person_id),
        continuity=found,
        names=accounts.names_of(held),
        zone=zone_for(scope, person_id),
        trauma_score=_trauma_score(scope, person_id),
    )


def _trauma_score(scope: Scope, person_id: UUID) -> Score | None:
    """Return the newest total of the PTSD scale."""
    found = [each for each in questionnaires.scores_of(scope, person_id) if each.instrument == TRAUMA_SCALE]
    return max(found, key=lambda each: each.answered_at, default=None)


def _units(
    scope: Scope, course: Course, chosen: TherapyType, limits: LimitsInForce, now: datetime
) -> tuple[TriadShown, ...]:
    planned = {each.id: each for each in courses.sessions_of_course(scope, course.id)}
    dosings = [
        Dosing(each.id, each.number, each.starts_at, each.status == PlannedStatus.CANCELLED)
        for each in planned.values()
    ]
    drawn = triads(dosings, [said.value for said in therapy.meetings_of_course(scope, course.id)])
    answers = therapy.answers_of(scope, planned)
    signed = therapy.signers_of_course(scope, course.id)
    shown = []
    for place, triad in enumerate(drawn):
        needs = chosen.each_needs if place else chosen.first_needs
        session = planned[triad.dosing.id]
        aims, rated = answers.get((session.id, "aims")), answers.get((session.id, "ratings"))
        shown.append(
            TriadShown(
                triad=triad,
                preparation=preparation_of(triad, needed=limits.count(needs), now=now),
                session=session,
                aims=tuple(aims.details["aims"]) if aims else (),
                ratings=_ratings(rated.details if rated else {}),
                has_plan=session.id in signed,
                touch=_touch(scope, session),
            )
        )
    return tuple(shown)


def _ratings(details: Mapping[str, Any]) -> Mapping[str, int]:
    return dict(details.get("ratings", {}))


def _touch(scope: Scope, session: PlannedSession) -> tuple[TouchItem, ...]:
    said = [each.value for each in therapy.touch_of(scope, session.id)]
    return touch_in_force(said, dosed_at=_dosed_at(scope, session)) if said else ()


def _held_by(scope: Scope, course: Course, units: tuple[TriadShown, ...]) -> list[UUID]:
    """Return who held each session: who signed a meeting, who wrote first as therapist in a dose."""
    signed = therapy.signers_of_course(scope, course.id)
    streams = [unit.session.stream for unit in units if unit.session.stream is not None]
    entries = session_entries.entries_of_many(scope, streams)
    held = []
    for unit in units:
        writer = _therapist_in(entries.get(unit.session.stream, ())) if unit.session.stream else None
        before = [signed.get(each.id) for each in unit.triad.preparation]
        after = [signed.get(each.id) for each in unit.triad.integration]
        held += [who for who in (*before, writer, *after) if who is not None]
    return held


def _therapist_in(entries: tuple[SessionEntry, ...]) -> UUID | None:
    notes = (each for each in entries if isinstance(each.event, NoteAdded))
    return next((n.by for n in notes if getattr(n.event, "kind", "") == NoteKind.THERAPY), None)


def _dosed_at(scope: Scope, planned: PlannedSession) -> datetime | None:
    if planned.stream is None:
        return None
    return replay(session_entries.entries_of(scope, planned.stream)).dose.started_at
