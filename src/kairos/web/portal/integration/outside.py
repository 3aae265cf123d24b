"""The page that a therapist outside the clinic opens by a patient's link. Each look is written down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.actions.note_outside_look import note_outside_look
from kairos.domain.integration.insights import InsightState
from kairos.queries.outside_share import outside_holder, outside_view
from kairos.vocab.errors import Missing
from kairos.web.access import allow
from kairos.web.forms import new_id
from kairos.web.portal.at_home.by_link import CLOSED_STATUS
from kairos.web.portal.integration.days import days_shown

_WHY = "whoever holds a patient's link to the outside; it ends, and each look is written down"


@allow(public=True, reason=_WHY)
@require_GET
def show_outside(request: HttpRequest, address: str) -> HttpResponse:
    """Show what the patient chose; a link that has ended says so and nothing else."""
    now = timezone.now()
    try:
        holder = outside_holder(address, now=now)
        view = outside_view(holder, now=now)
    except Missing:
        return _kept_quiet(render(request, "portal/integration/outside_closed.html", status=CLOSED_STATUS))
    note_outside_look(command_id=new_id(now), by=holder.actor, now=now)
    found = {"view": view, "page": view.page, "until": view.share.expires_at.astimezone(view.page.zone)}
    found |= {"open_cards": [c for c in view.page.insights if c.state is InsightState.OPEN]}
    shown = render(request, "portal/integration/outside.html", found | days_shown(view.page, now))
    return _kept_quiet(shown)


def _kept_quiet(response: HttpResponse) -> HttpResponse:
    # The address is a secret: Django logs the path of whatever it refuses, unless told that is done.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
