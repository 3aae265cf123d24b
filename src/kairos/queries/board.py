"""The board: every place of the programmes, who sits there, what is due next, and every alarm that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.events import SessionEntry
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import SeenContent, content_of_session
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """One appointment that nobody has opened yet."""

    planned: PlannedSession
    identity: Identity


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board. ``names`` are of those who took alarms."""

    sites: tuple[Site, ...]
    places: tuple[Place, ...]
    seats: tuple[Seat, ...]
    waiting: tuple[Waiting, ...]
    names: Mapping[UUID, str]
    zone: tzinfo


@reading(Permission.SEE_BOARD)
def board(*, by: Actor, now: datetime) -> Board:
    """Return the board of the actor's programmes, in a handful of queries however many places there are."""
    scope = by.scope
    open_ones = alarms.summaries(scope)
    streams = session_entries.entries_of_many(scope, [each.id for each in open_ones])
    planned = [
        each
        for each in courses.sessions_between(scope, now - _BEHIND, now + _AHEAD)
        if each.status == PlannedStatus.PLANNED
    ]
    asked = {each.person_id for each in open_ones} | {each.person_id for each in planned}
    known = people.identities(scope, asked)
    seen: SeenContent = {}
    seats = tuple(
        Seat(
            each.id,
            each.place_id,
            known.get(each.person_id, Identity()),
            _picture(scope, each, streams[each.id], now, seen),
        )
        for each in open_ones
    )
    sites = organisations.list_sites(scope)
    return Board(
        sites=sites,
        places=organisations.list_places(scope),
        seats=seats,
        waiting=tuple(Waiting(each, known.get(each.person_id, Identity())) for each in planned),
        names=accounts.names_of(_takers(seats)),
        zone=ZoneInfo(sites[0].time_zone) if sites else UTC,
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


def _takers(seats: tuple[Seat, ...]) -> set[UUID]:
    alarms_taken = (alarm.taken_by for seat in seats for alarm in seat.picture.state.open_alarms)
    return {each for each in alarms_taken if each is not None}
