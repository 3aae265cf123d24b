"""A site's day: who comes when and where, and what each of them still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.clinic_day import DayState
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.courses import consent_of, decision_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, days, orders, organisations, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.days import ArrivalNote, DayEntry
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.verdict import Verdict

CONSENT, DECISION, ORDER, CHECK, CHAIR = "consent", "decision", "order", "order_check", "chair"


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody with an appointment on the day: what they lack, as codes, and whether they came."""

    planned: PlannedSession
    identity: Identity
    place: str
    lacks: tuple[str, ...]
    arrival: str

    @property
    def waits(self) -> bool:
        """Whether the session is still to be opened."""
        return self.planned.status == PlannedStatus.PLANNED


@dataclass(frozen=True, slots=True)
class SiteDay:
    """One site's day."""

    id: UUID
    name: str
    zone: ZoneInfo
    on: date
    state: str
    entry: DayEntry | None
    expected: tuple[Expected, ...]
    names: Mapping[UUID, str]

    @property
    def prescriber(self) -> str:
        """Who prescribes on site today."""
        return self._named("prescriber")

    @property
    def resuscitator(self) -> str:
        """Who on site is trained in resuscitation."""
        return self._named("resuscitator")

    def _named(self, role: str) -> str:
        told = self.entry.details.get(role) if self.entry else None
        return self.names.get(UUID(told), "") if told else ""


@reading(Permission.SEE_PEOPLE)
def clinic_day(*, by: Actor, now: datetime) -> tuple[SiteDay, ...]:
    """Return today at each site of the programmes, in the time of the site."""
    return tuple(_site_day(by.scope, site, now) for site in organisations.list_sites(by.scope))


def _site_day(scope: Scope, site: organisations.Site, now: datetime) -> SiteDay:
    zone = ZoneInfo(site.time_zone)
    on = now.astimezone(zone).date()
    begins = datetime(on.year, on.month, on.day, tzinfo=zone)
    planned = [
        each
        for each in courses.sessions_between(scope, begins, begins + timedelta(days=1))
        if each.site_id == site.id and each.status != PlannedStatus.CANCELLED
    ]
    known = people.identities(scope, {each.person_id for each in planned})
    arrivals = days.arrivals_of(scope, [each.id for each in planned])
    places = {place.id: place.name for place in organisations.list_places(scope)}
    entry = days.newest_entry(scope, site.id, on)
    named = [UUID(entry.details[role]) for role in ("prescriber", "resuscitator") if entry and entry.details]
    expected = (_expected(scope, each, known, arrivals, places, now) for each in planned)
    return SiteDay(
        id=site.id,
        name=site.name,
        zone=zone,
        on=on,
        state=entry.state if entry else DayState.NOT_OPENED.value,
        entry=entry,
        expected=tuple(expected),
        names=accounts.names_of([*named, *([entry.by] if entry else [])]),
    )


def _expected(
    scope: Scope,
    planned: PlannedSession,
    known: Mapping[UUID, Identity],
    arrivals: Mapping[UUID, ArrivalNote],
    places: Mapping[UUID, str],
    now: datetime,
) -> Expected:
    noted = arrivals.get(planned.id)
    return Expected(
        planned=planned,
        identity=known.get(planned.person_id, Identity()),
        place=places.get(planned.place_id, "") if planned.place_id else "",
        lacks=_lacks(scope, planned, now) if planned.status == PlannedStatus.PLANNED else (),
        arrival=noted.arrival if noted else "",
    )


def _lacks(scope: Scope, planned: PlannedSession, now: datetime) -> tuple[str, ...]:
    standing = [each for each in orders.orders_of_session(scope, planned.id) if each.invalidation is None]
    there = {
        CONSENT: consent_of(scope, planned.person_id, now=now).verdict is Verdict.MET,
        DECISION: decision_of(scope, planned.person_id, now=now).verdict is Verdict.MET,
        ORDER: bool(standing),
        CHECK: not standing or standing[0].verification is not None,
        CHAIR: planned.place_id is not None,
    }
    return tuple(name for name, is_there in there.items() if not is_there)


@reading(Permission.SEE_PEOPLE)
def day_state(*, site_id: UUID, by: Actor, now: datetime) -> DayState:
    """Return where the day of a moment stands at a site."""
    zones = {site.id: site.time_zone for site in organisations.list_sites(by.scope)}
    return days.state_of(by.scope, site_id, now.astimezone(ZoneInfo(zones[site_id])).date())
