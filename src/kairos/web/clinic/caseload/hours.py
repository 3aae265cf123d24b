"""Hours that coaches and therapists offer; patients take them on their own pages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.offer_talk_hour import offer_talk_hour
from kairos.actions.withdraw_talk_hour import withdraw_talk_hour
from kairos.queries.caseload import own_hours
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.caseload.acting import actor, form_page
from kairos.web.clinic.caseload.forms import HourForm
from kairos.web.clinic.sessions.acting import sentence_of
from kairos.web.forms import CommandForm


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def show_hours(request: ActingRequest) -> HttpResponse:
    """Show the hours one offers, and offer another."""
    by, now = actor(request), timezone.now()
    page, form = own_hours(by=by, now=now), HourForm(request.POST or None)
    hours = [
        {
            "hour": hour,
            "from": hour.starts_at.astimezone(page.zone),
            "to": hour.ends_at.astimezone(page.zone),
            "taken": hour.seats - hour.left,
        }
        for hour in page.hours
    ]
    return form_page(
        request,
        form,
        lambda: offer_talk_hour(programme_id=page.programme_id, by=by, now=now, **form.given(page.zone)),
        told=_("Offered. Patients see it now."),
        back=("talk_hours",),
        template="clinic/caseload/hours.html",
        found={"hours": hours, "zone": page.zone},
    )


@allow(Permission.HOLD_THERAPY)
@require_POST
def withdraw_hour(request: ActingRequest, hour_id: UUID) -> HttpResponse:
    """Take an hour back that nobody has taken."""
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            withdraw_talk_hour(hour_id=hour_id, by=actor(request), now=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Withdrawn."))
        except NotAllowed as error:
            messages.warning(request, sentence_of(error))
    return redirect("talk_hours")
