"""What the pages about money show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.price_list import PriceList
from kairos.queries.prices import ProgrammePrices
from kairos.web.public.cost.words import item_words, money

QUESTIONS = (
    _("Is this drug covered for my illness? Which one: esketamine, or other ketamine?"),
    _("Must you agree before I start? Which form, and who sends it?"),
    _("Which drugs must I have tried, at which dose, for how long?"),
    _("Which scores do you want to see, and from when?"),
    _("Is this clinic in your network? What if it is not?"),
    _("What do I pay for each session: a fixed sum, or a share?"),
    _("How many sessions do you pay for? What happens after that?"),
    _("Are talks before and after paid for? With which codes?"),
    _("Are tests paid for? Is travel?"),
    _("How long does your answer take? How can I ask again?"),
)


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
