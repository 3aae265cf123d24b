"""The pages of incidents: the board, a report, one incident with its review."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.close_incident import close_incident
from kairos.actions.report_incident import report_incident
from kairos.queries.incidents import IncidentBoard, incident_board, incident_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.incidents.forms import ReportForm, ReviewForm
from kairos.web.clinic.incidents.words import AREA_WORDS, CAUSE_WORDS, KIND_CHIPS, ORIGIN_WORDS
from kairos.web.clinic.own_programme import own_programme
from kairos.web.clinic.stock.refusals import take_refusal

WORDS = {
    "kinds": KIND_CHIPS,
    "areas": {area.value: word for area, word in AREA_WORDS.items()},
    "causes": {cause.value: word for cause, word in CAUSE_WORDS.items()},
    "origins": ORIGIN_WORDS,
}


@allow(Permission.REPORT_INCIDENT)
@require_GET
def show_incidents(request: ActingRequest) -> HttpResponse:
    """Show the board: what is open, and what was learned."""
    by = cast(Actor, request.actor)
    found = {"may_see_events": by.may(Permission.SEE_CHART)}
    return _draw(request, "clinic/incidents/incidents.html", incident_board(by=by), found)


@allow(Permission.REPORT_INCIDENT)
@require_http_methods(["GET", "POST"])
def report(request: ActingRequest) -> HttpResponse:
    """Report an incident or a near miss."""
    by, now = cast(Actor, request.actor), timezone.now()
    board = incident_board(by=by)
    local = now.astimezone(board.zone).replace(tzinfo=None)
    form = ReportForm(request.POST or None, initial={"happened_at": local})
    if request.method == "POST" and form.is_valid():
        try:
            report_incident(programme_id=own_programme(by), by=by, now=now, **form.given(board.zone))
            messages.info(request, _("Reported. It stays on the board until it is reviewed."))
            return redirect("incidents")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    return _draw(request, "clinic/incidents/new.html", board, {"form": form})


@allow(Permission.REPORT_INCIDENT)
@require_http_methods(["GET", "POST"])
def show_incident(request: ActingRequest, incident_id: UUID) -> HttpResponse:
    """Show one incident; who may review closes it here."""
    by, now = cast(Actor, request.actor), timezone.now()
    board = incident_page(incident_id=incident_id, by=by)
    (known,) = (*board.open, *board.closed)
    may_review = by.may(Permission.REVIEW_INCIDENT) and known.is_open
    form = ReviewForm(request.POST or None) if may_review else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            close_incident(incident_id=incident_id, by=by, now=now, **form.given())
            messages.info(request, _("Closed, with its review. What was learned stands on the board."))
            return redirect("incidents")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    return _draw(request, "clinic/incidents/incident.html", board, {"known": known, "form": form})


def _draw(request: ActingRequest, template: str, board: IncidentBoard, found: dict[str, Any]) -> HttpResponse:
    status = 400 if (form := found.get("form")) is not None and form.errors else 200
    with timezone.override(board.zone):
        return render(request, template, found | {"board": board, "words": WORDS}, status=status)
