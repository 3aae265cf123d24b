"""Say that one saw stock being destroyed: the second person's own act."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import stock
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("witness_stock_entry", Permission.KEEP_STOCK)
def witness_stock_entry(
    *, entry_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[None, AuditNote]:
    """Record in the witness's own name that they saw it.

    Raises
    ------
    NotAllowed    the entry names somebody else as its witness
    """
    row = stock.find_entry(by.scope, entry_id)
    if row.witness != by.id:
        raise NotAllowed("this entry names another witness")
    programme_id = stock.find_lot(by.scope, row.lot_id).programme_id
    return None, AuditNote(f"stock_entry:{entry_id}", programme_id, why="witnessed")
