"""The pages of standing orders: what holds, signing one, ending one."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.end_standing_order import end_standing_order
from kairos.actions.sign_standing_order import sign_standing_order
from kairos.content.release import load_release
from kairos.queries.giving import standing_orders
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.adverse_events.forms import EndForm, OrderForm
from kairos.web.clinic.giving_words import order_words
from kairos.web.clinic.own_programme import own_programme
from kairos.web.clinic.sessions.medicine_page import known_doses
from kairos.web.clinic.stock.refusals import take_refusal


@allow(Permission.SEE_CHART)
@require_GET
def show_orders(request: ActingRequest) -> HttpResponse:
    """Show the standing orders that hold, and those that do not."""
    by = cast(Actor, request.actor)
    found = standing_orders(by=by, now=timezone.now())
    shown = {
        "found": found,
        "holding": [(each, order_words(each.order)) for each in found.holding],
        "past": [(each, order_words(each.order)) for each in found.past],
        "may_sign": by.may(Permission.PLACE_ORDER),
    }
    return render(request, "clinic/adverse_events/orders.html", shown)


@allow(Permission.PLACE_ORDER)
@require_http_methods(["GET", "POST"])
def sign(request: ActingRequest) -> HttpResponse:
    """Sign a standing order."""
    by, now = cast(Actor, request.actor), timezone.now()
    rescue = standing_orders(by=by, now=now).rescue
    form = OrderForm(request.POST or None, rescue=rescue, findings=_findings())
    if request.method == "POST" and form.is_valid():
        try:
            sign_standing_order(programme_id=own_programme(by), by=by, now=now, **form.given())
            messages.info(request, _("Signed. It can be chosen at the chair on the days it holds."))
            return redirect("standing_orders")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {"form": form, "known": known_doses(rescue)}
    return render(request, "clinic/adverse_events/sign.html", found, status=400 if form.errors else 200)


@allow(Permission.PLACE_ORDER)
@require_http_methods(["GET", "POST"])
def end(request: ActingRequest, order_id: UUID) -> HttpResponse:
    """End a standing order before its last day."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_standing_order(order_id=order_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Ended. Nothing is given under it from now on."))
            return redirect("standing_orders")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = {"form": form}
    return render(request, "clinic/adverse_events/end_order.html", found, status=400 if form.errors else 200)


def _findings() -> list[str]:
    """Return the symptoms and alarms an order can be for; not the one that stands for somebody calling."""
    protocols = load_release().protocols.values()
    codes = {code for each in protocols for code, symptom in each.symptoms.items() if not symptom.is_call}
    return sorted(codes | {rule for each in protocols for rule in each.alarms})
