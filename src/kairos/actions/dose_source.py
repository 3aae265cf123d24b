"""Where the dose of an order comes from: taken out of a lot, or as the pharmacy's label says."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.actions.clinic_days import today_at
from kairos.actions.content_in_force import content_of
from kairos.actions.stock_ledger import enter
from kairos.domain.sessions.phases import GIVING
from kairos.domain.sessions.state import DosingSessionState, replay
from kairos.domain.stock import ledger
from kairos.domain.stock.amounts import NOTHING
from kairos.domain.stock.dose_source import Keeping, check_source, to_take
from kairos.store.ids import new_id
from kairos.store.repositories import courses, orders, session_entries, stock
from kairos.store.repositories.stock import EntryDraft, PharmacyReference
from kairos.store.scope import scoped
from kairos.store.streams import Stream
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Scope


def keeping_of(scope: Scope, programme_id: UUID) -> Keeping | None:
    """Return where a programme declared that it keeps its stock; None where nobody declared it."""
    declared = stock.keeping_of(scope, programme_id)
    return declared.kept if declared else None


def check_dose_source(stream: Stream, state: DosingSessionState, *, by: Actor) -> None:
    """Refuse the start of a dose that comes from nowhere.

    Raises
    ------
    NotAllowed    nothing taken out for its order, no pharmacy reference, or nothing declared
    """
    assert state.order is not None  # no dose starts without its order: the gate has asked
    order_id, scope = state.order.order_id, replace(by.scope, patient_id=None)
    # A patient at home sees no stock; whether their dose has a source is asked all the same.
    with scoped(scope):
        check_source(
            keeping_of(scope, stream.programme_id),
            dose_mg=state.order.dose_mg,
            taken_mg=sum(stock.out_for_order(scope, order_id).values(), NOTHING),
            has_reference=stock.reference_for(scope, order_id) is not None,
        )


def take_out(order_id: UUID, lot_id: UUID, *, by: Actor, now: datetime) -> UUID:
    """Take what an order needs out of a lot; where enough is out already, nothing more is taken.

    Returns
    -------
    UUID            the taking-out, by which the rest is accounted for

    Raises
    ------
    NotAllowed      the programme keeps its stock elsewhere, the lot is of another product, or it has expired
    InvalidInput    the lot has not enough in the cabinet
    Missing         no such order or lot
    """
    placed, kept = orders.find_order(by.scope, order_id), stock.find_lot(by.scope, lot_id)
    order = orders.as_domain(placed)
    out = stock.out_for_order(by.scope, order_id)
    if out and sum(out.values()) >= order.plan.dose.mg:
        return next(iter(out))
    _check_lot(placed, kept, by=by, now=now)
    issue = new_id()
    draft = EntryDraft(
        id=issue,
        programme_id=kept.programme_id,
        lot_id=lot_id,
        movement=ledger.dispensed(to_take(order.plan.dose.mg, kept.lot), issue),
        true_at=now,
        by=by.id,
        order_id=order_id,
    )
    enter(by.scope, draft)
    return issue


def _check_lot(placed: orders.PlacedOrder, kept: stock.KeptLot, *, by: Actor, now: datetime) -> None:
    if keeping_of(by.scope, kept.programme_id) is not Keeping.HERE:
        raise NotAllowed("this programme does not keep its stock in Kairos; declare it on the stock page")
    course = courses.find_course(by.scope, placed.order.course_id)
    release = content_of(by.scope, placed.order.programme_id).release
    routes = release.regulation.products[kept.lot.product].routes
    if release.protocols[course.protocol].route not in routes:
        raise NotAllowed(f"lot {kept.lot.lot_number} is of a product that this order is not given with")
    if kept.lot.expires_on < today_at(by.scope, kept.lot.site_id, now):
        raise NotAllowed(f"lot {kept.lot.lot_number} expired on {kept.lot.expires_on}; take another")


def keep_reference(order_id: UUID, reference: str, *, by: Actor, now: datetime) -> UUID:
    """Keep what the pharmacy's label says of the dose of an order.

    Raises
    ------
    InvalidInput    nothing is entered
    NotAllowed      the programme keeps its stock in Kairos
    """
    if not reference.strip():
        raise InvalidInput(Problem("reference", "is empty; enter what the pharmacy's label says"))
    placed = orders.find_order(by.scope, order_id).order
    if keeping_of(by.scope, placed.programme_id) is Keeping.HERE:
        raise NotAllowed("this programme keeps its stock in Kairos; choose the lot the dose is drawn from")
    kept = PharmacyReference(
        id=new_id(),
        programme_id=placed.programme_id,
        person_id=placed.person_id,
        order_id=order_id,
        words={"reference": reference.strip()},
        recorded_by=by.id,
        true_at=now,
    )
    stock.keep_reference(by.scope, kept)
    return kept.id


def given_for(order_id: UUID | None, *, by: Actor, now: datetime) -> Decimal:
    """Return the mg of an order that the chart says were given and the ledger does not say yet.

    Raises
    ------
    NotAllowed    the dose is still being given
    """
    assert order_id is not None  # whatever is out was taken out for an order
    placed = orders.find_order(by.scope, order_id).order
    planned = courses.find_planned_session(by.scope, placed.planned_session_id or order_id)
    if planned.stream is None:
        return NOTHING
    state = replay(session_entries.entries_of(by.scope, planned.stream))
    if state.phase in GIVING:
        raise NotAllowed("the dose is still being given; account for it once it has ended")
    if state.order is None or state.order.order_id != order_id:
        return NOTHING
    return state.dose.given_mg(now) - stock.administered_for(by.scope, order_id)
