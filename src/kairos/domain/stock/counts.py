"""Counts against the book: made without seeing it, and what follows where the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kairos.domain.stock.amounts import to_amount
from kairos.domain.stock.dose_source import Lot
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class DiscrepancyReason(StrEnum):
    """What a review found behind a difference."""

    MISCOUNTED = "miscounted"
    NOT_RECORDED = "not_recorded"
    RECORDED_WRONGLY = "recorded_wrongly"
    SPILLED_OR_BROKEN = "spilled_or_broken"
    OVERFILL = "overfill"
    LOST_OR_STOLEN = "lost_or_stolen"
    NOT_EXPLAINED = "not_explained"

    @property
    def moves_the_book(self) -> bool:
        """Whether the book follows the count: not where the count was wrong or the ledger was corrected."""
        return self not in (
            DiscrepancyReason.MISCOUNTED,
            DiscrepancyReason.NOT_RECORDED,
            DiscrepancyReason.RECORDED_WRONGLY,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody found of one lot: closed containers, and the mg in opened ones."""

    lot_id: UUID
    containers: int
    opened_mg: Decimal


def counted_mg(counted: Counted, lot: Lot) -> Decimal:
    """Return what was found, in mg.

    Raises
    ------
    InvalidInput    fewer than no containers, or an opened amount that is not one
    """
    if counted.containers < 0:
        raise InvalidInput(Problem("containers", "is below nought; count the closed containers"))
    return counted.containers * lot.container_mg + to_amount(counted.opened_mg, "opened_mg")


def check_all_counted(counted: Iterable[Counted], wanted: Iterable[Lot]) -> None:
    """Refuse an inventory that leaves a lot out, or counts one twice. Raises InvalidInput."""
    found = [each.lot_id for each in counted]
    missing = [lot.lot_number for lot in wanted if lot.id not in found]
    problems = [
        Problem("", f"lot {number} is not counted; an inventory names every lot") for number in missing
    ]
    if len(set(found)) != len(found):
        problems.append(Problem("", "a lot is counted twice; give each once"))
    if problems:
        raise InvalidInput(*problems)


def check_may_review(found_by: UUID, reviewer: UUID, *, is_closed: bool) -> None:
    """Refuse a review by whoever found the difference, and a second one. Raises NotAllowed."""
    if is_closed:
        raise NotAllowed("this discrepancy is closed; its reason stands")
    if found_by == reviewer:
        raise NotAllowed("whoever counted does not review it; ask somebody else")


def inventory_due_at(last: datetime, every: timedelta) -> datetime:
    """Return when the inventory after this one is due."""
    return last + every
