"""Open the demonstration clinic: an organisation with one programme, its sites and places."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import organisations
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A building of the demonstration and its chairs."""

    name: str
    time_zone: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedSite:
    """A site that was opened, and its places in the order given."""

    id: UUID
    place_ids: tuple[UUID, ...]


@command("open_demo_clinic", None)
def open_demo_clinic(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    programme_id: UUID,
    name: str,
    programme_name: str,
    sites: tuple[DemoSite, ...],
) -> tuple[tuple[OpenedSite, ...], AuditNote]:
    """Open the demonstration in a fresh database, marked as such for good.

    Raises
    ------
    InvalidInput    there is an organisation already: a demonstration never stands beside real people
    """
    if organisations.list_organisations():
        raise InvalidInput(
            Problem("organisation", "there is one already; the demonstration wants a fresh home")
        )
    zone = sites[0].time_zone
    organisations.add_organisation(organisations.Organisation(by.scope.organisation_id, name, zone))
    organisations.add_programme(
        organisations.Programme(programme_id, by.scope.organisation_id, programme_name, is_demo=True)
    )
    opened = tuple(_open_site(by, programme_id, site) for site in sites)
    return opened, AuditNote(f"programme:{programme_id}", programme_id=programme_id)


def _open_site(by: Actor, programme_id: UUID, site: DemoSite) -> OpenedSite:
    opened = OpenedSite(new_id(), tuple(new_id() for _ in site.places))
    organisations.add_site(by.scope, organisations.Site(opened.id, programme_id, site.name, site.time_zone))
    for place_id, name in zip(opened.place_ids, site.places, strict=True):
        organisations.add_place(by.scope, organisations.Place(place_id, programme_id, opened.id, name))
    return opened
