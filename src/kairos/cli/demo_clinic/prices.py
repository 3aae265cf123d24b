"""The demonstration's price list: invented sums, so that the pages about money show something."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from kairos.actions.publish_prices import publish_prices
from kairos.cli.demo_clinic.house import House
from kairos.domain.evidence.price_list import PriceItem, PriceLine, PriceList, Provider
from kairos.queries.prices import price_lists
from kairos.vocab.people import Role

_LINES = (
    PriceLine(PriceItem.EVALUATION, Decimal(280), includes="an hour with a prescriber"),
    PriceLine(PriceItem.TESTS, Decimal(120), includes="blood, urine and an ECG"),
    PriceLine(PriceItem.PREPARATION, Decimal(110)),
    PriceLine(PriceItem.INTEGRATION, Decimal(110)),
    PriceLine("visit.iv_racemic_clinic", Decimal("465.50"), includes="the medicine and the watching"),
    PriceLine("visit.esketamine_clinic", Decimal(390), includes="the watching, not the medicine"),
)


def publish_demo_prices(house: House, *, now: datetime) -> None:
    """Publish the invented list, where none is."""
    lead = house.staff[Role.PROGRAMME_LEAD]
    found = next(each for each in price_lists(by=lead) if each.programme_id == house.programme_id)
    if found.lists:
        return
    provider = Provider("Invented for the demonstration", "No such address")
    prices = PriceList("USD", now.astimezone(UTC).date(), _LINES, provider)
    publish_prices(
        programme_id=house.programme_id, prices=prices, newest=0, command_id=uuid4(), by=lead, now=now
    )
