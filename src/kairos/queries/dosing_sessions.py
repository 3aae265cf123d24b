"""What the screens of a session are made of: who, where, and one look at the stream."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from kairos.domain.protocols.medicine_plan import MedicinePlan
from kairos.domain.sessions.events import NoteAdded, NoteKind, Opened, SessionEntry
from kairos.domain.sessions.picture import Picture, look_at
from kairos.queries.content_in_force import content_of_session
from kairos.queries.reading import reading
from kairos.store.repositories import (
    accounts,
    alarms,
    courses,
    facts,
    medicines,
    orders,
    organisations,
    people,
    session_entries,
)
from kairos.store.repositories.orders import PlacedOrder
from kairos.store.repositories.people import Identity
from kairos.store.repositories.session_entries import OfferedReading
from kairos.vocab.facts import Fact, FactKind
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session as its screens need it. ``names`` are of everybody who wrote an entry or an order."""

    id: UUID
    person_id: UUID
    tray_id: UUID
    identity: Identity
    place: str
    number: int
    of_sessions: int
    zone: tzinfo
    picture: Picture
    entries: tuple[SessionEntry, ...]
    words: Mapping[int, Mapping[str, str]]
    offered: OfferedReading | None
    orders: tuple[PlacedOrder, ...]
    allergies: tuple[Fact, ...]
    names: Mapping[UUID, str]
    plan: MedicinePlan | None = None

    @property
    def version(self) -> int:
        """The version of the protocol the session was opened with."""
        return self.picture.protocol.version


@reading(Permission.SEE_CHART)
def session_page(*, session_id: UUID, by: Actor, now: datetime) -> SessionPage:
    """Return one session with everything its screens show.

    Raises
    ------
    Missing    no such session within the scope
    """
    scope = by.scope
    summary = alarms.find_summary(scope, session_id)
    entries, words = session_entries.entries_with_words(scope, session_id)
    content = content_of_session(scope, summary.programme_id, entries)
    picture = look_at(entries, protocols=content.release.protocols, book=content.parameters, now=now)
    planned = courses.find_planned_session(scope, UUID(summary.details["planned"]))
    tray_id = uuid5(session_id, "tray")
    opened = picture.state.opened
    return SessionPage(
        id=session_id,
        person_id=summary.person_id,
        tray_id=tray_id,
        identity=people.identities(scope, [summary.person_id]).get(summary.person_id, Identity()),
        place=opened.place if isinstance(opened, Opened) else "",
        number=planned.number,
        of_sessions=len(courses.sessions_of_course(scope, planned.course_id)),
        zone=_zone(scope, summary.site_id),
        picture=picture,
        entries=entries,
        words=_readable(words, entries, by),
        offered=_waiting(session_entries.newest_offer(scope, tray_id), picture),
        orders=(placed := orders.orders_of_session(scope, planned.id)),
        allergies=_allergies(
            facts.facts_of(scope, summary.person_id, kinds=[FactKind.ALLERGY, FactKind.ANSWER])
        ),
        names=accounts.names_of(_writers(entries, placed) | watchers_of(picture)),
        plan=_plan(scope, summary.person_id, picture),
    )


def watchers_of(picture: Picture) -> set[UUID]:
    """Return who watches a session, whose break is covered in it, and who was asked to watch."""
    state = picture.state
    offered = state.offer.to if state.offer is not None else None
    first = state.cover.first if state.cover is not None else None
    return {each for each in (state.watched_by, offered, first) if each is not None}


def _readable(
    words: Mapping[int, Mapping[str, str]], entries: Iterable[SessionEntry], by: Actor
) -> Mapping[int, Mapping[str, str]]:
    """Return the words but for a therapist's; who runs neither sessions nor therapy reads none of those."""
    if by.may(Permission.RUN_SESSION) or by.may(Permission.HOLD_THERAPY):
        return words
    kept = {e.seq for e in entries if isinstance(e.event, NoteAdded) and e.event.kind is NoteKind.THERAPY}
    return {seq: said for seq, said in words.items() if seq not in kept}


def _plan(scope: Scope, person_id: UUID, picture: Picture) -> MedicinePlan | None:
    """Return what was agreed about the person's medicines for this route."""
    kept = medicines.newest_plan(scope, person_id)
    return kept.plan if kept is not None and kept.route == picture.protocol.route else None


def _allergies(known: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return what records say of allergies, and the newest answer to each question that asks for one."""
    answers = {each.concept: each for each in known if each.kind is FactKind.ANSWER}
    asked = [each for concept, each in answers.items() if concept.endswith("_allergy")]
    return (*(each for each in known if each.kind is FactKind.ALLERGY), *asked)


def _waiting(offered: OfferedReading | None, picture: Picture) -> OfferedReading | None:
    """Return what lies in the tray, unless somebody has taken a reading of that moment or a later one."""
    taken = picture.state.readings
    if offered is None or (taken and taken[-1].true_at >= offered.true_at):
        return None
    return offered


def _writers(entries: Iterable[SessionEntry], placed: Iterable[PlacedOrder]) -> set[UUID]:
    entries = tuple(entries)
    found = {entry.by for entry in entries}
    found |= {UUID(e.made_on.pen) for e in entries if e.made_on is not None and e.made_on.pen}
    for each in placed:
        found.add(each.order.ordered_by)
        if each.verification is not None:
            found.add(each.verification.verified_by)
    return found


def _zone(scope: Scope, site_id: UUID | None) -> tzinfo:
    sites = {site.id: site.time_zone for site in organisations.list_sites(scope)}
    return ZoneInfo(sites[site_id]) if site_id in sites else UTC
