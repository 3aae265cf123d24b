"""Originals byte for byte, their entries, runs of the import, proposals to join two records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kairos.store.ids import new_id
from kairos.store.records.originals import ImportRun as RunRecord
from kairos.store.records.originals import JoinProposal as JoinRecord
from kairos.store.records.originals import OriginalRecord, RecordEntry, SupersededEntry
from kairos.store.repositories.patient_rows import add, open_words, purpose_of, values_of
from kairos.store.repositories.rows import insert_many, to_columns, to_value, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.store.vault import PersonKey, key_of, keyed_digest
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of one person's record as they came."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    media_type: str
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of an original, and what became of it.

    ``status`` is ``taken``, ``stored_only``, ``not_understood`` or ``refused``; ``start`` and ``length``
    point into the original; ``content_digest`` is ``keyed_digest`` of its bytes. ``source_key`` is the
    same for each version of one resource of one source; ``None`` where it has no identity of its own.
    """

    id: UUID
    resource_type: str
    resource_id: str
    status: str
    start: int
    length: int
    content_digest: bytes
    source_key: bytes | None = None
    version_number: str = ""
    version_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One file brought in, and the report given. ``file_digest`` is ``keyed_digest`` of the file."""

    id: UUID
    programme_id: UUID
    file_digest: bytes
    status: str
    report: Mapping[str, Any]
    by: UUID


@dataclass(frozen=True, slots=True)
class JoinProposal:
    """Two people who may be one, for a human to decide (``join`` or ``apart``)."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    other_id: UUID
    because: tuple[str, ...]
    decision: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = None


def keep_original(scope: Scope, original: Original) -> UUID:
    """Keep the bytes, unless this person's record already holds the same; return the id they have."""
    check_within(scope, original.programme_id, original.person_id)
    digest = keyed_digest(original.content)
    same = OriginalRecord.objects.filter(person_id=original.person_id, digest=digest)
    known = within(same, scope).filter(programme_id=original.programme_id).first()
    if known is not None:
        return known.id
    key = key_of(original.person_id)
    OriginalRecord.objects.create(
        **to_columns(original, "content", "file_name"),
        digest=digest,
        size=len(original.content),
        sealed=key.seal(original.content, purpose_of(OriginalRecord, original.id)),
        sealed_file_name=key.seal(original.file_name.encode(), f"file-name/{original.id}"),
    )
    return original.id


def open_original(scope: Scope, original_id: UUID) -> Original:
    """Return an original with its bytes.

    Raises
    ------
    Missing
    """
    row = the_only(within(OriginalRecord.objects.filter(id=original_id), scope), "the original record")
    key = key_of(row.person_id)
    content = key.open(bytes(row.sealed), purpose_of(OriginalRecord, row.id))
    name = key.open(bytes(row.sealed_file_name), f"file-name/{row.id}").decode()
    return to_value(Original, row, content=content, file_name=name)


def add_entries(scope: Scope, original: Original, original_id: UUID, entries: Iterable[Entry]) -> int:
    """Keep the entries of an original in one statement; return how many were not there yet."""
    check_within(scope, original.programme_id, original.person_id)
    key = key_of(original.person_id)
    common = {
        "programme_id": original.programme_id,
        "person_id": original.person_id,
        "original_id": original_id,
    }
    rows = [common | _entry_columns(entry, key) for entry in entries]
    return insert_many(RecordEntry, rows, skip_known=True)


def known_digests(scope: Scope, person_id: UUID) -> frozenset[bytes]:
    """Return the digests of the entries already kept of a person."""
    rows = within(RecordEntry.objects.filter(person_id=person_id), scope)
    return frozenset(bytes(digest) for digest in rows.values_list("digest", flat=True))


def entries_of(scope: Scope, person_id: UUID) -> tuple[Entry, ...]:
    """Return the entries of a person, in the order of their originals."""
    rows = list(
        within(RecordEntry.objects.filter(person_id=person_id), scope).order_by("recorded_at", "start", "id")
    )
    key = key_of(person_id) if rows else None
    return tuple(_entry(row, key) for row in rows)


def find_entries(scope: Scope, person_id: UUID, resource_type: str, resource_id: str) -> tuple[Entry, ...]:
    """Return what was kept of one resource: what counts first, then what was superseded, newest first."""
    wanted = _resource_key(resource_type, resource_id)
    rows = within(RecordEntry.objects.filter(person_id=person_id, resource_key=wanted), scope)
    counting = rows.annotate(is_superseded=Q(superseded__isnull=False))
    return tuple(_entry(row, None) for row in counting.order_by("is_superseded", "-recorded_at", "-id"))


def newest_entries(scope: Scope, person_id: UUID, source_keys: Iterable[bytes]) -> dict[bytes, Entry]:
    """Return by source key the version of each resource that counts now."""
    rows = RecordEntry.objects.filter(
        person_id=person_id, source_key__in=list(source_keys), superseded__isnull=True
    )
    entries = (_entry(row, None) for row in within(rows, scope))
    return {entry.source_key: entry for entry in entries if entry.source_key}


def supersede(scope: Scope, original: Original, pairs: Iterable[tuple[UUID, UUID]]) -> int:
    """Keep that entries were superseded: pairs of the older one and the one that counts in its place."""
    check_within(scope, original.programme_id, original.person_id)
    common = {"programme_id": original.programme_id, "person_id": original.person_id}
    rows = [common | {"id": new_id(), "entry_id": older, "by_entry_id": newer} for older, newer in pairs]
    return insert_many(SupersededEntry, rows)


def open_entry(scope: Scope, entry_id: UUID) -> tuple[Entry, bytes]:
    """Return an entry with its own bytes out of the original.

    Raises
    ------
    Missing
    """
    row = the_only(within(RecordEntry.objects.filter(id=entry_id), scope), "the entry")
    content = open_original(scope, row.original_id).content
    return _entry(row, None), content[row.start : row.start + row.length]


def resources_of(scope: Scope, person_id: UUID) -> tuple[bytes, ...]:
    """Return the resources of a person that count, each as it came, in the order of their originals."""
    counting = RecordEntry.objects.filter(person_id=person_id, superseded__isnull=True)
    rows = list(within(counting, scope).order_by("recorded_at", "start", "id"))
    contents = {one: open_original(scope, one).content for one in {row.original_id for row in rows}}
    return tuple(contents[row.original_id][row.start : row.start + row.length] for row in rows)


def people_with_digest(scope: Scope, digest: bytes) -> frozenset[UUID]:
    """Return whose originals have these bytes (by ``keyed_digest``): importing twice is found so."""
    rows = within(OriginalRecord.objects.filter(digest=digest), scope)
    return frozenset(rows.values_list("person_id", flat=True))


def person_of_resource(scope: Scope, resource_type: str, resource_id: str) -> UUID | None:
    """Return the person for whom this resource was kept before, if any."""
    wanted = _resource_key(resource_type, resource_id)
    rows = within(RecordEntry.objects.filter(resource_key=wanted), scope).order_by("recorded_at", "id")
    return rows.values_list("person_id", flat=True).first()


def add_run(scope: Scope, run: ImportRun) -> None:
    """Keep the report of one file."""
    check_within(scope, run.programme_id, scope.patient_id)
    RunRecord.objects.create(**to_columns(run))


def runs_of(scope: Scope, file_digest: bytes | None = None) -> tuple[ImportRun, ...]:
    """Return the runs of the scope, newest first; of one file, if its digest is given."""
    rows = RunRecord.objects.filter(programme_id__in=scope.programme_ids)
    rows = rows if file_digest is None else rows.filter(file_digest=file_digest)
    return to_values(ImportRun, rows.order_by("-recorded_at", "-id"))


def find_runs(scope: Scope, run_ids: Iterable[UUID]) -> tuple[ImportRun, ...]:
    """Return these runs in the order asked; those outside the scope are left out."""
    wanted = list(run_ids)
    rows = RunRecord.objects.filter(programme_id__in=scope.programme_ids, id__in=wanted)
    return tuple(sorted(to_values(ImportRun, rows), key=lambda run: wanted.index(run.id)))


def propose_join(scope: Scope, proposal: JoinProposal) -> None:
    """Propose that two people be looked at as one; the same pair is proposed once."""
    seen = within(JoinRecord.objects.filter(person_id=proposal.person_id, other_id=proposal.other_id), scope)
    if not seen.exists():
        add(JoinRecord, scope, proposal)


def open_joins(scope: Scope) -> tuple[JoinProposal, ...]:
    """Return the proposals that nobody has decided."""
    return values_of(
        JoinProposal, within(JoinRecord.objects.filter(decision=""), scope).order_by("recorded_at")
    )


def decide_join(scope: Scope, proposal_id: UUID, decision: str, *, by: UUID, now: datetime) -> JoinProposal:
    """Record what a human decided of a proposal, once.

    Raises
    ------
    Missing    no such proposal, or it is decided already
    """
    rows = within(JoinRecord.objects.select_for_update().filter(id=proposal_id, decision=""), scope)
    row = the_only(rows, "the open proposal")
    row.decision, row.decided_by, row.decided_at = decision, by, now
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    return to_value(JoinProposal, row)


def _resource_key(resource_type: str, resource_id: str) -> bytes:
    return keyed_digest(f"{resource_type}/{resource_id}".encode())


def _entry_columns(entry: Entry, key: PersonKey) -> dict[str, Any]:
    words = key.seal_words({"id": entry.resource_id}, purpose_of(RecordEntry, entry.id))
    columns = to_columns(entry, "resource_id", "content_digest")
    resource_key = _resource_key(entry.resource_type, entry.resource_id)
    return columns | {"resource_key": resource_key, "digest": entry.content_digest, "words": words}


def _entry(row: RecordEntry, key: PersonKey | None) -> Entry:
    resource_id = str(open_words(row, key)["id"])
    source_key = bytes(row.source_key) if row.source_key is not None else None
    return to_value(
        Entry, row, resource_id=resource_id, content_digest=bytes(row.digest), source_key=source_key
    )
