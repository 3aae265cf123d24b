"""The on-call roster as its page and the day's page show it: who now, which hours have nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.on_call import MAY_STAND, Duty, Gap, OnCallStep, gaps, on_call
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, courses, organisations
from kairos.store.repositories import on_call as roster
from kairos.store.repositories.on_call import Rostered
from kairos.store.repositories.organisations import Site
from kairos.vocab.people import Actor, Permission, Role, Scope

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StepNow:
    """Who is on call for a step at a site now, and when nobody will be.

    ``uncovered`` are the sessions planned at hours in which nobody is.
    """

    step: OnCallStep
    people: tuple[UUID, ...]
    gaps: tuple[Gap, ...]
    uncovered: tuple[datetime, ...]

    @property
    def is_loud(self) -> bool:
        """Whether it must be mended first: nobody now, or nobody while somebody is treated.

        A welfare check falls to the prescriber on call, so it may stay unnamed.
        """
        return self.step is not OnCallStep.WELFARE and (not self.people or bool(self.uncovered))


@dataclass(frozen=True, slots=True)
class SiteOnCall:
    """The roster at one site."""

    id: UUID
    name: str
    zone: ZoneInfo
    steps: tuple[StepNow, ...]

    @property
    def missing(self) -> tuple[StepNow, ...]:
        """The steps that must be mended."""
        return tuple(each for each in self.steps if each.is_loud)


@dataclass(frozen=True, slots=True)
class RosterPage:
    """Everything on the page. ``entries`` still hold, the newest first; ``programmes`` are those of sites."""

    sites: tuple[SiteOnCall, ...]
    entries: tuple[Rostered, ...]
    names: Mapping[UUID, str]
    programmes: Mapping[UUID, UUID]

    @property
    def missing(self) -> tuple[SiteOnCall, ...]:
        """The sites at which something must be mended."""
        return tuple(site for site in self.sites if site.missing)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the staff and what they may be on call for."""

    id: UUID
    name: str
    programme_id: UUID
    steps: frozenset[OnCallStep]


@reading(Permission.SEE_PEOPLE)
def roster_page(*, by: Actor, now: datetime) -> RosterPage:
    """Return the roster of every site, now and for the seven days to come."""
    kept = {each: roster.rostered(by.scope, each) for each in sorted(by.scope.programme_ids)}
    found = tuple(_site(by.scope, site, _here(kept[site.programme_id]), now) for site in _sites(by.scope))
    holding = [e for listed in kept.values() for e in listed if _still_holds(e, now)]
    newest = tuple(reversed(holding))
    named = {who for each in newest for who in (each.duty.who, each.by)}
    named |= {who for site in found for step in site.steps for who in step.people}
    programmes = {site.id: site.programme_id for site in _sites(by.scope)}
    return RosterPage(found, newest, accounts.names_of(named), programmes)


@reading(Permission.SEE_PEOPLE)
def missing_on_call(*, by: Actor, now: datetime) -> tuple[SiteOnCall, ...]:
    """Return the sites at which nobody is on call now, or while somebody is planned within a day."""
    sites = (
        _site(by.scope, site, roster.duties(by.scope, site.programme_id), now, timedelta(days=1))
        for site in _sites(by.scope)
    )
    return tuple(site for site in sites if site.missing)


@reading(Permission.KEEP_ON_CALL)
def on_call_candidates(*, by: Actor) -> tuple[Candidate, ...]:
    """Return the staff of the programmes with what each may be on call for, by name."""
    held: dict[tuple[UUID, UUID], set[Role]] = {}
    for each in account_keeping.staff_memberships(by.scope):
        if each.programme_id in by.scope.programme_ids and each.programme_id is not None:
            held.setdefault((each.user_id, each.programme_id), set()).add(Role(each.role))
    names = accounts.names_of(user for user, _ in held)
    found = [
        Candidate(user, names[user], programme, steps)
        for (user, programme), roles in held.items()
        if (steps := frozenset(step for step, may in MAY_STAND.items() if not may.isdisjoint(roles)))
    ]
    return tuple(sorted(found, key=lambda each: each.name))


def _site(
    scope: Scope, site: Site, duties: Sequence[Duty], now: datetime, ahead: timedelta = AHEAD
) -> SiteOnCall:
    planned = [
        each.starts_at
        for each in courses.sessions_between(scope, now, now + ahead)
        if each.site_id == site.id and each.status == "planned"
    ]
    steps = (_step(step, site, duties, planned, now, ahead) for step in OnCallStep)
    return SiteOnCall(site.id, site.name, ZoneInfo(site.time_zone), tuple(steps))


def _step(
    step: OnCallStep,
    site: Site,
    duties: Sequence[Duty],
    planned: Sequence[datetime],
    now: datetime,
    ahead: timedelta,
) -> StepNow:
    called = on_call(duties, step, at=now, site_id=site.id)
    open_spans = gaps(duties, step, begins=now, ends=now + ahead, site_id=site.id)
    bare = tuple(at for at in planned if any(gap.begins <= at < gap.ends for gap in open_spans))
    return StepNow(step, called.people, open_spans, bare)


def _sites(scope: Scope) -> tuple[Site, ...]:
    return tuple(site for site in organisations.list_sites(scope) if site.programme_id in scope.programme_ids)


def _here(listed: Sequence[Rostered]) -> tuple[Duty, ...]:
    return tuple(each.duty for each in listed if each.is_here)


def _still_holds(each: Rostered, now: datetime) -> bool:
    if each.withdrawn_by is not None:
        return False
    last = each.duty.last_day
    return last is None or last >= now.astimezone(ZoneInfo(each.duty.zone)).date()
