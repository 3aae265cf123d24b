"""The board: every place of the programmes, who sits there, what is due next, and every alarm that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.events import SessionEntry
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import SeenContent, content_of_session
from kairos.queries.dosing_sessions import watchers_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, alarms, courses, organisations, people, session_entries
from kairos.store.repositories.alarms import SessionSummary
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.organisations import Place, Site
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission, Scope

_AHEAD = timedelta(hours=12)
_BEHIND = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Seat:
    """One session that is running, or has an alarm that still stands."""

    session_id: UUID
    place_id: UUID | None
    identity: Identity
    picture: Picture
    site_id: UUID | None = None

    @property
    def is_at_home(self) -> bool:
        """Whether the session is at the person's home, where none of our places is."""
        return self.picture.protocol.setting == Setting.HOME


@dataclass(frozen=True, slots=True)
class Waiting:
    """One appointment that nobody has opened yet."""

    planned: PlannedSession
    identity: Identity


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board of one site, or of all. ``names`` are of those who watch or took alarms.

    ``homes`` are the sessions at none of our places, in the order in which they began.
    """

    sites: tuple[Site, ...]
    site_id: UUID | None
    places: tuple[Place, ...]
    seats: tuple[Seat, ...]
    waiting: tuple[Waiting, ...]
    names: Mapping[UUID, str]
    zone: tzinfo
    homes: tuple[UUID, ...] = ()


@reading(Permission.SEE_BOARD)
def board(*, by: Actor, now: datetime, site_id: UUID | None = None) -> Board:
    """Return the board of the actor's programmes, or of one site of them, in a handful of queries."""
    scope = by.scope
    open_ones = alarms.summaries(scope, sites=[] if site_id is None else [site_id])
    planned = [
        each
        for each in courses.sessions_between(scope, now - _BEHIND, now + _AHEAD)
        if each.status == PlannedStatus.PLANNED and site_id in (None, each.site_id)
    ]
    known = people.identities(scope, {each.person_id for each in planned})
    seats = _seats(scope, open_ones, now)
    sites = organisations.list_sites(scope)
    return Board(
        sites=sites,
        site_id=site_id,
        places=tuple(p for p in organisations.list_places(scope) if site_id in (None, p.site_id)),
        seats=seats,
        waiting=tuple(Waiting(each, known.get(each.person_id, Identity())) for each in planned),
        names=accounts.names_of(_takers(seats)),
        zone=_zone(sites, site_id),
        homes=tuple(each.id for each in open_ones if each.place_id is None),
    )


@reading(Permission.SEE_BOARD)
def board_alarms(*, by: Actor, now: datetime, site_id: UUID | None = None) -> Board:
    """Return the board with the sessions alone whose alarms stand: what a screen asks for at once."""
    scope = by.scope
    open_ones = alarms.summaries(scope, sites=[] if site_id is None else [site_id])
    standing = {each.stream for each in alarms.open_alarms(scope)}
    alarmed = [each for each in open_ones if each.id in standing]
    seats = _seats(scope, alarmed, now)
    sites = organisations.list_sites(scope)
    return Board(
        sites=sites,
        site_id=site_id,
        places=organisations.list_places(scope),
        seats=seats,
        waiting=(),
        names=accounts.names_of(_takers(seats)),
        zone=_zone(sites, site_id),
        homes=tuple(each.id for each in open_ones if each.place_id is None),
    )


def _seats(scope: Scope, open_ones: Sequence[SessionSummary], now: datetime) -> tuple[Seat, ...]:
    """Return who sits where, each with one look at the session."""
    streams = session_entries.entries_of_many(scope, [each.id for each in open_ones])
    known = people.identities(scope, {each.person_id for each in open_ones})
    seen: SeenContent = {}
    return tuple(
        Seat(
            each.id,
            each.place_id,
            known.get(each.person_id, Identity()),
            _picture(scope, each, streams[each.id], now, seen),
            each.site_id,
        )
        for each in open_ones
    )


def _picture(
    scope: Scope,
    summary: SessionSummary,
    entries: Sequence[SessionEntry],
    now: datetime,
    seen: SeenContent,
) -> Picture:
    """Return a session as it stands, by the content it was opened with."""
    content = content_of_session(scope, summary.programme_id, entries, seen=seen)
    return look_at(entries, protocols=content.release.protocols, book=content.parameters, now=now)


def _zone(sites: tuple[Site, ...], site_id: UUID | None) -> tzinfo:
    """Return the clock of the site that is shown; of all of them, the first one's."""
    chosen = next((site for site in sites if site.id == site_id), sites[0] if sites else None)
    return ZoneInfo(chosen.time_zone) if chosen is not None else UTC


def _takers(seats: tuple[Seat, ...]) -> set[UUID]:
    watching = {each for seat in seats for each in watchers_of(seat.picture)}
    alarms_taken = (alarm.taken_by for seat in seats for alarm in seat.picture.state.open_alarms)
    return watching | {each for each in alarms_taken if each is not None}
