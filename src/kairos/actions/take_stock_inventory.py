"""Take the inventory of a site: every lot counted at one opening or close of business."""

from datetime import datetime
from uuid import UUID

from kairos.actions.stock_counts import keep_count
from kairos.actions.stock_ledger import site_of
from kairos.domain.stock.counts import Counted, check_all_counted
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock, stock_counts
from kairos.store.repositories.stock_counts import Inventory
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission

_MOMENTS = frozenset({"opening", "close"})


@command("take_stock_inventory", Permission.KEEP_STOCK)
def take_stock_inventory(
    *, site_id: UUID, at_moment: str, counted: tuple[Counted, ...], command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep a whole inventory and return its id; each lot that differs opens a discrepancy.

    Parameters
    ----------
    at_moment : str    ``opening`` or ``close`` of business
    counted : tuple    every lot of the site that holds something in the book, once

    Raises
    ------
    InvalidInput       a lot is left out or twice in it, or the moment is not one of the two
    """
    if at_moment not in _MOMENTS:
        raise InvalidInput(Problem("at_moment", "is not opening or close of business; choose one"))
    site = site_of(by.scope, site_id)
    lots = stock.lots_of(by.scope, site_id)
    balances = stock.balances_of(by.scope, [lot.id for lot in lots])
    check_all_counted(counted, [lot for lot in lots if lot.id in balances and balances[lot.id].in_mg])
    inventory = Inventory(new_id(), site.programme_id, site_id, at_moment, by.id, now)
    stock_counts.add_inventory(by.scope, inventory)
    opened = [keep_count(each, by=by, now=now, inventory_id=inventory.id) for each in counted]
    note = AuditNote(
        f"stock_inventory:{inventory.id}",
        site.programme_id,
        details={"lots": len(opened), "differ": sum(each is not None for each in opened)},
    )
    return inventory.id, note
