"""The stock: what lies where, what is out, what differs; where it is kept; a delivery."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.declare_stock_keeping import declare_stock_keeping
from kairos.actions.receive_stock import receive_stock
from kairos.queries.stock import receivable, stock_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.own_programme import own_programme
from kairos.web.clinic.stock.forms import REASON_WORDS, KeepingForm, ReceiveForm
from kairos.web.clinic.stock.refusals import take_refusal

REASONS = {reason.value: words for reason, words in REASON_WORDS}


@allow(Permission.SEE_STOCK)
@require_GET
def show_stock(request: ActingRequest) -> HttpResponse:
    """Show the stock of every site."""
    by = cast(Actor, request.actor)
    page = stock_page(by=by, now=timezone.now())
    rights = {
        "may_keep": by.may(Permission.KEEP_STOCK),
        "may_review": by.may(Permission.REVIEW_STOCK),
    }
    return render(request, "clinic/stock/stock.html", {"page": page, "reasons": REASONS, **rights})


@allow(Permission.REVIEW_STOCK)
@require_http_methods(["GET", "POST"])
def show_keeping(request: ActingRequest) -> HttpResponse:
    """Ask where the programme keeps its stock, and keep the answer."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = KeepingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_stock_keeping(programme_id=own_programme(by), by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Declared. From now on every dose names its source there."))
            return redirect("stock")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    return render(request, "clinic/stock/keeping.html", {"form": form}, status=400 if form.errors else 200)


@allow(Permission.KEEP_STOCK)
@require_http_methods(["GET", "POST"])
def show_receive(request: ActingRequest) -> HttpResponse:
    """Take a delivery into the cabinet."""
    by, now = cast(Actor, request.actor), timezone.now()
    products, sites = receivable(by=by)
    form = ReceiveForm(request.POST or None, products=products, sites=sites)
    if request.method == "POST" and form.is_valid():
        try:
            lot_id = receive_stock(by=by, now=now, **form.given())
            messages.info(request, _("Received. It stands in the register."))
            return redirect("stock_register", lot_id)
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    return render(request, "clinic/stock/receive.html", {"form": form}, status=400 if form.errors else 200)
