"""The clinic's day: the list of who comes, the check that opens it, arrivals, the close."""

from typing import Any, cast
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.assign_duty import assign_duty
from kairos.actions.close_clinic_day import close_clinic_day
from kairos.actions.note_arrival import note_arrival
from kairos.actions.open_clinic_day import open_clinic_day
from kairos.content.release import load_release
from kairos.domain.protocols.clinic_day import Duty, permission_for
from kairos.domain.protocols.day_list import Awaited
from kairos.queries import clinic_day as of_day
from kairos.queries.care_team import people_who_may, team_for_duty
from kairos.queries.clinic_day import SiteDay
from kairos.queries.courses import planned_session
from kairos.queries.on_call import missing_on_call
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.day.forms import ARRIVAL_WORDS, ArrivalForm, OpenDayForm, StaffForm
from kairos.web.clinic.day.shown import (
    awaited_hint,
    awaited_words,
    lacks_shown,
    later_shown,
    open_shown,
    staff_shown,
)
from kairos.web.clinic.on_call.forms import STEP_WORDS
from kairos.web.forms import CommandForm


@allow(Permission.SEE_PEOPLE)
@require_GET
def show_day(request: ActingRequest) -> HttpResponse:
    """Show today at every site."""
    by = cast(Actor, request.actor)
    found = {
        "sites": [_drawn(site, by) for site in of_day.clinic_day(by=by, now=timezone.now())],
        "uncovered": missing_on_call(by=by, now=timezone.now()),
        "steps": STEP_WORDS,
        "arrivals": {arrival.value: words for arrival, words in ARRIVAL_WORDS.items()},
        "may_open": by.may(Permission.RUN_SESSION),
        "may_note": by.may(Permission.NOTE_ARRIVAL),
        "may_plan": by.may(Permission.PLAN_COURSE),
        "may_see_chart": by.may(Permission.SEE_CHART),
    }
    return render(request, "clinic/day/day.html", found)


def _drawn(site: SiteDay, by: Actor) -> dict[str, Any]:
    """Return a site's day in words."""
    lines = [
        {
            "each": each,
            "lacks": lacks_shown(each, by),
            "later": later_shown(each),
            "staff": staff_shown(each, site.names),
            "awaited": awaited_words(each),
            "hint": awaited_hint(each) if each.waits else "",
            "is_late": each.awaited in (Awaited.LATE, Awaited.VERY_LATE),
        }
        for each in site.expected
    ]
    stopped = sum(each.is_stopped for each in site.expected)
    return {"day": site, "lines": lines, "stopped": stopped, "stands_open": open_shown(site, by)}


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def show_open(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Ask what is ready in the room, and open the day."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = OpenDayForm(
        request.POST or None,
        prescribers=people_who_may(permission=Permission.PLACE_ORDER, by=by),
        staff=people_who_may(permission=Permission.RUN_SESSION, by=by),
        box=load_release().standards.rescue,
        dates=of_day.last_rescue_dates(site_id=site_id, by=by),
    )
    if request.method == "POST" and form.is_valid():
        given = {"command_id": form.cleaned_data["command_id"], "check": form.check_of_room()}
        try:
            open_clinic_day(site_id=site_id, by=by, now=now, **given)
            messages.info(request, _("The day is open. Doses may start here."))
            return redirect("day")
        except InvalidInput as error:
            form.take_problems(error)
    return render(request, "clinic/day/open.html", {"form": form}, status=400 if form.errors else 200)


@allow(Permission.RUN_SESSION)
@require_POST
def close(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Close the day, or say what is still open."""
    form = CommandForm(request.POST)
    if form.is_valid():
        command_id = form.cleaned_data["command_id"]
        try:
            close_clinic_day(
                site_id=site_id, command_id=command_id, by=cast(Actor, request.actor), now=timezone.now()
            )
            messages.info(request, _("The day is closed. Nothing is left open."))
        except NotAllowed as error:
            said = str(error)
            messages.warning(request, f"{said[:1].upper()}{said[1:]}.")
    return redirect("day")


@allow(Permission.NOTE_ARRIVAL)
@require_http_methods(["GET", "POST"])
def show_staff(request: ActingRequest, planned_id: UUID) -> HttpResponse:
    """Name who watches, prescribes and accompanies at one appointment."""
    by, now = cast(Actor, request.actor), timezone.now()
    held = of_day.duties(planned_session_id=planned_id, by=by)
    people = {duty: team_for_duty(permission=permission_for(duty), by=by) for duty in Duty}
    form = StaffForm(request.POST or None, people=people, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            for duty, who in form.changed_duties(held):
                command_id = uuid5(form.cleaned_data["command_id"], duty)
                assign_duty(
                    planned_session_id=planned_id, duty=duty, who=who, command_id=command_id, by=by, now=now
                )
            messages.info(request, _("Noted."))
            return redirect("day")
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, "detail": planned_session(planned_session_id=planned_id, by=by, now=now)}
    return render(request, "clinic/day/staff.html", found, status=400 if form.errors else 200)


@allow(Permission.NOTE_ARRIVAL)
@require_POST
def arrive(request: ActingRequest, planned_id: UUID) -> HttpResponse:
    """Note who came."""
    form = ArrivalForm(request.POST)
    if form.is_valid():
        by, now = cast(Actor, request.actor), timezone.now()
        note_arrival(planned_session_id=planned_id, by=by, now=now, **form.cleaned_data)
        messages.info(request, _("Noted."))
    return redirect("day")
