"""A programme's own price list: what it asks for each thing, from which day, in which money."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from kairos.vocab.errors import InvalidInput, Problem

VISIT = "visit."
"""Before the id of a protocol: the price of one dosing session after it."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_PLACES = -2


class PriceItem(StrEnum):
    """What a programme may ask money for, besides the dosing sessions."""

    EVALUATION = "evaluation"
    TESTS = "tests"
    PREPARATION = "preparation"
    INTEGRATION = "integration"
    FOLLOW_UP = "follow_up"
    MISSED_VISIT = "missed_visit"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price. ``item`` is a ``PriceItem`` or a visit; ``code`` is what is billed, where it is known."""

    item: str
    amount: Decimal
    code: str = ""
    includes: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who asks the money, as an estimate names them; what is empty is not known."""

    name: str = ""
    address: str = ""
    national_number: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of one programme from one day on. ``currency`` is a code of three letters (ISO 4217)."""

    currency: str
    from_day: date
    lines: tuple[PriceLine, ...]
    provider: Provider = Provider()
    version: int = 0

    def line(self, item: str) -> PriceLine | None:
        """Return the line of an item; ``None`` where the list does not name it, which is not nought."""
        return next((line for line in self.lines if line.item == item), None)

    def price(self, item: str) -> Decimal | None:
        """Return the price of an item, or ``None`` where it is not on the list."""
        line = self.line(item)
        return None if line is None else line.amount

    @property
    def visits(self) -> Mapping[str, PriceLine]:
        """The dosing sessions on the list, by protocol."""
        return {line.item.removeprefix(VISIT): line for line in self.lines if line.item.startswith(VISIT)}


def check_price_list(prices: PriceList, *, protocols: Iterable[str], today: date) -> None:
    """Refuse a list that is empty, names what nobody gives, or would have held before anybody saw it.

    Parameters
    ----------
    protocols    the treatment protocols whose sessions may have a price
    today        the first day from which it may hold

    Raises
    ------
    InvalidInput    every fault at once, each beside its field
    """
    known = {*PriceItem, *(VISIT + protocol for protocol in protocols)}
    problems = [
        *_of_head(prices, today),
        *(problem for line in prices.lines for problem in _of_line(line, known)),
    ]
    if problems:
        raise InvalidInput(*problems)


def _of_head(prices: PriceList, today: date) -> Iterable[Problem]:
    if not _CURRENCY.fullmatch(prices.currency):
        yield Problem("currency", "must be a code of three capital letters, such as USD")
    if prices.from_day < today:
        yield Problem("from_day", f"must be {today} or later; earlier prices stay as they were")
    if not prices.lines:
        yield Problem("", "no price is filled in; a list needs one at least")
    items = [line.item for line in prices.lines]
    if len(items) != len(set(items)):
        yield Problem("", "the same item stands twice; keep one of them")


def _of_line(line: PriceLine, known: set[str]) -> Iterable[Problem]:
    if line.item not in known:
        yield Problem(line.item, "is nothing that this programme gives; take it off the list")
    if not line.amount.is_finite() or line.amount < 0:
        yield Problem(line.item, "must be nought or more")
    elif int(line.amount.as_tuple().exponent) < _PLACES:
        yield Problem(line.item, "has more than two places after the point")


def list_on(lists: Sequence[PriceList], day: date) -> PriceList | None:
    """Return the list that holds on a day: of those that began, the one put in force last."""
    begun = [each for each in lists if each.from_day <= day]
    return max(begun, key=lambda each: (each.from_day, each.version), default=None)


def to_details(prices: PriceList) -> dict[str, Any]:
    """Return what is kept of a list; amounts as exact decimal text."""
    provider = prices.provider
    return {
        "currency": prices.currency,
        "provider": {
            "name": provider.name,
            "address": provider.address,
            "national_number": provider.national_number,
            "tax_number": provider.tax_number,
        },
        "lines": [
            {"item": line.item, "amount": str(line.amount), "code": line.code, "includes": line.includes}
            for line in prices.lines
        ],
    }


def from_details(details: Mapping[str, Any], *, version: int, from_day: date) -> PriceList:
    """Return the list that ``to_details`` told.

    Raises
    ------
    InvalidInput    an amount is no number
    """
    try:
        lines = tuple(
            PriceLine(each["item"], Decimal(each["amount"]), each["code"], each["includes"])
            for each in details["lines"]
        )
    except InvalidOperation as error:
        raise InvalidInput(Problem("lines", "holds an amount that is no number; publish it again")) from error
    return PriceList(details["currency"], from_day, lines, Provider(**details["provider"]), version)
