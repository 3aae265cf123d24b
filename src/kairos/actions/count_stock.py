"""Count a lot without seeing what the book says."""

from datetime import datetime
from uuid import UUID

from kairos.actions.stock_counts import keep_count
from kairos.domain.stock.counts import Counted
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import stock
from kairos.vocab.people import Actor, Permission


@command("count_stock", Permission.KEEP_STOCK)
def count_stock(
    *, counted: Counted, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID | None, AuditNote]:
    """Keep what was counted, and return the discrepancy it opens; None where count and book agree.

    Raises
    ------
    InvalidInput    not an amount
    Missing         no such lot
    """
    opened = keep_count(counted, by=by, now=now)
    programme_id = stock.find_lot(by.scope, counted.lot_id).programme_id
    why = "differs" if opened else "agrees"
    return opened, AuditNote(f"stock_lot:{counted.lot_id}", programme_id, why=why)
