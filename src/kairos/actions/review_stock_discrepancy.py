"""Close a discrepancy: what was found behind it, by somebody who did not count."""

from datetime import datetime
from uuid import UUID

from kairos.actions.stock_ledger import enter
from kairos.domain.stock.counts import DiscrepancyReason, check_may_review
from kairos.domain.stock.ledger import adjusted
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import stock, stock_counts
from kairos.store.repositories.stock_counts import DiscrepancyReview
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("review_stock_discrepancy", Permission.REVIEW_STOCK)
def review_stock_discrepancy(
    *,
    discrepancy_id: UUID,
    reason: DiscrepancyReason,
    account: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Close a discrepancy with a reason; the book follows the count, unless it was a wrong count.

    Where the ledger lacked an entry or had a wrong one, correct the ledger first and count again: then close
    the old difference as ``not_recorded`` or ``recorded_wrongly``, which moves nothing.

    Parameters
    ----------
    account : str    what was looked at and found, without a patient's name

    Raises
    ------
    InvalidInput     no account is given, or the book has less than the difference by now
    NotAllowed       whoever counted, or closed already
    """
    if not account.strip():
        raise InvalidInput(Problem("account", "is empty; say what was looked at and what was found"))
    known = stock_counts.find_discrepancy(by.scope, discrepancy_id)
    found = known.found
    check_may_review(found.found_by, by.id, is_closed=known.review is not None)
    if reason.moves_the_book:
        draft = stock.EntryDraft(
            id=new_id(),
            programme_id=found.programme_id,
            lot_id=found.lot_id,
            movement=adjusted(found.difference_mg),
            true_at=now,
            by=by.id,
            discrepancy=discrepancy_id,
            reason=reason.value,
        )
        enter(by.scope, draft)
    review = DiscrepancyReview(
        new_id(), found.programme_id, discrepancy_id, reason.value, account.strip(), by.id, now
    )
    stock_counts.close_discrepancy(by.scope, review)
    return review.id, AuditNote(f"stock_discrepancy:{discrepancy_id}", found.programme_id, why=reason.value)
