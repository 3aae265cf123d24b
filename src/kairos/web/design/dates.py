"""Dates as a language writes them: ``j F Y`` is ``22 November 2026`` and ``22 de noviembre de 2026``."""

from datetime import date as Day
from typing import Any

from django import template
from django.template import defaultfilters
from django.utils.formats import date_format
from django.utils.translation import pgettext

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Format a day or a moment; the catalogue of a language may hold another order for each format."""
    return defaultfilters.date(value, pgettext("date format", arg) if arg else arg)


def dated(value: Day, form: str) -> str:
    """Return a day or a moment in a form, in the order in which the language writes it."""
    return date_format(value, pgettext("date format", form))
