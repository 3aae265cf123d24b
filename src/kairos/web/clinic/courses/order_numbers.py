"""Template filters for the numbers of an order, as people write them."""

from datetime import datetime, timedelta
from decimal import Decimal

from django import template
from django.utils.formats import date_format

from kairos.domain.protocols import dosing
from kairos.domain.protocols.dosing import InfusionPlan
from kairos.vocab.instants import PartialDate

register = template.Library()


@register.filter
def plain(number: Decimal) -> str:
    """Write a decimal without exponent and trailing zeros."""
    return dosing.plain(number)


@register.filter
def pump_rate(plan: InfusionPlan) -> str:
    """Write what the pump is set to, in mL/h."""
    return dosing.plain(plan.rate.mL_per_h(plan.bag))


@register.filter
def over_minutes(plan: InfusionPlan) -> str:
    """Write the length of the infusion in minutes."""
    return str(plan.over // timedelta(minutes=1))


@register.filter
def in_zone(at: datetime, other: datetime) -> datetime:
    """Return an instant in the zone of another, which is the site's."""
    return at.astimezone(other.tzinfo)


@register.filter
def in_words(day: PartialDate) -> str:
    """Write a date with the name of its month, as precisely as it is known."""
    shape = "Y" if day.month is None else "F Y" if day.day is None else "j F Y"
    return date_format(day.first, shape)
