"""Destroy stock out of the cabinet before a witness."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.stock_ledger import check_witness, enter
from kairos.domain.stock import ledger
from kairos.domain.stock.amounts import above_nought
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission

_REASONS = frozenset({"expired", "broken", "contaminated", "other"})


@command("waste_stock", Permission.KEEP_STOCK)
def waste_stock(
    *,
    lot_id: UUID,
    amount_mg: Decimal,
    reason: str,
    witness_id: UUID,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Destroy stock out of the cabinet before a witness, who proved who they are at the entrance.

    Parameters
    ----------
    amount_mg : Decimal    mg, above nought
    reason : str           a code: expired, broken, contaminated or other

    Raises
    ------
    InvalidInput           more than the lot has, or a reason that is not one of the four
    NotAllowed             the witness is the same person, or does not handle this programme's stock
    """
    if reason not in _REASONS:
        raise InvalidInput(Problem("reason", "is not one of the list; choose one"))
    kept = stock.find_lot(by.scope, lot_id)
    witness = check_witness(witness_id, programme_id=kept.programme_id, by=by)
    draft = stock.EntryDraft(
        id=new_id(),
        programme_id=kept.programme_id,
        lot_id=lot_id,
        movement=ledger.wasted(above_nought(amount_mg)),
        true_at=now,
        by=by.id,
        witness=witness,
        reason=reason,
    )
    enter(by.scope, draft)
    note = AuditNote(
        f"stock_entry:{draft.id}", kept.programme_id, why=reason, details={"witness": str(witness)}
    )
    return draft.id, note
