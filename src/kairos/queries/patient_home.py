"""A patient's own day: the next step, the sessions, the team."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.release import load_release
from kairos.domain.evidence.consent import ConsentState
from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.queries.consents import consent_known, own_person_id, reading_so_far
from kairos.queries.courses import Ground, SessionRow, ground_of, session_rows
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, courses, people
from kairos.vocab.errors import NotInForce
from kairos.vocab.people import Actor, Permission, Role, Scope

SHOWN_ROLES = (
    *(Role.CLINICIAN, Role.MEDICAL_DIRECTOR, Role.NURSE),
    *(Role.THERAPIST, Role.COACH, Role.COORDINATOR),
)


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of the team, and what they are here."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class PatientHome:
    """What a patient's first page shows."""

    person_id: UUID
    first_name: str
    now_there: datetime
    consent: ConsentState
    has_said_no: bool
    sessions: tuple[SessionRow, ...]
    revisions: dict[UUID, int]

    @property
    def to_come(self) -> tuple[SessionRow, ...]:
        """The sessions still planned, the next first."""
        return tuple(s for s in self.sessions if s.status in (PlannedStatus.PLANNED, PlannedStatus.OPEN))

    @property
    def past(self) -> tuple[SessionRow, ...]:
        """The sessions that are over, the newest first."""
        return tuple(s for s in reversed(self.sessions) if s.status is PlannedStatus.DONE)

    @property
    def next_session(self) -> SessionRow | None:
        """The next session, if one is planned."""
        return next(iter(self.to_come), None)


@reading(Permission.SEE_OWN_RECORD)
def patient_home(*, by: Actor, now: datetime) -> PatientHome:
    """Return what the patient's own pages show of course and consent."""
    person_id = own_person_id(by)
    person = people.find_person(by.scope, person_id)
    ground = ground_of(by.scope)
    rows = _rows(by.scope, person_id, ground)
    identity = person.identity
    consent, has_said_no = _consent(by.scope, person_id, person.enrolments[0].programme_id, now)
    return PatientHome(
        person_id=person_id,
        first_name=(identity.preferred_name or identity.given_names) if identity else "",
        now_there=now.astimezone(_zone(ground, rows)),
        consent=consent,
        has_said_no=has_said_no,
        sessions=rows,
        revisions=courses.revisions_of(by.scope, person_id),
    )


@reading(Permission.SEE_OWN_RECORD)
def my_team(*, by: Actor) -> tuple[TeamMember, ...]:
    """Return the people who may treat this patient, prescribers first."""
    own_person_id(by)
    held: dict[UUID, list[Role]] = {}
    for membership in account_keeping.staff_memberships(by.scope):
        if membership.programme_id in by.scope.programme_ids and membership.role in SHOWN_ROLES:
            held.setdefault(membership.user_id, []).append(Role(membership.role))
    names = accounts.names_of(held)
    members = [TeamMember(names.get(user_id, ""), tuple(roles)) for user_id, roles in held.items()]
    return tuple(sorted(members, key=lambda m: (min(SHOWN_ROLES.index(r) for r in m.roles), m.name)))


def _rows(scope: Scope, person_id: UUID, ground: Ground) -> tuple[SessionRow, ...]:
    for course in courses.courses_of(scope, person_id):
        if course.status == CourseStatus.ACTIVE:
            template = load_release().protocols[course.protocol].course
            return session_rows(scope, course.id, template, ground)
    return ()


def _consent(scope: Scope, person_id: UUID, programme_id: UUID, now: datetime) -> tuple[ConsentState, bool]:
    """Return where the consent stands, and whether the person said no to the document last."""
    try:
        known = consent_known(scope, person_id, now=now)
    except NotInForce:
        return ConsentState.NOT_GIVEN, False
    if known.state is ConsentState.CURRENT:
        return known.state, False
    reading = reading_so_far(scope, programme_id, person_id, known.document)
    return known.state, reading.declined is not None


def _zone(ground: Ground, rows: tuple[SessionRow, ...]) -> ZoneInfo:
    wanted = rows[0].site_id if rows else None
    zones = {site.id: site.time_zone for site in ground.sites}
    named = zones.get(wanted) if wanted else None
    return ZoneInfo(named or next(iter(zones.values()), "UTC"))
