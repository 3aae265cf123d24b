"""A patient's own pages: today, sessions, the team."""

from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.domain.evidence.consent import ConsentState
from kairos.domain.protocols.course import PlannedStatus
from kairos.interop.calendar.ics import Appointment, to_ics
from kairos.queries.courses import SessionRow
from kairos.queries.integration import own_days
from kairos.queries.patient_home import my_team, patient_home
from kairos.queries.therapy import own_therapy
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.frames import ROLE_WORDS
from kairos.web.offline.kept import own_pages
from kairos.web.portal.integration.days import days_shown
from kairos.web.therapy_words import continuity_words


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_today(request: ActingRequest) -> HttpResponse:
    """Show the next step first, then what is planned."""
    home = patient_home(by=cast(Actor, request.actor), now=timezone.now())
    found: dict[str, object] = {
        "home": home,
        "wants_consent": home.consent is not ConsentState.CURRENT and not home.has_said_no,
    }
    found["keep"] = " ".join(own_pages())
    found["has_therapy"] = bool(own_therapy(by=cast(Actor, request.actor), now=timezone.now()).units)
    now = timezone.now()
    found |= days_shown(own_days(by=cast(Actor, request.actor), now=now), now)
    return render(
        request, "portal/home/today.html", found | {"part_of_day": _part_of_day(home.now_there.hour)}
    )


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_sessions(request: ActingRequest) -> HttpResponse:
    """Show the sessions to come and those that were held."""
    home = patient_home(by=cast(Actor, request.actor), now=timezone.now())
    return render(request, "portal/home/sessions.html", {"home": home})


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def send_calendar(request: ActingRequest) -> HttpResponse:
    """Send the sessions as a calendar file with neutral titles."""
    home = patient_home(by=cast(Actor, request.actor), now=timezone.now())
    return calendar_file(home.sessions, home.revisions)


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_team(request: ActingRequest) -> HttpResponse:
    """Show who may treat this patient."""
    members = [
        {"name": member.name, "roles": [ROLE_WORDS[role] for role in member.roles]}
        for member in my_team(by=cast(Actor, request.actor))
    ]
    therapy = own_therapy(by=cast(Actor, request.actor), now=timezone.now())
    found = {"members": members, "continuity": continuity_words(therapy)}
    return render(request, "portal/home/team.html", found)


def calendar_file(rows: tuple[SessionRow, ...], revisions: dict[UUID, int]) -> HttpResponse:
    """Return sessions as an iCalendar file; no word of it says what the appointments are for."""
    kept = [
        Appointment(
            *(row.id, row.starts_at, row.ends_at, revisions.get(row.id, 0)),
            is_cancelled=row.status is PlannedStatus.CANCELLED,
        )
        for row in rows
    ]
    zone = rows[0].starts_at.tzinfo if rows else timezone.get_default_timezone()
    content = to_ics(kept, zone=cast(ZoneInfo, zone), now=timezone.now(), title=_("Appointment"))
    reply = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = 'attachment; filename="appointments.ics"'
    return reply


def _part_of_day(hour: int) -> str:
    names = ((18, _("evening")), (12, _("afternoon")), (5, _("morning")))
    return next((name for first, name in names if hour >= first), _("night"))
