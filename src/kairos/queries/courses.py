"""A course on the calendar, and what stands before one can be planned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import ContentRelease, load_release
from kairos.domain.eligibility.decision import LaterAdvice, SignedDecision, decision_standing
from kairos.domain.evidence.consent import no_document
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.course import CourseStatus, CourseTemplate, PlannedStatus, propose_open_days
from kairos.domain.protocols.day_list import is_missed
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import OrderStatus
from kairos.domain.protocols.plan_differences import PlanDifference, from_details
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.monitoring_form import ENROLMENT
from kairos.queries.consents import consent_known, standing_sentence
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, days, orders, organisations, people, screenings
from kairos.store.repositories.organisations import Site
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import Missing, NotInForce
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.verdict import Verdict

IV_PROTOCOL = "iv_racemic_clinic"


@dataclass(frozen=True, slots=True)
class Named:
    """A site or a place by name; a site with its time zone."""

    id: UUID
    name: str
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing a session waits for: whether it holds, in words."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session of a course in its site's own time; ``order`` is where its dose order stands."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    status: PlannedStatus
    is_reviewed: bool
    site_id: UUID
    site: str
    place_id: UUID | None
    place: str
    order: OrderStatus | None
    stream: UUID | None = None


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A person's course, or what is needed to plan one. ``ended`` is the code of why it ended, if it has."""

    person_id: UUID
    name: str
    born_on: PartialDate | None
    decision: Standing
    consent: Standing
    course_id: UUID | None
    description: str
    template: CourseTemplate
    least: timedelta
    most: timedelta
    rows: tuple[SessionRow, ...]
    sites: tuple[Named, ...]
    places: tuple[Named, ...]
    stage: str = ""
    is_running: bool = False
    ended: str = ""
    protocol: str = IV_PROTOCOL
    differs: tuple[PlanDifference, ...] | None = None

    @property
    def asks_enrolment(self) -> bool:
        """Whether the protocol asks for an enrolment in the REMS."""
        known = load_release().protocols.get(self.protocol)
        return known is not None and any(item.id == ENROLMENT for item in known.checks)

    @property
    def next_row(self) -> SessionRow | None:
        """The first session that is still to come."""
        return next((row for row in self.rows if row.status is PlannedStatus.PLANNED), None)


@reading(Permission.SEE_PEOPLE)
def course_page(*, person_id: UUID, by: Actor, now: datetime) -> CoursePage:
    """Return a person's running course, or their last one, with everything that its page shows.

    Raises
    ------
    Missing    no such person within the scope
    """
    person = people.find_person(by.scope, person_id)
    who = person.identity or Identity()
    release, ground = load_release(), ground_of(by.scope)
    known = courses.courses_of(by.scope, person_id)
    course = next((c for c in known if c.status == CourseStatus.ACTIVE), known[0] if known else None)
    is_running = course is not None and course.status == CourseStatus.ACTIVE
    drawn = release.protocols[course.protocol if course else IV_PROTOCOL]
    protocol = drawn if is_running else protocol_signed_for(by.scope, person_id, release) or drawn
    given = protocol.id if is_running else None  # without a course the decision says what it is for
    enrolled = course or person.enrolments[0]
    content = content_of(by.scope, enrolled.programme_id)
    limits = LimitsInForce(content.parameters, now.date(), protocol.limits_named)
    return CoursePage(
        person_id=person_id,
        name=who.shown_name,
        born_on=who.born_on,
        decision=_standing(decision_of(by.scope, person_id, now=now)),
        consent=_standing(consent_of(by.scope, person_id, now=now, protocol=given)),
        course_id=course.id if course else None,
        description=release.texts.template(protocol.course.text),
        template=protocol.course,
        least=limits.span(protocol.course.spacing_least),
        most=limits.span(protocol.course.span_most),
        rows=session_rows(by.scope, course.id, drawn.course, ground) if course else (),
        sites=tuple(Named(site.id, site.name, site.time_zone) for site in ground.sites),
        places=ground.places,
        stage=person.enrolments[0].stage,
        is_running=is_running,
        protocol=protocol.id,
        ended=course.details.get("ended", {}).get("reason", "") if course else "",
        differs=from_details(course.details) if course else None,
    )


def protocol_signed_for(scope: Scope, person_id: UUID, release: ContentRelease) -> TreatmentProtocol | None:
    """Return the protocol of the route and place that somebody signed for; None where nobody did."""
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    if signed is None:
        return None
    use = screenings.find_screening(scope, signed.screening_id)
    return next(
        (
            each
            for each in release.protocols.values()
            if (each.route, each.setting) == (use.route, use.setting)
        ),
        None,
    )


@reading(Permission.SEE_PEOPLE)
def course_revisions(*, person_id: UUID, by: Actor) -> dict[UUID, int]:
    """Return how often each planned session of a person was changed; a calendar file tells it."""
    return courses.revisions_of(by.scope, person_id)


@reading(Permission.PLAN_COURSE)
def proposed_days(*, first_on: date, by: Actor, protocol: str = IV_PROTOCOL) -> tuple[date, ...]:
    """Return the days that the content's template proposes from a first day on."""
    template = load_release().protocols[protocol].course
    return tuple(session.on for session in propose_open_days(template, first_on=first_on))


@dataclass(frozen=True, slots=True)
class PlannedDetail:
    """One planned session with the person it is for and the places it can be moved to."""

    person_id: UUID
    name: str
    row: SessionRow
    places: tuple[Named, ...]
    was_missed: bool = False


@reading(Permission.SEE_PEOPLE)
def planned_session(*, planned_session_id: UUID, by: Actor, now: datetime) -> PlannedDetail:
    """Return one planned session.

    Raises
    ------
    Missing    not there, or not within the scope
    """
    session = courses.find_planned_session(by.scope, planned_session_id)
    course = courses.find_course(by.scope, session.course_id)
    template, ground = load_release().protocols[course.protocol].course, ground_of(by.scope)
    row = session_row(session, template, ground, None)
    noted = days.arrivals_of(by.scope, [session.id]).get(session.id)
    return PlannedDetail(
        session.person_id,
        identity_of(by.scope, session.person_id).shown_name,
        row,
        ground.places,
        is_missed(session.starts_at, Arrival(noted.arrival) if noted else None, now=now),
    )


def identity_of(scope: Scope, person_id: UUID) -> Identity:
    """Return who a person is; nobody's name where it was erased.

    Raises
    ------
    Missing    no such person within the scope
    """
    found = people.identities(scope, [person_id]).get(person_id)
    if found is None:
        people.find_person(scope, person_id)
    return found or Identity()


@dataclass(frozen=True, slots=True)
class Ground:
    """The sites of a scope with their chairs and beds."""

    sites: tuple[Site, ...]
    places: tuple[Named, ...]


def ground_of(scope: Scope) -> Ground:
    """Return where the scope's programmes treat."""
    places = tuple(Named(place.id, place.name) for place in organisations.list_places(scope))
    return Ground(organisations.list_sites(scope), places)


def session_rows(
    scope: Scope, course_id: UUID, template: CourseTemplate, ground: Ground
) -> tuple[SessionRow, ...]:
    """Return the sessions of a course, each in its site's own time."""
    standing = _order_states(scope, course_id)
    return tuple(
        session_row(session, template, ground, standing.get(session.id))
        for session in courses.sessions_of_course(scope, course_id)
    )


def decision_of(scope: Scope, person_id: UUID, *, now: datetime) -> Finding:
    """Return whether a signed decision to start stands."""
    signed = screenings.decision_in_brief(scope, person_id)
    newest = screenings.advice_in_brief(scope, person_id)
    return decision_standing(
        SignedDecision(*signed) if signed else None,
        LaterAdvice(*newest) if newest else None,
        now=now,
    )


def consent_of(scope: Scope, person_id: UUID, *, now: datetime, protocol: str | None = None) -> Finding:
    """Return whether a person's consent stands for what a protocol gives, or else for their course."""
    try:
        return consent_known(scope, person_id, now=now, protocol=protocol).standing
    except NotInForce:
        return no_document()


def _standing(finding: Finding) -> Standing:
    return Standing(finding.verdict is Verdict.MET, standing_sentence(finding, Audience.CLINICIAN))


def _order_states(scope: Scope, course_id: UUID) -> dict[UUID, OrderStatus]:
    """Return where the newest order of each session stands; withdrawn ones count as none."""
    found: dict[UUID, OrderStatus] = {}
    for placed in orders.orders_of_course(scope, course_id):
        if placed.order.planned_session_id is not None and placed.invalidation is None:
            found.setdefault(placed.order.planned_session_id, orders.as_domain(placed).status)
    return found


def session_row(
    session: courses.PlannedSession, template: CourseTemplate, ground: Ground, order: OrderStatus | None
) -> SessionRow:
    """Return one session in its site's own time.

    Raises
    ------
    Missing    its site is not within the scope
    """
    site = next((site for site in ground.sites if site.id == session.site_id), None)
    if site is None:
        raise Missing("the site of this session is not there, or not within your programmes")
    zone = ZoneInfo(site.time_zone)
    place = next((place.name for place in ground.places if place.id == session.place_id), "")
    return SessionRow(
        id=session.id,
        number=session.number,
        starts_at=session.starts_at.astimezone(zone),
        ends_at=session.ends_at.astimezone(zone),
        status=PlannedStatus(session.status),
        is_reviewed=session.number in template.reviews_after,
        site_id=site.id,
        site=site.name,
        place_id=session.place_id,
        place=place,
        order=order,
        stream=session.stream,
    )
