"""Controlled stock: where it is kept, lots and their ledgers. The database gives each entry its balance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum

from kairos.domain.stock.amounts import NOTHING
from kairos.domain.stock.dose_source import Keeping, Lot
from kairos.domain.stock.ledger import Balance, EntryKind, LedgerEntry, Movement
from kairos.store.records.stock import PharmacyReference as ReferenceRecord
from kairos.store.records.stock import StockEntry as EntryRecord
from kairos.store.records.stock import StockKeeping as KeepingRecord
from kairos.store.records.stock import StockLot as LotRecord
from kairos.store.repositories.patient_rows import add, value_of
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeepingDeclared:
    """Who declared where a programme keeps its stock; ``reference`` names the pharmacy where it does."""

    id: UUID
    programme_id: UUID
    kept: Keeping
    declared_by: UUID
    declared_at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class KeptLot:
    """A lot with the programme it belongs to and who added it."""

    programme_id: UUID
    lot: Lot
    added_by: UUID


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry before the database gives it its place; ids, codes and numbers only."""

    id: UUID
    programme_id: UUID
    lot_id: UUID
    movement: Movement
    true_at: datetime
    by: UUID
    witness: UUID | None = None
    order_id: UUID | None = None
    reverses: UUID | None = None
    discrepancy: UUID | None = None
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An entry as the register prints it."""

    entry: LedgerEntry
    lot_id: UUID
    true_at: datetime
    recorded_at: datetime
    by: UUID
    witness: UUID | None
    order_id: UUID | None
    discrepancy: UUID | None
    reason: str
    reference: str


@dataclass(frozen=True, slots=True)
class PharmacyReference:
    """What stands on the label of a dose that a pharmacy keeps; ``words`` hold the reference."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    order_id: UUID
    words: Mapping[str, Any]
    recorded_by: UUID
    true_at: datetime


def declare_keeping(scope: Scope, declared: KeepingDeclared) -> None:
    """Keep a declaration; the newest one holds."""
    check_within(scope, declared.programme_id, scope.patient_id)
    KeepingRecord.objects.create(**to_columns(declared))


def keeping_of(scope: Scope, programme_id: UUID) -> KeepingDeclared | None:
    """Return what a programme declared last; None where nobody declared anything."""
    rows = within(KeepingRecord.objects.filter(programme_id=programme_id), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return to_value(KeepingDeclared, row, kept=Keeping(row.kept)) if row else None


def add_lot(scope: Scope, kept: KeptLot) -> Lot:
    """Add a lot, or return the one that is there: same site, product, number and size of container."""
    check_within(scope, kept.programme_id, scope.patient_id)
    columns = to_columns(kept.lot)
    key = {name: columns[name] for name in ("site_id", "product", "lot_number", "container_mg")}
    given = {"programme_id": kept.programme_id, "added_by": kept.added_by}
    row, _ = LotRecord.objects.get_or_create(**key, defaults=columns | given)
    return to_value(Lot, row)


def find_lot(scope: Scope, lot_id: UUID) -> KeptLot:
    """Return a lot. Raises Missing."""
    row = the_only(within(LotRecord.objects.filter(id=lot_id), scope), "the lot")
    return KeptLot(row.programme_id, to_value(Lot, row), row.added_by)


def lots_of(scope: Scope, site_id: UUID | None = None) -> tuple[Lot, ...]:
    """Return the lots of a site, or of all sites, the first to expire first."""
    rows = within(LotRecord.objects.all(), scope)
    rows = rows if site_id is None else rows.filter(site_id=site_id)
    return to_values(Lot, rows.order_by("expires_on", "lot_number", "id"))


def hold_lot(lot_id: UUID) -> None:
    """Wait until nobody else writes to this lot's ledger, and keep it to the end of the transaction."""
    with connection.cursor() as cursor:
        key = f"kairos_stock:{lot_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def write_entry(scope: Scope, draft: EntryDraft) -> LedgerEntry:
    """Add an entry to its lot's ledger and return it with the place and balance it was given."""
    check_within(scope, draft.programme_id, scope.patient_id)
    moved = draft.movement
    columns = to_columns(draft, "movement", "reverses") | {
        "kind": moved.kind.value,
        "in_mg": moved.in_mg,
        "out_mg": moved.out_mg,
        "issue": moved.issue,
        "reverses_id": draft.reverses,
    }
    EntryRecord.objects.create(**columns)
    return _entry(EntryRecord.objects.get(id=draft.id))


def ledger_of(scope: Scope, lot_id: UUID) -> tuple[LedgerEntry, ...]:
    """Return all entries of a lot in order."""
    return tuple(_entry(row) for row in _rows(scope).filter(lot_id=lot_id).order_by("seq"))


def register_of(scope: Scope, lot_id: UUID) -> tuple[RegisterRow, ...]:
    """Return the register of a lot, the oldest entry first."""
    rows = _rows(scope).filter(lot_id=lot_id).order_by("seq")
    return tuple(_register_row(row) for row in rows)


def entries_of_issue(scope: Scope, issue: UUID) -> tuple[RegisterRow, ...]:
    """Return a taking-out and everything that accounts for it, in order."""
    return tuple(_register_row(row) for row in _rows(scope).filter(issue=issue).order_by("seq"))


def find_entry(scope: Scope, entry_id: UUID) -> RegisterRow:
    """Return one entry. Raises Missing."""
    return _register_row(the_only(_rows(scope).filter(id=entry_id), "the entry"))


def balances_of(scope: Scope, lot_ids: Iterable[UUID]) -> dict[UUID, Balance]:
    """Return the balance of each lot, as its newest entry says it, in one query."""
    rows = _rows(scope).filter(lot_id__in=set(lot_ids)).order_by("lot_id", "-seq").distinct("lot_id")
    return {row.lot_id: _entry(row).balance for row in rows}


def out_for_order(scope: Scope, order_id: UUID) -> dict[UUID, Decimal]:
    """Return how many mg of each taking-out for an order are not accounted for."""
    issues = _rows(scope).filter(order_id=order_id, kind=EntryKind.DISPENSED.value).values("issue")
    return _left(_rows(scope).filter(issue__in=issues))


def administered_for(scope: Scope, order_id: UUID) -> Decimal:
    """Return how many mg the ledger says were given of an order, corrections taken in."""
    issues = _rows(scope).filter(order_id=order_id, kind=EntryKind.DISPENSED.value).values("issue")
    given = _rows(scope).filter(issue__in=issues, kind=EntryKind.ADMINISTERED.value, reversed_by__isnull=True)
    return -(given.aggregate(sum=Sum("out_mg"))["sum"] or NOTHING)


def open_issues(scope: Scope) -> dict[UUID, Decimal]:
    """Return every taking-out that is not accounted for to the last microgram."""
    return _left(_rows(scope).filter(issue__isnull=False))


def _left(rows: "QuerySet[EntryRecord]") -> dict[UUID, Decimal]:
    summed = rows.values("issue").annotate(left=Sum("out_mg"))
    return {row["issue"]: row["left"] for row in summed if row["issue"] and row["left"] > NOTHING}


def keep_reference(scope: Scope, reference: PharmacyReference) -> None:
    """Keep what a pharmacy wrote on a dose."""
    add(ReferenceRecord, scope, reference)


def reference_for(scope: Scope, order_id: UUID) -> PharmacyReference | None:
    """Return the pharmacy's reference for an order, the newest one, if there is any."""
    rows = within(ReferenceRecord.objects.filter(order_id=order_id), scope)
    row = rows.order_by("-recorded_at", "-id").first()
    return value_of(PharmacyReference, row) if row else None


def _rows(scope: Scope) -> "QuerySet[EntryRecord]":
    return within(EntryRecord.objects.all(), scope)


def _entry(row: EntryRecord) -> LedgerEntry:
    movement = Movement(EntryKind(row.kind), row.in_mg, row.out_mg, row.issue)
    balance = Balance(row.balance_in_mg, row.balance_out_mg)
    return LedgerEntry(row.id, row.seq, movement, balance, row.reverses_id)


def _register_row(row: EntryRecord) -> RegisterRow:
    return to_value(RegisterRow, row, entry=_entry(row))
