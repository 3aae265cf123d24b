"""Joining two records of one person: everything kept of the one is kept of the other too."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from kairos.store.ids import new_id
from kairos.store.records.originals import Fact as FactRecord
from kairos.store.records.originals import OriginalRecord, RecordEntry, SupersededEntry
from kairos.store.repositories import facts, originals
from kairos.store.scope import within
from kairos.vocab.facts import Fact, FactId
from kairos.vocab.people import Scope


def take_over(scope: Scope, *, programme_id: UUID, giver: UUID, taker: UUID) -> int:
    """Keep originals, entries and facts of one person as another's, and return how many facts there were.

    Everything is opened with the giver's key and closed with the taker's. Nothing of the taker changes:
    a fact whose id is taken gets one of its own.
    """
    moved: dict[UUID, UUID] = {}
    for row in within(OriginalRecord.objects.filter(person_id=giver), scope).order_by("recorded_at", "id"):
        moved |= _take_original(scope, row.id, taker)
    _take_superseded(scope, giver, programme_id, taker, moved)
    return _take_facts(scope, programme_id, giver, taker, moved)


def _take_original(scope: Scope, original_id: UUID, taker: UUID) -> dict[UUID, UUID]:
    """Keep an original and its entries; return by old entry the one that stands for it now."""
    rows = within(RecordEntry.objects.filter(original_id=original_id), scope).values_list("id", flat=True)
    found = [originals.open_entry(scope, entry_id)[0] for entry_id in rows]
    copy = replace(originals.open_original(scope, original_id), id=new_id(), person_id=taker)
    kept_id = originals.keep_original(scope, copy)
    originals.add_entries(scope, copy, kept_id, [replace(entry, id=new_id()) for entry in found])
    held = {_identity(entry): entry.id for entry in originals.entries_of(scope, taker)}
    return {entry.id: held[_identity(entry)] for entry in found}


def _identity(entry: originals.Entry) -> tuple[str, str, bytes]:
    return entry.resource_type, entry.resource_id, entry.content_digest


def _take_superseded(
    scope: Scope, giver: UUID, programme_id: UUID, taker: UUID, moved: dict[UUID, UUID]
) -> None:
    done = set(
        within(SupersededEntry.objects.filter(person_id=taker), scope).values_list("entry_id", flat=True)
    )
    rows = within(SupersededEntry.objects.filter(person_id=giver), scope)
    pairs = [(moved[row.entry_id], moved[row.by_entry_id]) for row in rows]
    about = originals.Original(new_id(), programme_id, taker, "", "", b"")
    originals.supersede(scope, about, [pair for pair in pairs if pair[0] not in done])


def _take_facts(scope: Scope, programme_id: UUID, giver: UUID, taker: UUID, moved: dict[UUID, UUID]) -> int:
    rows = within(FactRecord.objects.filter(person_id=giver), scope).order_by("recorded_at", "id")
    entry_of = {facts.row_id(programme_id, giver, fact.id): fact for fact in facts.all_facts(scope, giver)}
    given = [(entry_of[row.id], moved.get(row.entry_id) if row.entry_id else None) for row in rows]
    names = _free_names(scope, programme_id, taker, [fact.id for fact, _ in given])
    stated = [(_renamed(fact, names), entry_id) for fact, entry_id in given]
    return facts.add_facts_of_entries(scope, programme_id, taker, stated)


def _free_names(scope: Scope, programme_id: UUID, taker: UUID, ids: Iterable[FactId]) -> dict[FactId, FactId]:
    names = {fact_id: fact_id for fact_id in ids}
    version = 1
    while taken := facts.held_ids(scope, programme_id, taker, names.values()):
        version += 1
        names = {old: f"{old}~{version}" if new in taken else new for old, new in names.items()}
    return names


def _renamed(fact: Fact, names: dict[FactId, FactId]) -> Fact:
    """Give a fact its free id, and follow the ids it speaks of."""
    details = dict(fact.details)
    for name in ("refutes", "about"):
        if name in details:
            details[name] = " ".join(names.get(one, one) for one in str(details[name]).split())
    return replace(fact, id=names[fact.id], details=details)
