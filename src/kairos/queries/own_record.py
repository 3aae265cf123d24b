"""One's whole record, to take away: every table, every file, and what of it maps to FHIR."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.consents import own_person_id
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, consents, facts, originals, people, questionnaires
from kairos.store.repositories.consents import Consent
from kairos.store.repositories.people import Identity
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.whole_record import RecordFile, RecordTable, files_of, tables_of
from kairos.vocab.facts import Fact, OriginKind
from kairos.vocab.people import Actor, Permission

_WHO = frozenset({"actor", "by", "made_by", "owner", "user", "user_id", "who", "addressee"})


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A whole record as tables and files. Staff stand by name where their log-in has one."""

    name: str
    tables: tuple[RecordTable, ...]
    files: tuple[RecordFile, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class OwnClinical:
    """What of a record maps to FHIR: who, the resources as they came, what was stated here since."""

    person_id: UUID
    identity: Identity
    resources: tuple[bytes, ...]
    facts: tuple[Fact, ...]
    responses: tuple[QuestionnaireResponse, ...]
    consents: tuple[Consent, ...]


@reading(Permission.SEE_OWN_RECORD)
def own_record(*, by: Actor) -> OwnRecord:
    """Return the whole record of whoever is logged in.

    Raises
    ------
    Missing    the log-in is nobody's own, or the record was erased
    """
    person_id = own_person_id(by)
    identity = people.find_person(by.scope, person_id).identity
    tables = tables_of(by.scope, person_id)
    names = accounts.names_of(_staff(tables))
    return OwnRecord(
        name=identity.shown_name if identity else "",
        tables=tuple(_named(table, names) for table in tables),
        files=files_of(by.scope, person_id),
        zone=zone_for(by.scope, person_id),
    )


@reading(Permission.SEE_OWN_RECORD)
def own_clinical(*, by: Actor) -> OwnClinical:
    """Return what of the record of whoever is logged in maps to FHIR.

    Raises
    ------
    Missing    the log-in is nobody's own, or the record was erased
    """
    person_id = own_person_id(by)
    identity = people.find_person(by.scope, person_id).identity or Identity()
    stated = facts.facts_of(by.scope, person_id)
    return OwnClinical(
        person_id=person_id,
        identity=identity,
        resources=originals.resources_of(by.scope, person_id),
        facts=tuple(fact for fact in stated if fact.origin.kind is not OriginKind.RECORD),
        responses=questionnaires.responses_of(by.scope, person_id),
        consents=consents.consents_of(by.scope, person_id),
    )


def _is_who(column: str) -> bool:
    return column in _WHO or column.endswith("_by")


def _staff(tables: tuple[RecordTable, ...]) -> set[UUID]:
    return {
        value
        for table in tables
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if _is_who(column) and isinstance(value, UUID)
    }


def _named(table: RecordTable, names: Mapping[UUID, str]) -> RecordTable:
    places = [place for place, column in enumerate(table.columns) if _is_who(column)]
    return (
        replace(table, rows=tuple(_with_names(row, places, names) for row in table.rows)) if places else table
    )


def _with_names(row: tuple[Any, ...], places: list[int], names: Mapping[UUID, str]) -> tuple[Any, ...]:
    told = list(row)
    for place in places:
        told[place] = names.get(row[place]) or row[place]
    return tuple(told)
