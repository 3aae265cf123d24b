"""Account for what was taken out for a dose: given, destroyed before a witness, or put back unopened."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.dose_source import given_for
from kairos.actions.stock_ledger import check_witness, enter
from kairos.domain.stock import ledger
from kairos.domain.stock.accounting import Account, account_of
from kairos.domain.stock.ledger import EntryKind, Movement
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock
from kairos.store.repositories.stock import EntryDraft
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("account_for_dose", Permission.KEEP_STOCK)
def account_for_dose(
    *,
    issue: UUID,
    wasted_mg: Decimal,
    returned_mg: Decimal,
    witness_id: UUID | None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Account for all of a taking-out, to the microgram. What was given is read from the chart.

    Parameters
    ----------
    issue : UUID              the taking-out
    wasted_mg : Decimal       mg destroyed before the witness; nought where nothing was left
    returned_mg : Decimal     mg put back unopened

    Returns
    -------
    UUID                      the entry that the witness signs; the taking-out where nothing was destroyed

    Raises
    ------
    InvalidInput              the amounts do not add up to what is out, or no witness is named
    NotAllowed                the dose is still being given, or the witness may not witness
    """
    taken = stock.find_entry(by.scope, issue)
    kept = stock.find_lot(by.scope, taken.lot_id)
    stock.hold_lot(taken.lot_id)
    left = ledger.left_of_issue(stock.ledger_of(by.scope, taken.lot_id), issue)
    if not left:
        raise NotAllowed("all of this is accounted for; correct an entry of the register if one is wrong")
    given = given_for(taken.order_id, by=by, now=now)
    account = account_of(left, given_mg=given, wasted_mg=wasted_mg, returned_mg=returned_mg, lot=kept.lot)
    witness = check_witness(witness_id, programme_id=kept.programme_id, by=by) if account.wasted_mg else None
    signed = issue
    for movement in _movements(account, issue):
        is_waste = movement.kind is EntryKind.WASTED
        draft = EntryDraft(
            id=new_id(),
            programme_id=kept.programme_id,
            lot_id=taken.lot_id,
            movement=movement,
            true_at=now,
            by=by.id,
            witness=witness if is_waste else None,
            order_id=taken.order_id,
        )
        signed = draft.id if is_waste else signed
        enter(by.scope, draft)
    note = AuditNote(
        f"stock_entry:{issue}", kept.programme_id, why="accounted", details={"witness": str(witness or "")}
    )
    return signed, note


def _movements(account: Account, issue: UUID) -> Iterator[Movement]:
    if account.given_mg:
        yield ledger.administered(account.given_mg, issue)
    if account.wasted_mg:
        yield ledger.wasted(account.wasted_mg, issue)
    if account.returned_mg:
        yield ledger.returned(account.returned_mg, issue)
