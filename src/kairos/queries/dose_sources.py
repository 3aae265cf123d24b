"""Where the dose of each order of a session can come from, and where it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.stock.amounts import NOTHING
from kairos.domain.stock.dose_source import Keeping, Offer, offers
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, orders, organisations, stock
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class DoseSource:
    """Where an order's dose comes from, and what could serve it. ``kept`` is empty where nobody declared."""

    kept: str
    offers: tuple[Offer, ...]
    taken_mg: Decimal
    taken_from: tuple[str, ...]
    reference: str
    is_there: bool


@reading(Permission.SEE_CHART)
def dose_sources(*, order_ids: Iterable[UUID], by: Actor, now: datetime) -> dict[UUID, DoseSource]:
    """Return the source of each order: what is taken out, what is recorded, and the lots on offer."""
    return {order_id: _source(by.scope, order_id, now) for order_id in order_ids}


def _source(scope: Scope, order_id: UUID, now: datetime) -> DoseSource:
    placed = orders.find_order(scope, order_id).order
    declared = stock.keeping_of(scope, placed.programme_id)
    dose_mg = Decimal(str(placed.details["dose_mg"]))
    out = stock.out_for_order(scope, order_id)
    taken = sum(out.values(), NOTHING)
    kept_reference = stock.reference_for(scope, order_id)
    is_here = declared is not None and declared.kept is Keeping.HERE
    return DoseSource(
        kept=declared.kept.value if declared else "",
        offers=_offers(scope, placed.planned_session_id, dose_mg, now) if is_here and taken < dose_mg else (),
        taken_mg=taken,
        taken_from=tuple(_lot_number(scope, issue) for issue in out),
        reference=str(kept_reference.words["reference"]) if kept_reference else "",
        is_there=taken >= dose_mg if is_here else declared is not None and kept_reference is not None,
    )


def _offers(
    scope: Scope, planned_session_id: UUID | None, dose_mg: Decimal, now: datetime
) -> tuple[Offer, ...]:
    if planned_session_id is None:
        return ()
    planned = courses.find_planned_session(scope, planned_session_id)
    release = content_of(scope, planned.programme_id).release
    route = release.protocols[courses.find_course(scope, planned.course_id).protocol].route
    fitting = frozenset(
        name for name, product in release.regulation.products.items() if route in product.routes
    )
    lots = stock.lots_of(scope, planned.site_id)
    balances = stock.balances_of(scope, [lot.id for lot in lots])
    known = [(lot, balances[lot.id].in_mg) for lot in lots if lot.id in balances]
    return offers(known, dose_mg=dose_mg, products=fitting, on=_day(scope, planned, now))


def _day(scope: Scope, planned: PlannedSession, now: datetime) -> date:
    zones = {site.id: site.time_zone for site in organisations.list_sites(scope)}
    return now.astimezone(ZoneInfo(zones.get(planned.site_id or planned.id, "UTC"))).date()


def _lot_number(scope: Scope, issue: UUID) -> str:
    return stock.find_lot(scope, stock.find_entry(scope, issue).lot_id).lot.lot_number
