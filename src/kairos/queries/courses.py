"""A course on the calendar, and what stands before one can be planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.consent_in_force import consent_in_force
from kairos.content.release import load_release
from kairos.domain.eligibility.decision import LaterAdvice, SignedDecision, decision_standing
from kairos.domain.evidence.consent import consent_standing
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.course import CourseStatus, CourseTemplate, PlannedStatus, propose_open_days
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import OrderStatus
from kairos.queries.consents import standing_sentence
from kairos.queries.reading import reading
from kairos.store.repositories import consents, courses, orders, organisations, people, screenings
from kairos.store.repositories.organisations import Site
from kairos.vocab.errors import Missing
from kairos.vocab.finding import Finding
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
    """A person's course, or what is needed to plan one."""

    person_id: UUID
    name: str
    born_on: str
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
    release = load_release()
    known = courses.courses_of(by.scope, person_id)
    course = next((c for c in known if c.status == CourseStatus.ACTIVE), known[0] if known else None)
    protocol = release.protocols[course.protocol if course else IV_PROTOCOL]
    limits = LimitsInForce(release.parameters, now.date())
    return CoursePage(
        person_id=person_id,
        name=person.identity.shown_name if person.identity else "",
        born_on=str(person.identity.born_on or "") if person.identity else "",
        decision=_standing(decision_of(by.scope, person_id, now=now)),
        consent=_standing(consent_of(by.scope, person_id, now=now)),
        course_id=course.id if course else None,
        description=release.texts.template(protocol.course.text),
        template=protocol.course,
        least=limits.span(protocol.course.spacing_least),
        most=limits.span(protocol.course.span_most),
        rows=session_rows(by.scope, course.id, protocol.course) if course else (),
        sites=tuple(Named(s.id, s.name, s.time_zone) for s in organisations.list_sites(by.scope)),
        places=named_places(by.scope),
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


@reading(Permission.SEE_PEOPLE)
def planned_session(*, planned_session_id: UUID, by: Actor) -> PlannedDetail:
    """Return one planned session.

    Raises
    ------
    Missing    not there, or not within the scope
    """
    session = courses.find_planned_session(by.scope, planned_session_id)
    course = courses.find_course(by.scope, session.course_id)
    person = people.find_person(by.scope, session.person_id)
    template = load_release().protocols[course.protocol].course
    row = next(r for r in session_rows(by.scope, course.id, template) if r.id == session.id)
    name = person.identity.shown_name if person.identity else ""
    return PlannedDetail(session.person_id, name, row, named_places(by.scope))


def named_places(scope: Scope) -> tuple[Named, ...]:
    """Return the chairs and beds of the scope."""
    return tuple(Named(place.id, place.name) for place in organisations.list_places(scope))


def session_rows(scope: Scope, course_id: UUID, template: CourseTemplate) -> tuple[SessionRow, ...]:
    """Return the sessions of a course, each in its site's own time."""
    sites = {site.id: site for site in organisations.list_sites(scope)}
    places = {place.id: place.name for place in organisations.list_places(scope)}
    standing = _order_states(scope, course_id)
    return tuple(
        _row(session, sites, places, standing, template)
        for session in courses.sessions_of_course(scope, course_id)
    )


def zone_of(site: Site | None) -> ZoneInfo:
    """Return a site's time zone."""
    return ZoneInfo(site.time_zone if site else "UTC")


def decision_of(scope: Scope, person_id: UUID, *, now: datetime) -> Finding:
    """Return whether a signed decision to start stands."""
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    newest = screenings.newest_screening(scope, person_id)
    return decision_standing(
        SignedDecision(signed.decision, signed.signed_at) if signed else None,
        LaterAdvice(newest.advice, newest.recorded_at) if newest and newest.recorded_at else None,
        now=now,
    )


def consent_of(scope: Scope, person_id: UUID, *, now: datetime) -> Finding:
    """Return whether a person's consent stands."""
    document = consent_in_force(load_release(), on=now.date())
    return consent_standing(document, consents.newest_signature(scope, person_id, document.id), now=now)


def _standing(finding: Finding) -> Standing:
    return Standing(finding.verdict is Verdict.MET, standing_sentence(finding, Audience.CLINICIAN))


def _order_states(scope: Scope, course_id: UUID) -> dict[UUID, OrderStatus]:
    """Return where the newest order of each session stands; withdrawn ones count as none."""
    found: dict[UUID, OrderStatus] = {}
    for placed in orders.orders_of_course(scope, course_id):
        if placed.order.planned_session_id is not None and placed.invalidation is None:
            found.setdefault(placed.order.planned_session_id, orders.as_domain(placed).status)
    return found


def _row(
    session: courses.PlannedSession,
    sites: Mapping[UUID, Site],
    places: Mapping[UUID, str],
    standing: Mapping[UUID, OrderStatus],
    template: CourseTemplate,
) -> SessionRow:
    if session.site_id is None or session.site_id not in sites:
        raise Missing("the site of this session is not there, or not within your programmes")
    site = sites[session.site_id]
    zone = zone_of(site)
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
        place=places.get(session.place_id, "") if session.place_id else "",
        order=standing.get(session.id),
        stream=session.stream,
    )
