"""What is shown when an appointment is about to be opened."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.home_sessions import is_at_home
from kairos.queries.reading import reading
from kairos.store.repositories import alarms, content, courses, organisations, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.organisations import Place
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """An appointment, whose it is, the places that are free now, and whether the content is signed."""

    planned: PlannedSession
    identity: Identity
    free: tuple[Place, ...]
    zone: tzinfo
    is_signed: bool
    is_at_home: bool = False


@reading(Permission.RUN_SESSION)
def opening_page(*, planned_session_id: UUID, by: Actor, now: datetime) -> OpeningPage:
    """Return an appointment with the places at which it can be opened.

    Raises
    ------
    Missing    no such appointment within the scope
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    taken = {each.place_id for each in alarms.summaries(by.scope)}
    places = organisations.list_places(by.scope)
    zones = {site.id: site.time_zone for site in organisations.list_sites(by.scope)}
    return OpeningPage(
        planned=planned,
        identity=people.identities(by.scope, [planned.person_id]).get(planned.person_id, Identity()),
        free=tuple(
            place for place in places if place.id not in taken and planned.site_id in (None, place.site_id)
        ),
        zone=ZoneInfo(zones[planned.site_id]) if planned.site_id in zones else UTC,
        is_signed=content.content_in_force(by.scope, planned.programme_id).is_signed,
        is_at_home=is_at_home(by.scope, planned),
    )
