"""The board of incidents: open ones first, with what was learned from those that are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.reading import reading
from kairos.store.repositories import accounts, incidents, organisations
from kairos.store.repositories.incidents import KnownIncident
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class IncidentBoard:
    """All incidents of the programmes; ``names`` are of who reported and reviewed."""

    open: tuple[KnownIncident, ...]
    closed: tuple[KnownIncident, ...]
    names: Mapping[UUID, str]
    zone: ZoneInfo


@reading(Permission.REPORT_INCIDENT)
def incident_board(*, by: Actor) -> IncidentBoard:
    """Return the board; whoever may report may read what was learned."""
    found = incidents.incidents(by.scope)
    return IncidentBoard(
        open=tuple(each for each in found if each.is_open),
        closed=tuple(each for each in found if not each.is_open),
        names=accounts.names_of(_people(found)),
        zone=_zone(by),
    )


@reading(Permission.REPORT_INCIDENT)
def incident_page(*, incident_id: UUID, by: Actor) -> IncidentBoard:
    """Return one incident, as a board that holds nothing else. Raises Missing."""
    found = incidents.find_incident(by.scope, incident_id)
    return IncidentBoard(
        open=(found,) if found.is_open else (),
        closed=() if found.is_open else (found,),
        names=accounts.names_of(_people((found,))),
        zone=_zone(by),
    )


def _people(found: tuple[KnownIncident, ...]) -> set[UUID]:
    reporters = {each.reported.reported_by for each in found}
    return reporters | {each.review.reviewed_by for each in found if each.review}


def _zone(by: Actor) -> ZoneInfo:
    sites = organisations.list_sites(by.scope)
    return ZoneInfo(sites[0].time_zone if sites else "UTC")
