"""What a programme's price list fills in of the estimator. What is not on it stays empty and is asked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone

from kairos.domain.evidence.price_list import VISIT, PriceItem, PriceList
from kairos.queries.prices import public_price_lists
from kairos.web.public.cost.words import item_words


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """The list that somebody came with, and what the form begins with."""

    programme: str
    visit: str
    currency: str
    version: int
    from_day: date
    initial: dict[str, Decimal]


def listed_price(given: QueryDict) -> ListedPrice | None:
    """Return what the named programme's list says today of the named visit, if there is one."""
    if not given.get("prices"):
        return None
    lists = (each for each in public_price_lists() if str(each.programme_id) == given["prices"])
    found = next(lists, None)
    prices = found.on(timezone.localdate()) if found else None
    visit = VISIT + given.get("visit", "")
    if found is None or prices is None or prices.line(visit) is None:
        return None
    told = (prices.currency, prices.version, prices.from_day, _initial(prices, visit))
    return ListedPrice(found.name, item_words(visit), *told)


def _initial(prices: PriceList, visit: str) -> dict[str, Decimal]:
    """Return the fields that the list answers; a field that is made of two items needs both on it."""
    evaluation, tests = prices.price(PriceItem.EVALUATION), prices.price(PriceItem.TESTS)
    before, after = prices.price(PriceItem.PREPARATION), prices.price(PriceItem.INTEGRATION)
    told = {
        "price": prices.price(visit),
        "tests": None if evaluation is None or tests is None else evaluation + tests,
        "coaching": before if before == after else None,
    }
    return {name: amount for name, amount in told.items() if amount is not None}
