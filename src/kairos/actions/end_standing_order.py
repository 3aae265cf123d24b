"""End a standing order before its last day."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import giving
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("end_standing_order", Permission.PLACE_ORDER)
def end_standing_order(
    *, order_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that an order holds no longer, and why; from now on nothing is given under it.

    Raises
    ------
    InvalidInput    no reason
    NotAllowed      ended already
    Missing         no such order in the actor's programmes
    """
    if not reason.strip():
        raise InvalidInput(Problem("reason", "is empty; say why it is ended"))
    known = giving.find_order(by.scope, order_id)
    if known.end is not None:
        raise NotAllowed("this standing order is ended already")
    programme_id = known.signed.programme_id
    end = giving.OrderEnd(new_id(), programme_id, order_id, reason.strip(), by.id, now)
    giving.end_order(by.scope, end)
    return end.id, AuditNote(f"standing_order:{order_id}", programme_id, why="ended")
