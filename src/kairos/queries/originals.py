"""What a fact was read from, word for word, and the reports of imports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from kairos.queries.reading import reading
from kairos.store.repositories import accounts, facts, originals, people
from kairos.vocab.errors import Missing
from kairos.vocab.facts import Fact, FactId
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class OriginalEntry:
    """A fact with the entries it was read from, newest first, and who stated it where a person did."""

    fact: Fact
    name: str
    entries: tuple[str, ...]
    stated_by: str


@reading(Permission.SEE_ORIGINAL)
def original_entry(*, person_id: UUID, fact_id: FactId, by: Actor) -> OriginalEntry:
    """Return what a fact rests on. Call ``record_access`` first.

    Raises
    ------
    Missing    no such person or fact in the actor's programmes
    """
    person = people.find_person(by.scope, person_id)
    found = facts.find_facts(by.scope, person_id, [fact_id])
    if not found or person.identity is None:
        raise Missing("this entry is not there, or not within your programmes")
    resource_type, _, resource_id = found[0].origin.ref.partition("/")
    kept = originals.find_entries(by.scope, person_id, resource_type, resource_id)
    return OriginalEntry(
        fact=found[0],
        name=person.identity.shown_name,
        entries=tuple(_readable(originals.open_entry(by.scope, entry.id)[1]) for entry in kept),
        stated_by=_name_of(found[0].origin.by),
    )


def _readable(content: bytes) -> str:
    """Return JSON with one key a line; every value as it came."""
    return orjson.dumps(orjson.loads(content), option=orjson.OPT_INDENT_2).decode()


def _name_of(user_id: str) -> str:
    return accounts.names_of([UUID(user_id)]).get(UUID(user_id), "") if user_id else ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file: the report given, and the people it is about, by id and name."""

    run_id: UUID
    report: Mapping[str, Any]
    people: Mapping[UUID, str]


@reading(Permission.IMPORT_RECORD)
def import_reports(*, run_ids: Iterable[UUID], by: Actor) -> tuple[ImportReport, ...]:
    """Return the reports of these runs, in this order; those of other programmes are left out."""
    runs = originals.find_runs(by.scope, run_ids)
    ids = {UUID(one) for run in runs for one in run.report.get("people", ())}
    names = {one: identity.shown_name for one, identity in people.identities(by.scope, ids).items()}
    return tuple(ImportReport(run.id, run.report, _named(run.report, names)) for run in runs)


def _named(report: Mapping[str, Any], names: Mapping[UUID, str]) -> dict[UUID, str]:
    here = (UUID(one) for one in report.get("people", ()))
    return {one: names[one] for one in here if one in names}
