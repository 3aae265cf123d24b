"""Dates as a language writes them: ``j F Y`` is ``22 November 2026`` and ``22 de noviembre de 2026``."""

from typing import Any

from django import template
from django.template import defaultfilters
from django.utils.translation import pgettext

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Format a day or a moment; the catalogue of a language may hold another order for each format."""
    return defaultfilters.date(value, pgettext("date format", arg) if arg else arg)
