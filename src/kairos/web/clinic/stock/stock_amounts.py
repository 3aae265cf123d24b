"""Template filters for amounts of stock: as people write them, or to the microgram."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from kairos.domain.protocols import dosing
from kairos.domain.stock.amounts import MICROGRAM

register = template.Library()


@register.filter
def mg(amount: Decimal) -> str:
    """Write an amount in mg without trailing zeros."""
    return dosing.plain(amount)


@register.filter
def exact(amount: Decimal) -> str:
    """Write an amount in mg with its three places; a minus that is read as one."""
    return f"{amount.quantize(MICROGRAM):f}".replace("-", "−")


@register.filter
def of(known: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds under a key; empty where it holds nothing."""
    return known.get(key, "")
