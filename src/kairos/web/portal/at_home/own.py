"""The patient's own page of sessions at home: who is with them, the way into session mode, an end at will."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.end_support_access import end_support_access
from kairos.actions.make_home_link import make_home_link
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.home_links import HomeLink
from kairos.queries.consents import own_person_id
from kairos.queries.home_links import fresh_address
from kairos.queries.home_sessions import HomePreparation, home_preparation
from kairos.queries.preparation import own_intention
from kairos.vocab.errors import KairosError
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm

WAITING = (PlannedStatus.PLANNED, PlannedStatus.OPEN)


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_own_home(request: ActingRequest) -> HttpResponse:
    """Show what is prepared, and the next session at home."""
    page = _own(request)
    coming, row = _next(page), None
    if coming is not None:
        row = {"intention": own_intention(planned_session_id=coming.id, by=_actor(request))}
    with timezone.override(page.zone):
        return render(request, "portal/at_home/own.html", {"page": page, "next": coming, "row": row})


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def open_mode(request: ActingRequest) -> HttpResponse:
    """Lead into session mode: a link of its own, so that a log-in that ends does not end it."""
    page, form, address = _own(request), CommandForm(request.POST), fresh_address()
    coming = _next(page)
    if coming is None or not form.is_valid():
        return redirect("portal_home_sessions")
    try:
        make_home_link(
            person_id=page.person_id,
            kind=HomeLink.PATIENT,
            address=address,
            planned_session_id=coming.id,
            command_id=form.cleaned_data["command_id"],
            by=_actor(request),
            now=timezone.now(),
        )
    except KairosError as error:
        messages.warning(request, str(error))
        return redirect("portal_home_sessions")
    return redirect("home_link", address)


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def end_own_support(request: ActingRequest) -> HttpResponse:
    """End the support person's access, at once."""
    page, form = _own(request), CommandForm(request.POST)
    subject = page.papers.standing.subject
    if subject is not None and form.is_valid():
        about = {"person_id": page.person_id, "subject": subject}
        try:
            end_support_access(by=_actor(request), now=timezone.now(), **about, **form.cleaned_data)
        except KairosError as error:
            messages.warning(request, str(error))
    return redirect("portal_home_sessions")


def _own(request: ActingRequest) -> HomePreparation:
    by = _actor(request)
    return home_preparation(person_id=own_person_id(by), by=by, now=timezone.now())


def _next(page: HomePreparation) -> Any:
    return next((each for each in page.sessions if each.status in WAITING), None)


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)
