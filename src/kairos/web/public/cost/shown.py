"""What the pages about money show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kairos.domain.evidence.price_list import PriceList
from kairos.queries.prices import ProgrammePrices
from kairos.web.public.cost.words import item_words, money


def prices_page(programmes: Sequence[ProgrammePrices], today: date) -> dict[str, Any]:
    """Return each programme with the list in force, those to come and those before."""
    return {"programmes": [_programme(each, today) for each in programmes]}


def _programme(each: ProgrammePrices, today: date) -> dict[str, Any]:
    now = each.on(today)
    return {
        "id": each.programme_id,
        "name": each.name,
        "now": _list(now) if now else None,
        "coming": [_list(one) for one in each.lists if one.from_day > today],
        "before": [_list(one) for one in each.lists if one is not now and one.from_day <= today],
    }


def _list(prices: PriceList) -> dict[str, Any]:
    lines = [
        (item_words(line.item), money(line.amount, prices.currency), line.code, line.includes)
        for line in prices.lines
    ]
    return {"version": prices.version, "from_day": prices.from_day, "lines": lines, "visits": _visits(prices)}


def _visits(prices: PriceList) -> list[tuple[str, str]]:
    return [(protocol, item_words(line.item)) for protocol, line in prices.visits.items()]
