"""A portion about to be given: the one ordered, not before its time, and of a lot in date."""

from datetime import date, datetime

from kairos.domain.protocols.dosing import plain
from kairos.domain.sessions.events import PORTIONS, Event, OrderBound, PortionGiven
from kairos.domain.sessions.picture import Picture
from kairos.vocab.errors import NotAllowed, Problem


def next_portion_at(picture: Picture) -> datetime | None:
    """Return the earliest moment of the next portion; None where none was given or no gap is asked."""
    given, gap = picture.state.dose.portions, picture.protocol.dose.gap
    return given[-1].at + picture.limits.span(gap) if given and gap else None


def next_portion(picture: Picture, *, lot: str = "", expires_on: date | None = None) -> PortionGiven:
    """Return the event that says that the next portion of the order was given.

    Raises
    ------
    NotAllowed    no order of portions is bound, or all of it is given
    """
    order, given = picture.state.order, len(picture.state.dose.portions)
    if order is None or order.form not in PORTIONS or given >= len(order.portions):
        raise NotAllowed("nothing of an order is left to give; bind a verified order first")
    return PORTIONS[order.form](
        mg=order.portions[given],
        number=given + 1,
        is_last=given + 1 == len(order.portions),
        lot=lot,
        expires_on=expires_on,
    )


def portion_problems(picture: Picture, event: Event, *, true_at: datetime) -> tuple[Problem, ...]:
    """Return why a portion may not be recorded as given; nothing for every other event."""
    order = picture.state.order
    if not isinstance(event, PortionGiven) or order is None:
        return ()
    return (
        *_order_problems(picture, event, order),
        *_gap_problems(picture, true_at),
        *_lot_problems(picture, event, true_at),
    )


def _order_problems(picture: Picture, event: PortionGiven, order: OrderBound) -> tuple[Problem, ...]:
    if type(event) is not PORTIONS.get(order.form):
        return (Problem("mg", f"the order is for another form, {order.form}; ask for a new order"),)
    given = len(picture.state.dose.portions)
    if given >= len(order.portions):
        return (Problem("mg", f"all of the {plain(order.dose_mg)} mg ordered is given; nothing more today"),)
    problems = []
    if event.number != given + 1:
        problems.append(Problem("number", f"must be {given + 1}, the next one"))
    if event.mg != order.portions[given]:
        problems.append(Problem("mg", f"must be {plain(order.portions[given])} mg, as ordered"))
    if event.is_last != (given + 1 == len(order.portions)):
        problems.append(Problem("is_last", f"the order has {len(order.portions)}; this is {given + 1}"))
    return tuple(problems)


def _gap_problems(picture: Picture, true_at: datetime) -> tuple[Problem, ...]:
    opens_at = next_portion_at(picture)
    if opens_at is None or true_at >= opens_at:
        return ()
    gap = picture.limits.quantity(picture.protocol.dose.gap)
    return (Problem("true_at", f"must be {gap} or more after the one before; wait, then give it"),)


def _lot_problems(picture: Picture, event: PortionGiven, true_at: datetime) -> tuple[Problem, ...]:
    problems = []
    if picture.protocol.dose.needs_lot and not event.lot.strip():
        problems.append(Problem("lot", "is missing; read it from the device or the pack"))
    if picture.protocol.dose.needs_lot and event.expires_on is None:
        problems.append(Problem("expires_on", "is missing; read it from the device or the pack"))
    if event.expires_on is not None and event.expires_on < true_at.date():
        problems.append(Problem("expires_on", "has passed; set it apart and take another one"))
    return tuple(problems)
