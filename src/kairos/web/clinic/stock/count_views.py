"""Counting without seeing the book, inventories, and what is behind a difference."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.count_stock import count_stock
from kairos.actions.review_stock_discrepancy import review_stock_discrepancy
from kairos.actions.take_stock_inventory import take_stock_inventory
from kairos.queries.stock import count_page, discrepancy_page, inventory_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.stock.forms import MOMENT_WORDS, REASON_WORDS, CountForm, ReviewForm
from kairos.web.clinic.stock.refusals import take_refusal


@allow(Permission.KEEP_STOCK)
@require_http_methods(["GET", "POST"])
def show_count(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Count the lots of a site; the page says nothing of the book, before or after."""
    by = cast(Actor, request.actor)
    page = count_page(by=by, site_id=site_id)
    form = CountForm(request.POST or None, lots=page.lots)
    if request.method == "POST" and form.is_valid():
        try:
            return _counted(request, form, by)
        except InvalidInput as error:
            take_refusal(form, error)
    found = {"page": page, "form": form}
    return render(request, "clinic/stock/count.html", found, status=400 if form.errors else 200)


def _counted(request: ActingRequest, form: CountForm, by: Actor) -> HttpResponse:
    """Keep each count under an id of its own, made from the form's: sent twice, each is kept once."""
    counted, now = form.counted(), timezone.now()
    opened = [
        count_stock(
            counted=each, command_id=count_id(form.cleaned_data["command_id"], each.lot_id), by=by, now=now
        )
        for each in counted
    ]
    differ = sum(each is not None for each in opened)
    if not differ:
        messages.info(request, _("Counted. Every lot agrees with the book."))
    else:
        messages.warning(
            request,
            ngettext(
                "Counted. One lot differs from the book; somebody else reviews it.",
                "Counted. %(n)d lots differ from the book; somebody else reviews them.",
                differ,
            )
            % {"n": differ},
        )
    return redirect("stock")


def count_id(command_id: UUID, lot_id: UUID) -> UUID:
    """Return the id of the count of one lot of a form."""
    return UUID(int=command_id.int ^ lot_id.int)


@allow(Permission.KEEP_STOCK)
@require_http_methods(["GET", "POST"])
def show_take_inventory(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Count every lot of a site as an inventory."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = count_page(by=by, site_id=site_id)
    form = CountForm(request.POST or None, lots=page.lots, with_moment=True)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = {"command_id": told["command_id"], "at_moment": told["at_moment"], "counted": form.counted()}
        try:
            return redirect("stock_inventory", take_stock_inventory(site_id=site_id, by=by, now=now, **given))
        except InvalidInput as error:
            take_refusal(form, error)
    found = {"page": page, "form": form, "is_inventory": True}
    return render(request, "clinic/stock/count.html", found, status=400 if form.errors else 200)


@allow(Permission.SEE_STOCK)
@require_GET
def show_inventory(request: ActingRequest, inventory_id: UUID) -> HttpResponse:
    """Show an inventory as it is printed and signed."""
    page = inventory_page(inventory_id=inventory_id, by=cast(Actor, request.actor))
    return render(request, "clinic/stock/inventory.html", {"page": page, "moments": dict(MOMENT_WORDS)})


@allow(Permission.SEE_STOCK)
@require_http_methods(["GET", "POST"])
def show_discrepancy(request: ActingRequest, discrepancy_id: UUID) -> HttpResponse:
    """Show a difference, and close it with what was behind it."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = discrepancy_page(discrepancy_id=discrepancy_id, by=by)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review_stock_discrepancy(discrepancy_id=discrepancy_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Closed, with its reason."))
            return redirect("stock")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {
        "page": page,
        "form": form,
        "may_review": by.may(Permission.REVIEW_STOCK) and not page.is_own,
        "reasons": {reason.value: words for reason, words in REASON_WORDS},
    }
    return render(request, "clinic/stock/discrepancy.html", found, status=400 if form.errors else 200)
