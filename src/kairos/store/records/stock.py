"""Controlled stock: where it is kept, lots, the ledger, counts, discrepancies. Nothing here is ever changed.

Amounts are exact, in mg with three places: to the microgram. Places and balances of the ledger's entries are
set by the database (migration ``controlled_stock``), one chain a lot.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from kairos.store.records.base import PatientRecord, ProgrammeRecord

_MOST_DIGITS, _PLACES = 14, 3


def _mg(**more: Any) -> Any:
    """Return a column for an exact amount in mg."""
    return models.DecimalField(max_digits=_MOST_DIGITS, decimal_places=_PLACES, **more)


class StockKeeping(ProgrammeRecord):
    """Where a programme declared that it keeps its stock: the newest row holds."""

    kept = models.TextField()
    declared_by = models.UUIDField()
    declared_at = models.DateTimeField()
    reference = models.TextField(default="")


class StockLot(ProgrammeRecord):
    """A lot of one product at one site, in containers of one size."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+")
    product = models.TextField()
    name = models.TextField()
    lot_number = models.TextField()
    expires_on = models.DateField()
    container_mg = _mg()
    is_multidose = models.BooleanField(default=False)
    added_by = models.UUIDField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["site", "product", "lot_number", "container_mg"], name="stock_lot_once_a_site"
            ),
            models.CheckConstraint(condition=Q(container_mg__gt=0), name="stock_container_holds_something"),
        ]


class StockEntry(ProgrammeRecord):
    """One entry of a lot's ledger. ``seq`` and the balances are the database's own."""

    lot = models.ForeignKey(StockLot, models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField(default=0)
    kind = models.TextField()
    in_mg = _mg()
    out_mg = _mg(default=0)
    balance_in_mg = _mg(default=0)
    balance_out_mg = _mg(default=0)
    issue = models.UUIDField(null=True)
    order = models.ForeignKey("store.DoseOrder", models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    discrepancy = models.UUIDField(null=True)
    reason = models.TextField(default="")
    reference = models.TextField(default="")
    true_at = models.DateTimeField()
    by = models.UUIDField()
    witness = models.UUIDField(null=True)

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["lot", "seq"], name="stock_one_entry_in_each_place"),
            models.CheckConstraint(
                condition=Q(balance_in_mg__gte=0, balance_out_mg__gte=0), name="stock_never_below_nought"
            ),
            models.CheckConstraint(
                condition=~Q(kind="wasted") | (Q(witness__isnull=False) & ~Q(witness=F("by"))),
                name="stock_waste_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind="adjusted") | Q(discrepancy__isnull=False),
                name="stock_adjusted_by_a_discrepancy",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversed", reverses__isnull=False)
                | (~Q(kind="reversed") & Q(reverses__isnull=True)),
                name="stock_reversal_names_what_it_reverses",
            ),
            models.CheckConstraint(
                condition=~Q(kind="dispensed") | Q(issue=F("id"), order__isnull=False),
                name="stock_taken_out_for_an_order",
            ),
        ]
        indexes = [models.Index(fields=["issue"], name="stock_issue", condition=Q(issue__isnull=False))]


class StockInventory(ProgrammeRecord):
    """That every lot of a site was counted at one opening or close of business."""

    site = models.ForeignKey("store.Site", models.PROTECT, related_name="+")
    at_moment = models.TextField()
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField()


class StockCount(ProgrammeRecord):
    """What somebody found of a lot, and what the book said in that moment."""

    lot = models.ForeignKey(StockLot, models.PROTECT, related_name="+")
    containers = models.IntegerField()
    opened_mg = _mg()
    counted_mg = _mg()
    book_mg = _mg()
    seq = models.IntegerField()
    inventory = models.ForeignKey(StockInventory, models.PROTECT, null=True, related_name="+")
    counted_by = models.UUIDField()
    counted_at = models.DateTimeField()


class StockDiscrepancy(ProgrammeRecord):
    """A difference that has a number, an owner and a history."""

    number = models.IntegerField(default=0)
    lot = models.ForeignKey(StockLot, models.PROTECT, related_name="+")
    count = models.OneToOneField(StockCount, models.PROTECT, related_name="+")
    difference_mg = _mg()
    found_by = models.UUIDField()
    found_at = models.DateTimeField()

    class Meta(ProgrammeRecord.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="stock_discrepancy_numbered_once")
        ]


class StockDiscrepancyReview(ProgrammeRecord):
    """How a discrepancy was closed, by whom, and why."""

    discrepancy = models.OneToOneField(StockDiscrepancy, models.PROTECT, related_name="+")
    reason = models.TextField()
    account = models.TextField()
    reviewed_by = models.UUIDField()
    reviewed_at = models.DateTimeField()


class PharmacyReference(PatientRecord):
    """What stands on the label of a dose that a pharmacy keeps and prepares; under the person's key."""

    order = models.ForeignKey("store.DoseOrder", models.PROTECT, related_name="+")
    words = models.BinaryField()
    recorded_by = models.UUIDField()
    true_at = models.DateTimeField()
