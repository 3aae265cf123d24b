"""Take what an order needs out of a lot."""

from datetime import datetime
from uuid import UUID

from kairos.actions.dose_source import take_out
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import orders
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("dispense_stock", Permission.KEEP_STOCK)
def dispense_stock(
    *, order_id: UUID, lot_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Take what an order needs out of a lot, and return the taking-out.

    Raises
    ------
    NotAllowed      the order is not checked or was withdrawn, or the lot cannot serve it
    InvalidInput    the lot has not enough
    """
    placed = orders.find_order(by.scope, order_id)
    if placed.verification is None or placed.invalidation is not None:
        raise NotAllowed("stock is taken out for an order that stands and that a second person checked")
    issue = take_out(order_id, lot_id, by=by, now=now)
    note = AuditNote(f"stock_entry:{issue}", placed.order.programme_id, placed.order.person_id)
    return issue, note
