"""The stock room of the demonstration: lots received, drawn from, counted, accounted for to the microgram."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from kairos.actions.account_for_dose import account_for_dose
from kairos.actions.count_stock import count_stock
from kairos.actions.declare_stock_keeping import declare_stock_keeping
from kairos.actions.receive_stock import receive_stock
from kairos.actions.witness_stock_entry import witness_stock_entry
from kairos.cli.demo_clinic.house import House
from kairos.domain.stock.counts import Counted
from kairos.domain.stock.delivery import Delivery
from kairos.domain.stock.dose_source import Keeping
from kairos.queries.dose_sources import dose_sources
from kairos.queries.stock import dose_issues, issue_page, stock_page
from kairos.vocab.people import Role

_BEFORE = timedelta(days=90)
_PRODUCT, _NAME = "racemic_injection", "Ketamine 50 mg in 5 mL, for one use"
_VIAL_MG = Decimal(50)
_LOTS = (("KT2417", 240, timedelta(days=150)), ("KT2502", 60, timedelta(days=420)))
_SHORT_BY = Decimal("0.5")


def fill(house: House, *, now: datetime) -> None:
    """Declare that the stock is kept here, and receive the lots of the past months."""
    pharmacist, then = house.staff[Role.PHARMACIST], now - _BEFORE
    declare_stock_keeping(
        programme_id=house.programme_id, kept=Keeping.HERE, command_id=uuid4(), by=pharmacist, now=then
    )
    for number, containers, lasts in _LOTS:
        delivery = Delivery(
            product=_PRODUCT,
            name=_NAME,
            lot_number=number,
            expires_on=_end_of_month((now + lasts).date()),
            container_mg=_VIAL_MG,
            containers=containers,
            reference=f"Invoice {number[2:]}",
        )
        receive_stock(site_id=house.site_id, delivery=delivery, command_id=uuid4(), by=pharmacist, now=then)


def keep_filled(house: House, *, now: datetime) -> None:
    """Declare and receive where an older demonstration has no stock yet."""
    if not stock_page(by=house.nurse, now=now).kept:
        fill(house, now=now)


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def lot_for(house: House, order_id: UUID, *, now: datetime) -> UUID:
    """Return the lot that a dose is drawn from: the first to expire."""
    source = dose_sources(order_ids=[order_id], by=house.nurse, now=now)[order_id]
    return source.offers[0].lot.id


def account_for(house: House, order_id: UUID, now: datetime) -> None:
    """Account for what was taken out for a dose; the rest is destroyed before the pharmacist."""
    pharmacist = house.staff[Role.PHARMACIST]
    for issue in dose_issues(order_id=order_id, by=house.floor_nurse):
        page = issue_page(issue=issue, by=house.floor_nurse, now=now)
        entry_id = account_for_dose(
            issue=issue,
            wasted_mg=page.rest_mg,
            returned_mg=Decimal(0),
            witness_id=pharmacist.id,
            command_id=uuid4(),
            by=house.floor_nurse,
            now=now,
        )
        if page.rest_mg:
            witness_stock_entry(entry_id=entry_id, command_id=uuid4(), by=pharmacist, now=now)


def count_short(house: House, *, now: datetime) -> None:
    """Count every lot; one of the newest is found opened and short, so that a difference stands open."""
    rows = [row for site in stock_page(by=house.nurse, now=now).sites for row in site.lots]
    for row in rows:
        containers, opened = int(row.balance.in_mg // row.lot.container_mg), Decimal(0)
        if row is rows[-1]:
            containers, opened = containers - 1, row.lot.container_mg - _SHORT_BY
        counted = Counted(row.lot.id, containers, opened)
        count_stock(counted=counted, command_id=uuid4(), by=house.nurse, now=now)
