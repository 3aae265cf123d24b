"""Pages about money that anyone may read. What is filled in travels in the body and is written nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from kairos.queries.prices import public_price_lists
from kairos.web.access import allow
from kairos.web.public.cost.quotes import quotes_page
from kairos.web.public.cost.shown import QUESTIONS, prices_page
from kairos.web.public.cost.time import time_page

ABOUT_MONEY = "prices and sums for anyone; shows nothing about anyone, keeps nothing"


@allow(public=True, reason=ABOUT_MONEY)
@require_safe
def show_prices(request: HttpRequest) -> HttpResponse:
    """Show what each programme asks, now, before and from a later day on."""
    shown = prices_page(public_price_lists(), timezone.localdate())
    return render(request, "public/cost/prices.html", shown)


@allow(public=True, reason=ABOUT_MONEY)
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def show_quotes(request: HttpRequest) -> HttpResponse:
    """Show two offers side by side, once they are filled in."""
    return render(request, "public/cost/quotes.html", quotes_page(request.POST))


@allow(public=True, reason=ABOUT_MONEY)
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def show_time(request: HttpRequest) -> HttpResponse:
    """Show what each way takes of somebody's time."""
    return render(request, "public/cost/time.html", time_page(request.POST))


@allow(public=True, reason=ABOUT_MONEY)
@require_safe
def show_insurance(request: HttpRequest) -> HttpResponse:
    """Show the sheet for a call with an insurer, to print and fill in by hand."""
    return render(request, "public/cost/insurance.html", {"questions": QUESTIONS})
