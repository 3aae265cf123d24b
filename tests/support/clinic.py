"""Builders for the database tests: a clinic with one programme, people in it, staff who act."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.protocols.readiness import LIVE
from kairos.domain.stock.dose_source import Keeping
from kairos.store.ids import new_id
from kairos.store.repositories import files, organisations, people, readiness, stock
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role, Scope
from tests.support import canaries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG_AHEAD = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Clinic:
    """An organisation with one programme and one site."""

    organisation_id: UUID
    programme_id: UUID
    site_id: UUID

    @property
    def scope(self) -> Scope:
        """The scope of its staff."""
        return Scope(self.organisation_id, frozenset({self.programme_id}))


def make_clinic(organisation_id: UUID | None = None, *, is_live: bool = True, zone: str = "UTC") -> Clinic:
    """Return a clinic in the database, live; give an organisation to add a second programme to it."""
    clinic = Clinic(organisation_id or new_id(), new_id(), new_id())
    if organisation_id is None:
        organisations.add_organisation(organisations.Organisation(clinic.organisation_id, "Lindenhof"))
    organisations.add_programme(
        organisations.Programme(clinic.programme_id, clinic.organisation_id, "Ketamine")
    )
    with scoped(clinic.scope):
        organisations.add_site(
            clinic.scope, organisations.Site(clinic.site_id, clinic.programme_id, "Main house", zone)
        )
        declare_keeping(clinic)
        if is_live:
            make_live(clinic)
    return clinic


def make_live(clinic: Clinic) -> None:
    """Keep that every item of the readiness was looked at, and that the programme went live."""
    told = ("readiness.txt", "text/plain", b"looked at", new_id())
    evidence = files.StoredFile(new_id(), clinic.programme_id, *told)
    files.keep_file(clinic.scope, evidence)
    items = (*(item.id for item in load_release().standards.readiness), LIVE)
    said = ("holds", LONG_AHEAD, evidence.id, new_id(), NOW)
    statements = [readiness.KeptStatement(new_id(), clinic.programme_id, item, *said) for item in items]
    readiness.add_statements(clinic.scope, statements)


def declare_keeping(clinic: Clinic, kept: Keeping = Keeping.ELSEWHERE) -> None:
    """Say where the programme keeps its stock: at a pharmacy, where nothing else is named."""
    declared = stock.KeepingDeclared(new_id(), clinic.programme_id, kept, new_id(), NOW, "Park Pharmacy")
    stock.declare_keeping(clinic.scope, declared)


def make_person(clinic: Clinic, identity: people.Identity | None = None, stage: str = "screening") -> UUID:
    """Return the id of a new person enrolled in the clinic's programme."""
    person_id = new_id()
    enrolment = people.Enrolment(new_id(), person_id, clinic.programme_id, stage)
    with scoped(clinic.scope):
        people.add_person(
            clinic.scope, enrolment, identity or people.Identity(canaries.FAMILY, canaries.GIVEN)
        )
    return person_id


def staff(clinic: Clinic, *roles: Role) -> Actor:
    """Return somebody of the clinic's staff; a clinician where no role is named."""
    return Actor(new_id(), frozenset(roles or {Role.CLINICIAN}), clinic.scope, "Dr Example")


def jobs(clinic: Clinic) -> Actor:
    """Return our own processes, acting in this clinic."""
    return Actor(UUID(int=1), frozenset(), clinic.scope, "Kairos", is_system=True)
