"""Organisations, programmes, sites and places."""

from dataclasses import dataclass
from uuid import UUID

from kairos.store.records.organisations import Organisation as OrganisationRecord
from kairos.store.records.organisations import Place as PlaceRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.records.organisations import Site as SiteRecord
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whoever answers for the people treated."""

    id: UUID
    name: str
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme of an organisation."""

    id: UUID
    organisation_id: UUID
    name: str
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """Where a programme treats."""

    id: UUID
    programme_id: UUID
    name: str
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Place:
    """A chair or bed of a site."""

    id: UUID
    programme_id: UUID
    site_id: UUID
    name: str


def add_organisation(organisation: Organisation) -> None:
    """Add an organisation; done once, when Kairos is set up."""
    OrganisationRecord.objects.create(**to_columns(organisation))


def add_programme(programme: Programme) -> None:
    """Add a programme to an organisation."""
    ProgrammeRecord.objects.create(**to_columns(programme))


def add_site(scope: Scope, site: Site) -> None:
    """Add a site to a programme of the scope."""
    check_within(scope, site.programme_id, scope.patient_id)
    SiteRecord.objects.create(**to_columns(site))


def add_place(scope: Scope, place: Place) -> None:
    """Add a place to a site of the scope."""
    check_within(scope, place.programme_id, scope.patient_id)
    PlaceRecord.objects.create(**to_columns(place))


def list_organisations() -> tuple[Organisation, ...]:
    """Return all organisations of this installation."""
    return to_values(Organisation, OrganisationRecord.objects.order_by("recorded_at", "id"))


def list_programmes(scope: Scope) -> tuple[Programme, ...]:
    """Return the programmes of the scope."""
    rows = ProgrammeRecord.objects.filter(id__in=scope.programme_ids, organisation_id=scope.organisation_id)
    return to_values(Programme, rows.order_by("name", "id"))


def list_sites(scope: Scope) -> tuple[Site, ...]:
    """Return the sites of the scope's programmes. Sites are no patient's: a patient sees them too."""
    rows = within(SiteRecord.objects.all(), Scope(scope.organisation_id, scope.programme_ids))
    return to_values(Site, rows.order_by("name", "id"))


def list_places(scope: Scope) -> tuple[Place, ...]:
    """Return the places of the scope's sites."""
    rows = within(PlaceRecord.objects.all(), Scope(scope.organisation_id, scope.programme_ids))
    return to_values(Place, rows.order_by("name", "id"))
