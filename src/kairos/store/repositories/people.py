"""People, who they are, and the programmes they are enrolled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kairos.store import vault
from kairos.store.records.people import Enrolment as EnrolmentRecord
from kairos.store.records.people import Person as PersonRecord
from kairos.store.records.people import PersonIdentity as IdentityRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, once_a_reading, the_only, within
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is. ``contacts`` are ``{"kind", "value"}``, ``identifiers`` ``{"system", "value"}``."""

    family_name: str = ""
    given_names: str = ""
    preferred_name: str = ""
    born_on: PartialDate | None = None
    sex: str = ""
    language: str = ""
    time_zone: str = ""
    contacts: tuple[Mapping[str, str], ...] = ()
    identifiers: tuple[Mapping[str, str], ...] = ()

    @property
    def shown_name(self) -> str:
        """The name to show: preferred, else given, with the family name."""
        return " ".join(part for part in (self.preferred_name or self.given_names, self.family_name) if part)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person in a programme, and the stage reached there."""

    id: UUID
    person_id: UUID
    programme_id: UUID
    stage: str
    site_id: UUID | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person with identity (``None`` after erasure) and the enrolments within the scope."""

    id: UUID
    organisation_id: UUID
    identity: Identity | None
    enrolments: tuple[Enrolment, ...] = field(default=())
    erased_at: datetime | None = None


def add_person(scope: Scope, enrolment: Enrolment, identity: Identity) -> None:
    """Add a person, their key and identity, enrolled in one programme of the scope."""
    check_within(scope, enrolment.programme_id, enrolment.person_id)
    EnrolmentRecord.objects.create(**to_columns(enrolment))
    PersonRecord.objects.create(id=enrolment.person_id, organisation_id=scope.organisation_id)
    IdentityRecord.objects.create(person_id=enrolment.person_id, **_identity_columns(identity))
    vault.make_key(enrolment.person_id)


def enrol(scope: Scope, enrolment: Enrolment) -> None:
    """Enrol a person whom the scope already sees in another of its programmes."""
    check_within(scope, enrolment.programme_id, enrolment.person_id)
    EnrolmentRecord.objects.create(**to_columns(enrolment))


@once_a_reading
def find_person(scope: Scope, person_id: UUID) -> Person:
    """Return the person, whose enrolments outside the scope are not shown.

    Raises
    ------
    Missing
    """
    enrolments = enrolments_of(scope, person_id)
    rows = PersonRecord.objects.filter(
        id=person_id, organisation_id=scope.organisation_id, id__in=[e.person_id for e in enrolments]
    )
    row = the_only(rows, "this person")
    identity = IdentityRecord.objects.filter(person_id=person_id).first()
    return Person(
        id=row.id,
        organisation_id=row.organisation_id,
        identity=_identity(identity) if identity else None,
        enrolments=enrolments,
        erased_at=row.erased_at,
    )


@once_a_reading
def enrolments_of(scope: Scope, person_id: UUID) -> tuple[Enrolment, ...]:
    """Return the person's enrolments within the scope, oldest first."""
    rows = within(EnrolmentRecord.objects.filter(person_id=person_id), scope).order_by("recorded_at", "id")
    return to_values(Enrolment, rows)


def list_enrolments(scope: Scope, *, stages: Iterable[str] = ()) -> tuple[Enrolment, ...]:
    """Return the enrolments of the scope, of these stages if any are named."""
    wanted = list(stages)
    rows = EnrolmentRecord.objects.filter(stage__in=wanted) if wanted else EnrolmentRecord.objects.all()
    return to_values(Enrolment, within(rows, scope).order_by("recorded_at", "id"))


def identities(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, Identity]:
    """Return the identities of these people, by id, in one query; the erased are left out."""
    return {
        row.person_id: _identity(row) for row in _identity_rows(scope).filter(person_id__in=list(person_ids))
    }


def search(scope: Scope, words: str) -> frozenset[UUID]:
    """Return whose name holds each of the words, or whose birth date or identifier is the text given."""
    named = Q()
    for word in words.split():
        named &= (
            Q(family_name__icontains=word)
            | Q(given_names__icontains=word)
            | Q(preferred_name__icontains=word)
        )
    known = Q(born_on__startswith=words) | Q(identifiers__contains=[{"value": words}])
    rows = _identity_rows(scope).filter(named | known | _own_id(words))
    return frozenset(rows.values_list("person_id", flat=True))


def _own_id(words: str) -> Q:
    try:
        return Q(person_id=UUID(words))
    except ValueError:
        return Q(pk=None)


def move_to_stage(scope: Scope, enrolment_id: UUID, stage: str) -> None:
    """Set the stage an enrolment has reached; the version before is kept.

    Raises
    ------
    Missing
    """
    row = the_only(within(EnrolmentRecord.objects.filter(id=enrolment_id), scope), "the enrolment")
    row.stage = stage
    row.save(update_fields=["stage"])


def change_identity(scope: Scope, person_id: UUID, identity: Identity) -> None:
    """Replace what is known of who a person is; the version before is kept until erasure.

    Raises
    ------
    Missing
    """
    row = the_only(_identity_rows(scope).filter(person_id=person_id), "this person")
    for name, value in _identity_columns(identity).items():
        setattr(row, name, value)
    row.save()


def add_identifiers(scope: Scope, person_id: UUID, more: Iterable[Mapping[str, str]]) -> None:
    """Let a person be known by further identifiers; those known already change nothing."""
    held = identities(scope, [person_id])[person_id]
    fresh = tuple(one for one in more if one not in held.identifiers)
    if fresh:
        change_identity(scope, person_id, replace(held, identifiers=(*held.identifiers, *fresh)))


def possible_matches(scope: Scope, identity: Identity, *, without: UUID) -> dict[UUID, tuple[str, ...]]:
    """Return people who may be the same one, each with the reasons; for a human to judge."""
    same_name = Q(
        family_name__iexact=identity.family_name,
        given_names__iexact=identity.given_names,
        born_on=str(identity.born_on or ""),
    )
    same_identifier = Q()
    for identifier in identity.identifiers:
        same_identifier |= Q(identifiers__contains=[dict(identifier)])
    known = [{"system": i["system"], "value": i["value"]} for i in identity.identifiers]
    asked = (same_name if identity.family_name and identity.born_on else Q(pk=None)) | same_identifier
    if not known and not (identity.family_name and identity.born_on):
        return {}
    rows = _identity_rows(scope).filter(asked).exclude(person_id=without)
    return {row.person_id: _reasons(_identity(row), identity) for row in rows}


def erase(scope: Scope, person_id: UUID, *, by: UUID, now: datetime) -> None:
    """Delete identity (all versions) and key; the row of the person stays as a tombstone.

    Raises
    ------
    Missing    no such person, or outside the scope
    """
    find_person(scope, person_id)
    row = PersonRecord.objects.get(id=person_id)
    row.erased_at, row.erased_by = now, by
    row.save(update_fields=["erased_at", "erased_by"])
    IdentityRecord.objects.filter(person_id=person_id).delete()
    IdentityRecord.pgh_event_model.objects.filter(person_id=person_id).delete()  # type: ignore[attr-defined]
    vault.destroy_key(person_id)


def _identity_rows(scope: Scope) -> Any:
    seen = within(EnrolmentRecord.objects.all(), scope).values("person_id")
    return IdentityRecord.objects.filter(person_id__in=seen)


def _identity_columns(identity: Identity) -> dict[str, Any]:
    columns = to_columns(identity, "born_on", "contacts", "identifiers")
    return columns | {
        "born_on": str(identity.born_on or ""),
        "contacts": [dict(contact) for contact in identity.contacts],
        "identifiers": [dict(identifier) for identifier in identity.identifiers],
    }


def _identity(row: IdentityRecord) -> Identity:
    return to_value(
        Identity,
        row,
        born_on=PartialDate.parse(row.born_on) if row.born_on else None,
        contacts=tuple(row.contacts),
        identifiers=tuple(row.identifiers),
    )


def _reasons(found: Identity, asked: Identity) -> tuple[str, ...]:
    shared = [i for i in asked.identifiers if i in found.identifiers]
    reasons = ["same_identifier"] if shared else []
    if found.family_name.lower() == asked.family_name.lower() and found.born_on == asked.born_on:
        reasons.append("same_name_and_birth_date")
    return tuple(reasons)
