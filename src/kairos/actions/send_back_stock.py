"""Send stock back to the supplier, or to whoever destroys it."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.stock_ledger import enter
from kairos.domain.stock import ledger
from kairos.domain.stock.amounts import above_nought
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("send_back_stock", Permission.KEEP_STOCK)
def send_back_stock(
    *, lot_id: UUID, amount_mg: Decimal, reference: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Send stock back; the reference says to whom and under which paper.

    Raises
    ------
    InvalidInput    more than the lot has in the cabinet, or no reference
    """
    if not reference.strip():
        raise InvalidInput(Problem("reference", "is empty; enter to whom it goes and under which paper"))
    kept = stock.find_lot(by.scope, lot_id)
    draft = stock.EntryDraft(
        id=new_id(),
        programme_id=kept.programme_id,
        lot_id=lot_id,
        movement=ledger.sent_back(above_nought(amount_mg)),
        true_at=now,
        by=by.id,
        reference=reference.strip(),
    )
    enter(by.scope, draft)
    return draft.id, AuditNote(f"stock_entry:{draft.id}", kept.programme_id, why="sent_back")
