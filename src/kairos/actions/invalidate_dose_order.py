"""Withdraw a dose order that must not be given; it stays readable for good."""

from datetime import datetime
from uuid import UUID

from kairos.actions.dose_orders import find_with_state
from kairos.domain.protocols.orders import invalidate
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import orders
from kairos.vocab.people import Actor, Permission

_WRITTEN = "written"


@command("invalidate_dose_order", Permission.PLACE_ORDER)
def invalidate_dose_order(
    *, order_id: UUID, reason: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that an order no longer counts, with the reason in the words it was given.

    Raises
    ------
    NotAllowed      it was used, or withdrawn before
    InvalidInput    no reason was given
    """
    placed, order = find_with_state(by.scope, order_id)
    invalidate(order, by=by.id, at=now, reason=reason)
    ids = (placed.order.programme_id, placed.order.person_id)
    words = {"reason": reason.strip()}
    ended = orders.DoseOrderInvalidation(new_id(), *ids, order_id, _WRITTEN, by.id, now, words)
    orders.invalidate(by.scope, ended)
    changed(programme_id=ids[0], topic="dose_order", subject=order_id, urgent=True)
    return order_id, AuditNote(f"dose_order:{order_id}", *ids, why=_WRITTEN)
