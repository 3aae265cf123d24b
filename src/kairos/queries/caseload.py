"""The caseload of a coach or therapist: who is due, who is silent, what needs a clinician."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.caseload import Case, rank, signs_of
from kairos.domain.integration.hours import HourState, OfferedHour, Proposal, proposals
from kairos.domain.integration.insights import InsightState
from kairos.domain.integration.plan import DaysAfter, HandOverReason, window_of
from kairos.domain.integration.summaries import SummaryState
from kairos.domain.integration.windows import IntegrationWindow, integration_windows
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.triads import MeetingStatus
from kairos.domain.protocols.visits import VisitStanding, visit_standing
from kairos.queries.content_in_force import content_of
from kairos.queries.integration import (
    HANDED_OVER,
    PRIVATE,
    content_and_limits,
    first_dose_of,
    newest_plans,
    steps_of,
)
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, integration, organisations, people, tasks, therapy
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.integration import KeptPlan, Said
from kairos.store.repositories.therapy import MeetingSaid
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Verdict

OWN = frozenset({"step", "insight", "habit", "habit_day", "practice", "talk"})
"""Kinds of statement that only a patient makes: a sign of their own work."""
ANSWERED = (SummaryState.AGREED, SummaryState.DIFFERS)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the caseload."""

    case: Case
    name: str


@dataclass(frozen=True, slots=True)
class VisitOverdue:
    """Somebody in treatment whose check-in visit is overdue: no dose opens before it."""

    person_id: UUID
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Caseload:
    """Everybody who had a session lately, the most pressing first; and whose check-in visit is overdue."""

    rows: tuple[CaseRow, ...]
    overdue: tuple[VisitOverdue, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """Who is handed over, and for which reasons that can be."""

    person_id: UUID
    name: str
    reasons: tuple[HandOverReason, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The hours that somebody offers, in order of time, with the clinic's clock."""

    hours: tuple[OfferedHour, ...]
    programme_id: UUID
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ProposedHours:
    """Hours that a patient can take, those of the window first."""

    proposals: tuple[Proposal, ...]
    names: Mapping[UUID, str]


@reading(Permission.HOLD_THERAPY)
def caseload(*, by: Actor, now: datetime) -> Caseload:
    """Return the people who had a session in the last weeks, and those handed to a clinician."""
    rows: list[CaseRow] = []
    for programme_id in sorted(by.scope.programme_ids):
        rows += _rows(by.scope, programme_id, now)
    ranked = sorted(rows, key=lambda row: (*rank(row.case), row.name))
    return Caseload(tuple(ranked), _overdue_visits(by.scope, now), _zone(by.scope))


@reading(Permission.HOLD_THERAPY)
def hand_over_page(*, person_id: UUID, by: Actor, now: datetime) -> HandOverPage:
    """Return what the page of handing over shows. Raises Missing."""
    person = people.find_person(by.scope, person_id)
    days, _ = content_and_limits(by.scope, person.enrolments[0].programme_id, now)
    name = person.identity.shown_name if person.identity else ""
    return HandOverPage(person_id, name, days.reasons)


@reading(Permission.HOLD_THERAPY)
def own_hours(*, by: Actor, now: datetime) -> HoursPage:
    """Return the hours that the actor offers from now on."""
    hours = [hour for hour in _hours(by.scope, now) if hour.user_id == by.id and not hour.is_withdrawn]
    return HoursPage(tuple(hours), min(by.scope.programme_ids), _zone(by.scope))


@reading(Permission.INTEGRATE)
def proposed_hours(*, by: Actor, now: datetime) -> ProposedHours:
    """Return the hours that a patient can take, those after their session first. Raises Missing."""
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    plan = next(iter(integration.plans_of(by.scope, person_id)), None)
    between = [(w.opens_at, w.closes_at) for w in _windows(by.scope, plan)]
    known = frozenset(UUID(s.details["with"]) for s in integration.all_of_person(by.scope, person_id, "talk"))
    found = proposals(_hours(by.scope, now), between=between, known=known, now=now)
    return ProposedHours(found, accounts.names_of({each.hour.user_id for each in found}))


def _windows(scope: Scope, plan: KeptPlan | None) -> tuple[IntegrationWindow, ...]:
    if plan is None:
        return ()
    book = content_of(scope, plan.programme_id).parameters
    return integration_windows(plan.anchored_at, book=book)


def _hours(scope: Scope, now: datetime) -> list[OfferedHour]:
    said = integration.hours_between(scope, now, datetime.max.replace(tzinfo=now.tzinfo))
    return [integration.as_hour(each) for each in said.values()]


def _rows(scope: Scope, programme_id: UUID, now: datetime) -> list[CaseRow]:
    days, limits = content_and_limits(scope, programme_id, now)
    since = now - limits.span("integration.followed_for")
    plans = newest_plans(p for p in integration.plans_since(scope, since) if p.programme_id == programme_id)
    said = integration.all_of_people(scope, plans)
    met = therapy.meetings_of_people(scope, plans)
    sessions = courses.sessions_of_people(scope, plans)
    handed = [t.person_id for t in tasks.open_tasks(scope) if t.kind == HANDED_OVER]
    names = people.identities(scope, plans)
    zone = _zone(scope)
    found = []
    for person_id in (each for each in plans if each in names):
        mine = said.get(person_id, [])
        case = _case(days, limits, plans[person_id], mine, met.get(person_id, ()), now)
        case = replace(
            case,
            handed_over=handed.count(person_id),
            insights_overdue=_overdue(mine, now.astimezone(zone).date()),
            visit_overdue=_visit_overdue(sessions.get(person_id, ()), mine, limits, now),
        )
        case = replace(case, signs=signs_of(case, limits=limits, now=now))
        found.append(CaseRow(case, names[person_id].shown_name))
    return found


def _case(
    days: DaysAfter,
    limits: LimitsInForce,
    plan: KeptPlan,
    said: Sequence[Said],
    planned: Iterable[MeetingSaid],
    now: datetime,
) -> Case:
    met_at, next_at = _meetings(said, planned, now)
    return Case(
        person_id=plan.person_id,
        window=window_of(days, plan.anchored_at, limits=limits),
        steps=steps_of(days, plan, (s for s in said if s.kind == "step"), limits),
        heard_at=_heard_at(said),
        summaries_open=sum(s.state != SummaryState.AGREED for s in _newest(said, "summary")),
        met_at=met_at,
        next_meeting_at=next_at,
    )


def _newest(said: Iterable[Said], kind: str) -> list[Said]:
    newest = {each.subject: each for each in said if each.kind == kind}
    return [each for each in newest.values() if each.state != PRIVATE]


def _heard_at(said: Iterable[Said]) -> datetime | None:
    own = (s for s in said if s.kind in OWN or (s.kind == "summary" and s.state in ANSWERED))
    return max((each.true_at for each in own), default=None)


def _overdue(said: Iterable[Said], today: date) -> int:
    cards = _newest(said, "insight")
    return sum(
        card.state == InsightState.OPEN and date.fromisoformat(card.details["do_on"]) < today
        for card in cards
    )


def _meetings(
    said: Iterable[Said], planned: Iterable[MeetingSaid], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when they met last and when they meet next: hours that were taken, sessions of a therapy."""
    taken = [s for s in _newest(said, "talk") if s.state == HourState.TAKEN]
    times = [datetime.fromisoformat(each.details["starts_at"]) for each in taken]
    sessions = [m for m in planned if m.kind == "integration" and m.status != MeetingStatus.CANCELLED]
    times += [each.starts_at for each in sessions]
    past = max((at for at in times if at <= now), default=None)
    return past, min((at for at in times if at > now), default=None)


def _visit_overdue(
    sessions: Sequence[PlannedSession], said: Iterable[Said], limits: LimitsInForce, now: datetime
) -> bool:
    return _standing_of(sessions, said, limits, now).verdict is not Verdict.MET


def _standing_of(
    sessions: Sequence[PlannedSession], said: Iterable[Said], limits: LimitsInForce, now: datetime
) -> VisitStanding:
    visits = [each.true_at for each in said if each.kind == "visit"]
    return visit_standing(
        first_dose_at=first_dose_of(sessions),
        last_visit_at=max(visits, default=None),
        limits=limits,
        now=now,
    )


def _overdue_visits(scope: Scope, now: datetime) -> tuple[VisitOverdue, ...]:
    """Return the people in a course whose visit is overdue, the longest first."""
    enrolled = {e.person_id: e.programme_id for e in people.list_enrolments(scope, stages=[Stage.IN_COURSE])}
    sessions, said = courses.sessions_of_people(scope, enrolled), integration.all_of_people(scope, enrolled)
    names, found = people.identities(scope, enrolled), []
    limits = {each: content_and_limits(scope, each, now)[1] for each in set(enrolled.values())}
    for person_id, programme_id in enrolled.items():
        mine = (sessions.get(person_id, ()), said.get(person_id, ()))
        standing = _standing_of(*mine, limits[programme_id], now)
        if standing.verdict is not Verdict.MET and standing.due_at and person_id in names:
            found.append(VisitOverdue(person_id, names[person_id].shown_name, standing.due_at))
    return tuple(sorted(found, key=lambda each: each.due_at))


def _zone(scope: Scope) -> ZoneInfo:
    sites = organisations.list_sites(scope)
    return ZoneInfo(sites[0].time_zone if sites else "UTC")
