"""Check somebody else's dose order, with the numbers entered anew."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.dose_orders import find_with_state
from kairos.domain.protocols.orders import check_change_seen, check_entered, verify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import orders
from kairos.vocab.people import Actor, Permission


@command("verify_dose_order", Permission.VERIFY_ORDER)
def verify_dose_order(
    *,
    order_id: UUID,
    dose_mg: Decimal,
    concentration_mg_per_mL: Decimal | None = None,
    portions: int | None = None,
    change_seen: bool = False,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the second person's check.

    Parameters
    ----------
    dose_mg : Decimal                    mg, as worked out by the second person
    concentration_mg_per_mL : Decimal    mg/mL, as read from the bag's label, of an infusion
    portions : int                       how many devices, injections or tablets, of any other dose
    change_seen : bool                   whether they read why it differs from the last dose, where it does

    Raises
    ------
    NotAllowed      who placed it cannot check it; or it is not waiting for a check
    InvalidInput    a number is not the one ordered, or a changed dose whose reason was not read
    """
    placed, order = find_with_state(by.scope, order_id)
    verify(order, by=by.id, at=now)
    check_change_seen("changes_from" in placed.order.details, change_seen)
    check_entered(order, dose_mg=dose_mg, concentration_mg_per_mL=concentration_mg_per_mL, portions=portions)
    ids = (placed.order.programme_id, placed.order.person_id)
    orders.verify(by.scope, orders.DoseOrderVerification(new_id(), *ids, order_id, by.id, now))
    changed(programme_id=ids[0], topic="dose_order", subject=order_id)
    return order_id, AuditNote(f"dose_order:{order_id}", *ids)
