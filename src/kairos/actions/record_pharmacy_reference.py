"""Record what the pharmacy's label says of a dose, where the programme's stock is kept elsewhere."""

from datetime import datetime
from uuid import UUID

from kairos.actions.dose_source import keep_reference
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import orders
from kairos.vocab.people import Actor, Permission


@command("record_pharmacy_reference", Permission.RUN_SESSION)
def record_pharmacy_reference(
    *, order_id: UUID, reference: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Record what the pharmacy's label says of the dose of an order.

    Raises
    ------
    InvalidInput    nothing is entered
    NotAllowed      the programme keeps its stock in Kairos
    """
    kept_id = keep_reference(order_id, reference, by=by, now=now)
    placed = orders.find_order(by.scope, order_id).order
    return kept_id, AuditNote(f"dose_order:{order_id}", placed.programme_id, placed.person_id)
