"""Take a delivery of a lot into the cabinet."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.dose_source import keeping_of
from kairos.actions.stock_ledger import enter, site_of
from kairos.domain.stock import ledger
from kairos.domain.stock.delivery import Delivery, check_delivery, check_same
from kairos.domain.stock.dose_source import Keeping
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("receive_stock", Permission.KEEP_STOCK)
def receive_stock(
    *, site_id: UUID, delivery: Delivery, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Take a delivery into the cabinet of a site and return the id of its lot.

    Raises
    ------
    InvalidInput    a field is empty, not known or not an amount; every one of them is named
    NotAllowed      the programme does not keep its stock here
    Missing         no such site
    """
    site = site_of(by.scope, site_id)
    if keeping_of(by.scope, site.programme_id) is not Keeping.HERE:
        raise NotAllowed("this programme does not keep its stock in Kairos; declare it on the stock page")
    check_delivery(delivery, content_of(by.scope, site.programme_id).release.regulation.products)
    came = delivery.as_lot(new_id(), site_id)
    lot = stock.add_lot(by.scope, stock.KeptLot(site.programme_id, came, by.id))
    check_same(lot, came)
    draft = stock.EntryDraft(
        id=new_id(),
        programme_id=site.programme_id,
        lot_id=lot.id,
        movement=ledger.received(delivery.total_mg),
        true_at=now,
        by=by.id,
        reference=delivery.reference.strip(),
    )
    enter(by.scope, draft)
    details = {"containers": delivery.containers}
    return lot.id, AuditNote(f"stock_lot:{lot.id}", site.programme_id, details=details)
