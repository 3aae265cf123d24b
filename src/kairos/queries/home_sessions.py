"""A session at home, as those beside the person see it, and as the desk does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.languages import in_language
from kairos.content.words_over import ENGLISH
from kairos.domain.protocols.at_home import (
    HomeStatement,
    StatementKind,
    SupportStanding,
    plan_standing,
    support_standing,
)
from kairos.domain.protocols.home_route import is_on
from kairos.domain.protocols.support_training import SupportTraining
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.events import SessionEntry
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import content_of, content_of_session
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    alarms,
    courses,
    home,
    links,
    organisations,
    people,
    session_entries,
)
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.home import KeptStatement, PhoneContact
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class HomePapers:
    """What stands on record about a person's home, with its words."""

    standing: SupportStanding
    support: Mapping[str, Any] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    plan_written_at: datetime | None = None
    verified: Mapping[UUID, datetime] = field(default_factory=dict)
    statements: tuple[HomeStatement, ...] = ()

    def plan_verdict(self, planned_id: UUID) -> Verdict:
        """Return whether the plan was gone through for one appointment."""
        return plan_standing(self.statements, session=planned_id)


@dataclass(frozen=True, slots=True)
class HomePage:
    """One session at home. ``picture`` is None until the team has opened it."""

    planned: PlannedSession
    identity: Identity
    papers: HomePapers
    phone: str
    zone: tzinfo
    route: str
    picture: Picture | None = None
    entries: tuple[SessionEntry, ...] = ()
    contacts: tuple[PhoneContact, ...] = ()

    @property
    def dose_mg(self) -> Decimal | None:
        """The mg of the order that is bound to the session."""
        order = self.picture.state.order if self.picture else None
        return order.dose_mg if order else None


@dataclass(frozen=True, slots=True)
class HomePreparation:
    """What is on record before sessions at home, and which are planned."""

    person_id: UUID
    identity: Identity
    papers: HomePapers
    sessions: tuple[PlannedSession, ...]
    is_switched_on: bool
    zone: tzinfo


@reading(Permission.CHECK_IN)
def home_page(*, planned_session_id: UUID, by: Actor, now: datetime) -> HomePage:
    """Return one session at home.

    Raises
    ------
    Missing    no such appointment within the scope, or not at home
    """
    scope = by.scope
    planned = courses.find_planned_session(scope, planned_session_id)
    protocol = content_of(scope, planned.programme_id).release.protocols[
        courses.find_course(scope, planned.course_id).protocol
    ]
    if protocol.setting != Setting.HOME:
        raise Missing("this session is not at home")
    entries = session_entries.entries_of(scope, planned.stream) if planned.stream else ()
    return HomePage(
        planned=planned,
        identity=people.identities(scope, [planned.person_id]).get(planned.person_id, Identity()),
        papers=papers_of(scope, planned.person_id, now),
        phone=phone_of(scope, planned.programme_id),
        zone=zone_at(scope, planned),
        route=protocol.route,
        picture=_picture(scope, planned, entries, now) if entries else None,
        entries=entries,
        contacts=home.contacts_of(scope, [planned.stream]) if planned.stream else (),
    )


def _picture(
    scope: Scope, planned: PlannedSession, entries: Sequence[SessionEntry], now: datetime
) -> Picture:
    content = content_of_session(scope, planned.programme_id, entries)
    return look_at(entries, protocols=content.release.protocols, book=content.parameters, now=now)


@reading(Permission.PREPARE_HOME)
def home_preparation(*, person_id: UUID, by: Actor, now: datetime) -> HomePreparation:
    """Return what is on record about a person's home.

    Raises
    ------
    Missing    no such person within the scope
    """
    scope = by.scope
    person = people.find_person(scope, person_id)
    planned = courses.sessions_of_person(scope, person_id)
    at_home = tuple(each for each in planned if each.place_id is None and is_at_home(scope, each))
    programme_id = person.enrolments[0].programme_id
    switches = home.switches_of(scope, programme_id)
    return HomePreparation(
        person_id=person_id,
        identity=person.identity or Identity(),
        papers=papers_of(scope, person_id, now),
        sessions=at_home,
        is_switched_on=is_on(switches[0].statement if switches else None),
        zone=zone_at(scope, at_home[0]) if at_home else UTC,
    )


def is_at_home(scope: Scope, planned: PlannedSession) -> bool:
    """Whether an appointment belongs to a course at home."""
    course = courses.find_course(scope, planned.course_id)
    return content_of(scope, planned.programme_id).release.protocols[course.protocol].setting == Setting.HOME


@reading(Permission.CHECK_IN)
def training_of(*, person_id: UUID, by: Actor, language: str = ENGLISH) -> SupportTraining:
    """Return the training in a language; in English where it is not in that one."""
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    known = in_language(content_of(by.scope, programme_id).release, language).support_training
    return known.get(language) or known[ENGLISH]


@reading(Permission.CHECK_IN)
def own_papers(*, person_id: UUID, by: Actor, now: datetime) -> HomePapers:
    """Return what a support person in training may know: how they stand themselves."""
    return papers_of(by.scope, person_id, now)


def papers_of(scope: Scope, person_id: UUID, now: datetime) -> HomePapers:
    """Return what stands on record about a person's home."""
    kept = home.statements_of(scope, person_id)
    statements = tuple(each.statement for each in kept)
    standing = support_standing(statements, now=now)
    plan = _newest(kept, StatementKind.PLAN_WRITTEN)
    support = _newest(kept, StatementKind.SUPPORT_NAMED)
    verified = {
        each.session: each.true_at
        for each in kept
        if plan and each.kind == StatementKind.PLAN_VERIFIED and each.subject == plan.subject and each.session
    }
    return HomePapers(
        standing=standing,
        support=support.words if support else {},
        plan=plan.words if plan else {},
        plan_written_at=plan.true_at if plan else None,
        verified=verified,
        statements=statements,
    )


def _newest(kept: Sequence[KeptStatement], kind: StatementKind) -> KeptStatement | None:
    return next((each for each in reversed(kept) if each.kind == kind), None)


def phone_of(scope: Scope, programme_id: UUID) -> str:
    """Return where the team answers during sessions at home; the last one said, also when switched off."""
    said = (each.phone for each in home.switches_of(scope, programme_id) if each.phone)
    return next(said, "")


def zone_at(scope: Scope, planned: PlannedSession) -> tzinfo:
    """Return the clock of the person's home where it is known, else of the site that watches."""
    identity = people.identities(scope, [planned.person_id]).get(planned.person_id, Identity())
    sites = {site.id: site.time_zone for site in organisations.list_sites(scope)}
    named = identity.time_zone or (sites.get(planned.site_id, "") if planned.site_id else "")
    return ZoneInfo(named) if named else UTC


def open_links(scope: Scope, planned: PlannedSession, now: datetime) -> tuple[links.OneTapLink, ...]:
    """Return the links to one appointment that open it now."""
    return tuple(
        each
        for each in links.links_of(scope, planned.person_id)
        if each.subject == planned.id and each.revoked_at is None and each.expires_at > now
    )


@dataclass(frozen=True, slots=True)
class HomeDesk:
    """What the clinician's desk shows of a session at home. ``links`` says which kinds are open now."""

    papers: HomePapers
    planned_id: UUID
    phone: str
    contacts: tuple[PhoneContact, ...]
    links: frozenset[str]


@reading(Permission.SEE_CHART)
def home_desk(*, session_id: UUID, by: Actor, now: datetime) -> HomeDesk | None:
    """Return what the desk shows of a session at home; None where the session has a place of ours.

    Raises
    ------
    Missing    no such session within the scope
    """
    summary = alarms.find_summary(by.scope, session_id)
    if summary.place_id is not None:
        return None
    planned = courses.find_planned_session(by.scope, UUID(summary.details["planned"]))
    return HomeDesk(
        papers=papers_of(by.scope, summary.person_id, now),
        planned_id=planned.id,
        phone=phone_of(by.scope, summary.programme_id),
        contacts=home.contacts_of(by.scope, [session_id]),
        links=frozenset(each.purpose for each in open_links(by.scope, planned, now)),
    )


@dataclass(frozen=True, slots=True)
class SwitchPage:
    """How the switch of one programme stands, and every act of switching, the newest first."""

    programme_id: UUID
    name: str
    is_on: bool
    acts: tuple[home.HomeSwitch, ...]
    names: Mapping[UUID, str]


@reading(Permission.SEE_PROGRAMME)
def switch_pages(*, by: Actor) -> tuple[SwitchPage, ...]:
    """Return the switch of each programme of the actor."""
    found = []
    for programme in organisations.list_programmes(by.scope):
        acts = home.switches_of(by.scope, programme.id)
        names = accounts.names_of({each.by for each in acts})
        standing = is_on(acts[0].statement if acts else None)
        found.append(SwitchPage(programme.id, programme.name, standing, acts, names))
    return tuple(found)
