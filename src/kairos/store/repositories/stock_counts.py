"""Counts of stock, inventories, discrepancies and their reviews: none is ever changed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, QuerySet

from kairos.store.records.stock import StockCount as CountRecord
from kairos.store.records.stock import StockDiscrepancy as DiscrepancyRecord
from kairos.store.records.stock import StockDiscrepancyReview as ReviewRecord
from kairos.store.records.stock import StockInventory as InventoryRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class StockCount:
    """What somebody found of a lot, and what the book said after entry ``seq``."""

    id: UUID
    programme_id: UUID
    lot_id: UUID
    containers: int
    opened_mg: Decimal
    counted_mg: Decimal
    book_mg: Decimal
    seq: int
    counted_by: UUID
    counted_at: datetime
    inventory_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A difference between a count and the book; ``number`` is its name within the programme."""

    id: UUID
    programme_id: UUID
    lot_id: UUID
    count_id: UUID
    difference_mg: Decimal
    found_by: UUID
    found_at: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class DiscrepancyReview:
    """How a discrepancy was closed."""

    id: UUID
    programme_id: UUID
    discrepancy_id: UUID
    reason: str
    account: str
    reviewed_by: UUID
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class Inventory:
    """That every lot of a site was counted, at the opening or the close of business."""

    id: UUID
    programme_id: UUID
    site_id: UUID
    at_moment: str
    taken_by: UUID
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class KnownDiscrepancy:
    """A discrepancy with its review, if it is closed."""

    found: Discrepancy
    review: DiscrepancyReview | None


def add_count(scope: Scope, count: StockCount) -> None:
    """Keep a count."""
    check_within(scope, count.programme_id, scope.patient_id)
    CountRecord.objects.create(**to_columns(count))


def counts_of_lot(scope: Scope, lot_id: UUID) -> tuple[StockCount, ...]:
    """Return the counts of a lot, the newest first."""
    rows = within(CountRecord.objects.filter(lot_id=lot_id), scope)
    return to_values(StockCount, rows.order_by("-recorded_at", "-id"))


def last_counted(scope: Scope) -> dict[UUID, datetime]:
    """Return when each lot was counted last."""
    rows = within(CountRecord.objects.all(), scope).values("lot_id").annotate(last=Max("counted_at"))
    return {row["lot_id"]: row["last"] for row in rows}


def counts_of_inventory(scope: Scope, inventory_id: UUID) -> tuple[StockCount, ...]:
    """Return the counts of an inventory."""
    rows = within(CountRecord.objects.filter(inventory_id=inventory_id), scope)
    return to_values(StockCount, rows.order_by("recorded_at", "id"))


def find_count(scope: Scope, count_id: UUID) -> StockCount:
    """Return a count. Raises Missing."""
    return to_value(StockCount, the_only(within(CountRecord.objects.filter(id=count_id), scope), "the count"))


def add_inventory(scope: Scope, inventory: Inventory) -> None:
    """Keep that an inventory was taken."""
    check_within(scope, inventory.programme_id, scope.patient_id)
    InventoryRecord.objects.create(**to_columns(inventory))


def inventories(scope: Scope) -> tuple[Inventory, ...]:
    """Return the inventories of the programmes, the newest first."""
    return to_values(Inventory, within(InventoryRecord.objects.all(), scope).order_by("-taken_at", "-id"))


def find_inventory(scope: Scope, inventory_id: UUID) -> Inventory:
    """Return an inventory. Raises Missing."""
    rows = within(InventoryRecord.objects.filter(id=inventory_id), scope)
    return to_value(Inventory, the_only(rows, "the inventory"))


def open_discrepancy(scope: Scope, discrepancy: Discrepancy) -> int:
    """Keep a discrepancy and return the number it was given."""
    check_within(scope, discrepancy.programme_id, scope.patient_id)
    DiscrepancyRecord.objects.create(**to_columns(discrepancy))
    return find_discrepancy(scope, discrepancy.id).found.number


def close_discrepancy(scope: Scope, review: DiscrepancyReview) -> None:
    """Keep the review that closes a discrepancy; there is one at most."""
    check_within(scope, review.programme_id, scope.patient_id)
    ReviewRecord.objects.create(**to_columns(review))


def find_discrepancy(scope: Scope, discrepancy_id: UUID) -> KnownDiscrepancy:
    """Return a discrepancy. Raises Missing."""
    return _known(the_only(_rows(scope).filter(id=discrepancy_id), "the discrepancy"), scope)


def discrepancies(scope: Scope) -> tuple[KnownDiscrepancy, ...]:
    """Return all discrepancies, the newest first."""
    return tuple(_known(row, scope) for row in _rows(scope).order_by("-number"))


def _rows(scope: Scope) -> "QuerySet[DiscrepancyRecord]":
    return within(DiscrepancyRecord.objects.all(), scope)


def _known(row: DiscrepancyRecord, scope: Scope) -> KnownDiscrepancy:
    review = within(ReviewRecord.objects.filter(discrepancy_id=row.id), scope).first()
    return KnownDiscrepancy(
        to_value(Discrepancy, row), to_value(DiscrepancyReview, review) if review else None
    )
