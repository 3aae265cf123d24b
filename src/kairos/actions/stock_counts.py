"""What counts share: a count is kept beside the book of that moment, and a difference gets its number."""

from datetime import datetime
from uuid import UUID

from kairos.actions.incidents import STOCK_DISCREPANCY, raise_incident
from kairos.domain.safety.incidents import IncidentArea, IncidentKind, IncidentReport
from kairos.domain.stock.counts import Counted, counted_mg
from kairos.domain.stock.ledger import Balance
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import stock, stock_counts
from kairos.store.repositories.stock_counts import Discrepancy, StockCount
from kairos.vocab.people import Actor


def keep_count(
    counted: Counted, *, by: Actor, now: datetime, inventory_id: UUID | None = None
) -> UUID | None:
    """Keep a count, and return the discrepancy it opens, if it differs from the book.

    Raises
    ------
    InvalidInput    not an amount
    Missing         no such lot
    """
    kept = stock.find_lot(by.scope, counted.lot_id)
    stock.hold_lot(counted.lot_id)
    entries = stock.ledger_of(by.scope, counted.lot_id)
    book = entries[-1].balance if entries else Balance()
    count = StockCount(
        id=new_id(),
        programme_id=kept.programme_id,
        lot_id=counted.lot_id,
        containers=counted.containers,
        opened_mg=counted.opened_mg,
        counted_mg=counted_mg(counted, kept.lot),
        book_mg=book.in_mg,
        seq=len(entries),
        counted_by=by.id,
        counted_at=now,
        inventory_id=inventory_id,
    )
    stock_counts.add_count(by.scope, count)
    difference = count.counted_mg - count.book_mg
    if not difference:
        return None
    found = Discrepancy(
        new_id(), kept.programme_id, counted.lot_id, count.id, difference, found_by=by.id, found_at=now
    )
    stock_counts.open_discrepancy(by.scope, found)
    _raise_incident(found, by=by, now=now)
    changed(programme_id=kept.programme_id, topic="stock", subject=counted.lot_id)
    return found.id


def _raise_incident(found: Discrepancy, *, by: Actor, now: datetime) -> None:
    """Put the difference on the board of incidents (S-133): it closes there by its own review."""
    report = IncidentReport(IncidentKind.INCIDENT, IncidentArea.STOCK, now, "")
    raise_incident(
        report, programme_id=found.programme_id, by=by, now=now, origin=STOCK_DISCREPANCY, subject=found.id
    )
