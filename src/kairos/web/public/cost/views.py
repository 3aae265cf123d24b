"""Pages about money that anyone may read. What is filled in travels in the body and is written nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kairos.queries.prices import public_price_lists
from kairos.web.access import allow
from kairos.web.public.cost.shown import prices_page

ABOUT_MONEY = "prices and sums for anyone; shows nothing about anyone, keeps nothing"


@allow(public=True, reason=ABOUT_MONEY)
@require_safe
def show_prices(request: HttpRequest) -> HttpResponse:
    """Show what each programme asks, now, before and from a later day on."""
    shown = prices_page(public_price_lists(), timezone.localdate())
    return render(request, "public/cost/prices.html", shown)
