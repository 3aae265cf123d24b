"""A patient's own costs: the estimate of the planned course, and offers they wish to keep."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.keep_offers import keep_offers as keep
from kairos.interop.paper.document import as_pdf
from kairos.queries.estimates import EstimatePage, own_estimate, own_offers
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.estimate_paper import estimate_document, rights
from kairos.web.forms import CommandForm
from kairos.web.public.cost.quotes import quotes_page
from kairos.web.public.cost.words import item_words, money

_NOT_OFFERS = ("csrfmiddlewaretoken", "command_id", "keep", "forget")


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_costs(request: ActingRequest) -> HttpResponse:
    """Show what the planned course is expected to cost, by the price list of today."""
    page = own_estimate(by=cast(Actor, request.actor), now=timezone.now())
    with timezone.override(page.zone):
        return render(request, "portal/costs/costs.html", _shown(page))


def _shown(page: EstimatePage) -> dict[str, Any]:
    found = page.estimate
    shown: dict[str, Any] = {"page": page, "found": found, "rights": list(rights(timezone.localdate()))}
    if found is None:
        return shown
    currency = found.prices.currency
    lines = [
        {
            "what": item_words(line.expected.item),
            "price": money(line.price.amount if line.price else None, currency),
            "count": line.count,
            "amount": money(line.amount, currency),
        }
        for line in found.lines
    ]
    return shown | {"lines": lines, "total": money(found.known, currency)}


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def send_estimate(request: ActingRequest) -> HttpResponse:
    """Send the estimate as a PDF; there is none without a planned course and a price list."""
    page = own_estimate(by=cast(Actor, request.actor), now=timezone.now())
    if page.estimate is None:
        raise Http404
    with timezone.override(page.zone):
        made = as_pdf(estimate_document(page, page.estimate, on=timezone.localdate()))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="estimate.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@allow(Permission.SEE_OWN_RECORD)
@require_http_methods(["GET", "POST"])
def keep_offers(request: ActingRequest) -> HttpResponse:
    """Show the offers that somebody kept; keep others, or take them away, as they wish."""
    by = cast(Actor, request.actor)
    if request.method == "GET":
        kept = QueryDict(mutable=True)
        kept.update(dict(own_offers(by=by)))
        return render(request, "portal/costs/offers.html", quotes_page(kept) | {"is_kept": bool(kept)})
    shown, command = quotes_page(request.POST), CommandForm(request.POST)
    is_filled = "totals" in shown or "forget" in request.POST
    if not is_filled or not command.is_valid():
        return render(request, "portal/costs/offers.html", shown, status=400)
    filled = {name: str(value) for name, value in request.POST.items() if name not in _NOT_OFFERS and value}
    offers = {} if "forget" in request.POST else filled
    keep(offers=offers, command_id=command.cleaned_data["command_id"], by=by, now=timezone.now())
    messages.info(request, _("Kept, for you alone.") if offers else _("Taken away."))
    return redirect("portal_offers")
