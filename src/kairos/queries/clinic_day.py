"""A site's day: who comes when and where, who is there for them, and what each of them still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.clinic_day import Arrival, DayState, Duty
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.day_list import Awaited, Lack, awaited, ends_too_late, minutes_late
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.monitoring_form import ENROLMENT
from kairos.domain.sessions.phases import BEFORE_DOSE
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import SeenContent, content_of, content_of_session
from kairos.queries.day_lacks import Lacking, asked_later, lacking_at_the_chair, lacking_before
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    courses,
    days,
    orders,
    organisations,
    people,
    session_entries,
    stock,
    tasks,
)
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.days import DayEntry
from kairos.store.repositories.open_things import OpenThings, open_things
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody with an appointment on the day: who is there for them, what they lack, whether they came.

    ``asked_later`` is what the check at the chair will ask; ``minutes`` by how many they are late.
    """

    planned: PlannedSession
    identity: Identity
    place: str
    lacks: tuple[Lacking, ...]
    arrival: str
    protocol: str = ""
    asks_enrolment: bool = False
    staff: Mapping[str, UUID] = field(default_factory=dict)
    asked_later: Sequence[Lack] = ()
    awaited: Awaited = Awaited.EXPECTED
    minutes: int = 0
    is_too_late: bool = False
    is_before_dose: bool = True

    @property
    def waits(self) -> bool:
        """Whether the session is still to be opened."""
        return self.planned.status == PlannedStatus.PLANNED

    @property
    def is_stopped(self) -> bool:
        """Whether something of it keeps the dose from beginning."""
        return any(each.lack.stops_the_dose for each in self.lacks)


@dataclass(frozen=True, slots=True)
class SiteDay:
    """One site's day. ``names`` are of the team; ``open_now`` is what keeps the day from closing."""

    id: UUID
    name: str
    zone: ZoneInfo
    on: date
    state: str
    entry: DayEntry | None
    expected: tuple[Expected, ...]
    names: Mapping[UUID, str]
    open_now: OpenThings
    open_names: Mapping[UUID, str] = field(default_factory=dict)

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
    owed = tasks.open_tasks(by.scope)
    return tuple(_site_day(by.scope, site, owed, now) for site in organisations.list_sites(by.scope))


def _site_day(scope: Scope, site: organisations.Site, owed: Sequence[tasks.Task], now: datetime) -> SiteDay:
    zone = ZoneInfo(site.time_zone)
    on = now.astimezone(zone).date()
    begins = datetime(on.year, on.month, on.day, tzinfo=zone)
    planned = [
        each
        for each in courses.sessions_between(scope, begins, begins + timedelta(days=1))
        if each.site_id == site.id and each.status != PlannedStatus.CANCELLED
    ]
    entry = days.newest_entry(scope, site.id, on)
    found = _Found(scope, planned, owed, now.astimezone(zone))
    open_now = open_things(scope, site.id, on, zone)
    expected = tuple(found.expected(each) for each in planned)
    staff = [who for each in expected for who in each.staff.values()]
    named = [UUID(entry.details[r]) for r in ("prescriber", "resuscitator") if entry and r in entry.details]
    return SiteDay(
        id=site.id,
        name=site.name,
        zone=zone,
        on=on,
        state=entry.state if entry else DayState.NOT_OPENED.value,
        entry=entry,
        expected=expected,
        names=accounts.names_of([*named, *staff, *([entry.by] if entry else [])]),
        open_now=open_now,
        open_names=_open_names(scope, open_now),
    )


def _open_names(scope: Scope, open_now: OpenThings) -> Mapping[UUID, str]:
    """Return the name of the person behind each open thing, by the id of the thing."""
    of = {each.id: each.person_id for each in open_now.sessions}
    of |= {each.id: each.person_id for each in (*open_now.expected, *open_now.forms)}
    for issue in open_now.doses:
        order_id = stock.find_entry(scope, issue).order_id
        if order_id is not None:
            of[issue] = orders.find_order(scope, order_id).order.person_id
    known = people.identities(scope, set(of.values()))
    return {key: known.get(person_id, Identity()).shown_name for key, person_id in of.items()}


class _Found:
    """What is asked once for all appointments of a day, and one appointment put together from it."""

    def __init__(
        self, scope: Scope, planned: Sequence[PlannedSession], owed: Sequence[tasks.Task], now: datetime
    ) -> None:
        self.scope, self.owed, self.now = scope, owed, now
        self.known = people.identities(scope, {each.person_id for each in planned})
        self.arrivals = days.arrivals_of(scope, [each.id for each in planned])
        self.duties = days.duties_of(scope, [each.id for each in planned])
        self.places = {place.id: place.name for place in organisations.list_places(scope)}
        streams = [each.stream for each in planned if each.stream and each.status == PlannedStatus.OPEN]
        self.entries = session_entries.entries_of_many(scope, streams)
        self.seen: SeenContent = {}

    def expected(self, planned: PlannedSession) -> Expected:
        """Return one line of the list."""
        noted, staff = self.arrivals.get(planned.id), self.duties.get(planned.id, {})
        protocol, limits = self._protocol(planned)
        picture = self._picture(planned)
        waits = planned.status == PlannedStatus.PLANNED
        arrival = Arrival(noted.arrival) if noted else None
        standing = awaited(planned.starts_at, arrival, now=self.now, limits=limits)
        is_before = waits or (picture is not None and picture.state.phase in BEFORE_DOSE)
        length = planned.ends_at - planned.starts_at
        return Expected(
            planned=planned,
            identity=self.known.get(planned.person_id, Identity()),
            place=self.places.get(planned.place_id, "") if planned.place_id else "",
            lacks=self._lacks(planned, protocol, picture, staff) if is_before else (),
            arrival=noted.arrival if noted else "",
            protocol=protocol.name,
            asks_enrolment=any(item.id == ENROLMENT for item in protocol.checks),
            staff=staff,
            asked_later=asked_later(protocol) if waits else (),
            awaited=standing,
            minutes=minutes_late(planned.starts_at, self.now),
            is_too_late=waits and standing in _LATE and ends_too_late(self.now, length, limits=limits),
            is_before_dose=is_before,
        )

    def _protocol(self, planned: PlannedSession) -> tuple[TreatmentProtocol, LimitsInForce]:
        content = content_of(self.scope, planned.programme_id)
        course = courses.find_course(self.scope, planned.course_id)
        protocol = content.release.protocols[course.protocol]
        return protocol, LimitsInForce(content.parameters, self.now.date(), protocol.limits_named)

    def _picture(self, planned: PlannedSession) -> Picture | None:
        entries = self.entries.get(planned.stream) if planned.stream else None
        if not entries:
            return None
        begun = content_of_session(self.scope, planned.programme_id, entries, seen=self.seen)
        return look_at(entries, protocols=begun.release.protocols, book=begun.parameters, now=self.now)

    def _lacks(
        self,
        planned: PlannedSession,
        protocol: TreatmentProtocol,
        picture: Picture | None,
        staff: Mapping[str, UUID],
    ) -> tuple[Lacking, ...]:
        has_watcher = picture is not None or Duty.WATCHER in staff
        before = lacking_before(
            self.scope, planned, protocol, has_watcher=has_watcher, owed=self.owed, now=self.now
        )
        if picture is None:
            return before
        lacking = {each.lack: each for each in (*before, *lacking_at_the_chair(picture))}
        if not {Lack.ORDER, Lack.ORDER_CHECK}.isdisjoint(lacking):
            lacking.pop(Lack.ORDER_CHOICE, None)
        return tuple(lacking[lack] for lack in Lack if lack in lacking)


_LATE = frozenset({Awaited.LATE, Awaited.VERY_LATE})


@reading(Permission.SEE_PEOPLE)
def day_state(*, site_id: UUID, by: Actor, now: datetime) -> DayState:
    """Return where the day of a moment stands at a site."""
    zones = {site.id: site.time_zone for site in organisations.list_sites(by.scope)}
    return days.state_of(by.scope, site_id, now.astimezone(ZoneInfo(zones[site_id])).date())


@reading(Permission.SEE_PEOPLE)
def last_rescue_dates(*, site_id: UUID, by: Actor) -> Mapping[str, date]:
    """Return the dates that the newest check of the room read off the rescue box, to be read again."""
    entry = days.newest_check(by.scope, site_id)
    told = entry.details.get("rescue", {}) if entry else {}
    return {line: date.fromisoformat(until) for line, until in told.items()}


@reading(Permission.SEE_PEOPLE)
def duties(*, planned_session_id: UUID, by: Actor) -> Mapping[str, UUID]:
    """Return who has which duty at an appointment."""
    return days.duties_of(by.scope, [planned_session_id]).get(planned_session_id, {})
