"""Declare where a programme keeps its controlled stock."""

from datetime import datetime
from uuid import UUID

from kairos.domain.stock.dose_source import Keeping
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("declare_stock_keeping", Permission.REVIEW_STOCK)
def declare_stock_keeping(
    *, programme_id: UUID, kept: Keeping, pharmacy: str = "", command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Declare where a programme keeps its controlled stock; from now on each dose names its source there.

    Parameters
    ----------
    pharmacy : str    the name of the pharmacy that keeps it, where it is kept elsewhere

    Raises
    ------
    InvalidInput      kept elsewhere, and no pharmacy is named
    NotAllowed        kept elsewhere, while lots here still hold something
    """
    if kept is Keeping.ELSEWHERE and not pharmacy.strip():
        raise InvalidInput(Problem("pharmacy", "is empty; name the pharmacy that keeps the stock"))
    lots = stock.lots_of(by.scope)
    balances = stock.balances_of(by.scope, [lot.id for lot in lots])
    if kept is Keeping.ELSEWHERE and any(each.total_mg for each in balances.values()):
        raise NotAllowed("lots here still hold something; send them back or destroy them first")
    declared = stock.KeepingDeclared(new_id(), programme_id, kept, by.id, now, pharmacy.strip())
    stock.declare_keeping(by.scope, declared)
    return declared.id, AuditNote(f"programme:{programme_id}", programme_id, why=kept.value)
