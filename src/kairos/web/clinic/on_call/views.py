"""The pages of the on-call roster: who is called now, where nobody is, and the entry of a duty."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.name_on_call import name_on_call
from kairos.actions.withdraw_on_call import withdraw_on_call
from kairos.queries.on_call import on_call_candidates, roster_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.on_call.forms import DAY_WORDS, STEP_WORDS, DutyForm
from kairos.web.forms import CommandForm


@allow(Permission.SEE_PEOPLE)
@require_GET
def show_roster(request: ActingRequest) -> HttpResponse:
    """Show who is on call now at each site, the hours in which nobody is, and the duties."""
    by = cast(Actor, request.actor)
    found = {
        "roster": roster_page(by=by, now=timezone.now()),
        "steps": STEP_WORDS,
        "days": dict(DAY_WORDS),
        "may_keep": by.may(Permission.KEEP_ON_CALL),
    }
    return render(request, "clinic/on_call/roster.html", found)


@allow(Permission.KEEP_ON_CALL)
@require_http_methods(["GET", "POST"])
def name_somebody(request: ActingRequest) -> HttpResponse:
    """Take in one duty."""
    by, now = cast(Actor, request.actor), timezone.now()
    page, candidates = roster_page(by=by, now=now), on_call_candidates(by=by)
    begins = DutyForm.begins_with(now.date())
    form = DutyForm(request.POST or None, candidates=candidates, sites=page.sites, initial=begins)
    if form.is_valid():
        try:
            given = form.cleaned_data
            programme_id, command_id = page.programmes[given["site_id"]], given["command_id"]
            name_on_call(programme_id=programme_id, duty=form.duty(), command_id=command_id, by=by, now=now)
            messages.info(request, _("Entered. It stands before what was entered earlier for these hours."))
            return redirect("on_call")
        except InvalidInput as error:
            form.take_problems(error)
    return render(request, "clinic/on_call/new.html", {"form": form}, status=400 if form.errors else 200)


@allow(Permission.KEEP_ON_CALL)
@require_POST
def withdraw(request: ActingRequest, duty_id: UUID) -> HttpResponse:
    """End one duty from now on."""
    form = CommandForm(request.POST)
    if form.is_valid():
        told = {"duty_id": duty_id, "command_id": form.cleaned_data["command_id"]}
        try:
            withdraw_on_call(by=cast(Actor, request.actor), now=timezone.now(), **told)
            messages.info(request, _("Withdrawn. Nobody is called by it from now on."))
        except NotAllowed as error:
            messages.warning(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return redirect("on_call")
