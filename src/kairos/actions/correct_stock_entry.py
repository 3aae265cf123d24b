"""Take back an entry of the ledger that was wrong; both stay readable."""

from datetime import datetime
from uuid import UUID

from kairos.actions.stock_ledger import enter
from kairos.domain.stock.ledger import reversal_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("correct_stock_entry", Permission.KEEP_STOCK)
def correct_stock_entry(
    *, entry_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Reverse an entry with the reason; what is right is then entered anew.

    Parameters
    ----------
    reason : str    what was wrong, without a person's name

    Raises
    ------
    InvalidInput    no reason, or what came in has been used since
    NotAllowed      it is a correction itself, or was corrected before
    """
    if not reason.strip():
        raise InvalidInput(Problem("reason", "is empty; say what was wrong with the entry"))
    row = stock.find_entry(by.scope, entry_id)
    kept = stock.find_lot(by.scope, row.lot_id)
    draft = stock.EntryDraft(
        id=new_id(),
        programme_id=kept.programme_id,
        lot_id=row.lot_id,
        movement=reversal_of(row.entry),
        true_at=now,
        by=by.id,
        reverses=entry_id,
        reason=reason.strip(),
    )
    enter(by.scope, draft)
    return draft.id, AuditNote(f"stock_entry:{draft.id}", kept.programme_id, why="reversed")
