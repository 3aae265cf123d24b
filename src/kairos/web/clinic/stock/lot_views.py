"""One lot: its register, what is out for a dose, what is destroyed or sent back, a corrected entry."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.account_for_dose import account_for_dose
from kairos.actions.correct_stock_entry import correct_stock_entry
from kairos.actions.send_back_stock import send_back_stock
from kairos.actions.waste_stock import waste_stock
from kairos.actions.witness_stock_entry import witness_stock_entry
from kairos.queries.accounts import actor_for
from kairos.queries.stock import issue_page, lot_of_entry, lot_register
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import SentenceForm
from kairos.web.clinic.stock.forms import AccountForm, CorrectForm, SendBackForm, WasteForm, WitnessForm
from kairos.web.clinic.stock.refusals import take_refusal
from kairos.web.clinic.stock.words import KIND_WORDS, WASTE_REASONS
from kairos.web.forms import new_id


@allow(Permission.SEE_STOCK)
@require_GET
def show_register(request: ActingRequest, lot_id: UUID) -> HttpResponse:
    """Show the register of a lot; it is also what is printed."""
    by = cast(Actor, request.actor)
    found = {
        "page": lot_register(lot_id=lot_id, by=by),
        "may_keep": by.may(Permission.KEEP_STOCK),
        "kinds": KIND_WORDS,
        "wastes": WASTE_REASONS,
    }
    return render(request, "clinic/stock/register.html", found)


@allow(Permission.KEEP_STOCK)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def show_issue(request: ActingRequest, issue: UUID) -> HttpResponse:
    """Account for what is out for a dose."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = issue_page(issue=issue, by=by, now=now)
    form = AccountForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        signed = _done(form, lambda: account_for_dose(issue=issue, by=by, now=now, **form.given()))
        if signed is not None:
            if form.witness_id is not None and signed != issue:
                _witness(form, signed)
            messages.info(request, _("All of it is accounted for."))
            return redirect("stock")
    found = {"page": page, "form": form}
    return render(request, "clinic/stock/issue.html", found, status=400 if form.errors else 200)


def _witness(form: WitnessForm, entry_id: UUID) -> None:
    """Record the second person's act in their own name."""
    witness = actor_for(cast(UUID, form.witness_id))
    witness_stock_entry(entry_id=entry_id, command_id=new_id(), by=witness, now=timezone.now())


def _done(form: SentenceForm, act: Callable[[], UUID]) -> UUID | None:
    try:
        return act()
    except (InvalidInput, NotAllowed) as error:
        take_refusal(form, error)
        return None


@allow(Permission.KEEP_STOCK)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def show_waste(request: ActingRequest, lot_id: UUID) -> HttpResponse:
    """Destroy stock out of the cabinet before a witness."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = WasteForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        signed = _done(form, lambda: waste_stock(lot_id=lot_id, by=by, now=now, **form.given()))
        if signed is not None:
            _witness(form, signed)
            messages.info(request, _("Destroyed and witnessed. It stands in the register."))
            return redirect("stock_register", lot_id)
    return _lot_form(request, "waste", lot_id, form)


@allow(Permission.KEEP_STOCK)
@require_http_methods(["GET", "POST"])
def show_send_back(request: ActingRequest, lot_id: UUID) -> HttpResponse:
    """Send stock back."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _done(form, lambda: send_back_stock(lot_id=lot_id, by=by, now=now, **given)) is not None:
            messages.info(request, _("Sent back. It stands in the register."))
            return redirect("stock_register", lot_id)
    return _lot_form(request, "send_back", lot_id, form)


@allow(Permission.KEEP_STOCK)
@require_http_methods(["GET", "POST"])
def show_correct(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """Take an entry back, with the reason."""
    by, now = cast(Actor, request.actor), timezone.now()
    lot_id, form = lot_of_entry(entry_id=entry_id, by=by), CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _done(form, lambda: correct_stock_entry(entry_id=entry_id, by=by, now=now, **given)) is not None:
            messages.info(request, _("Taken back. Enter now what is right."))
            return redirect("stock_register", lot_id)
    return _lot_form(request, "correct", lot_id, form, entry_id=entry_id)


def _lot_form(
    request: ActingRequest, name: str, lot_id: UUID, form: SentenceForm, **more: Any
) -> HttpResponse:
    page = lot_register(lot_id=lot_id, by=cast(Actor, request.actor))
    rows = [row for row in page.rows if row.entry.id == more.get("entry_id")]
    found = {"page": page, "form": form, "rows": rows, "kinds": KIND_WORDS}
    return render(request, f"clinic/stock/{name}.html", found, status=400 if form.errors else 200)
