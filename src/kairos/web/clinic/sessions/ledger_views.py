"""The alarm ledger of a session, and what alarms amount to over a time."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kairos.queries.alarm_figures import alarm_figure_page
from kairos.queries.dosing_sessions import session_page
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, in_zone
from kairos.web.clinic.sessions.ledger_page import figures_context, ledger_context
from kairos.web.clinic.sessions.patient_strip import strip_of

USUAL = timedelta(days=28)
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TimeForm(forms.Form):
    """From which day until which; both days count."""

    use_required_attribute = False
    since = forms.DateField(label=_("From"), widget=_DAY)
    until = forms.DateField(label=_("Until"), widget=_DAY)


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_session_alarms(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show what became of each alarm of a session."""
    page = session_page(session_id=session_id, by=actor(request), now=timezone.now())
    found = ledger_context(page) | {"strip": strip_of(page)}
    return in_zone(request, page, "clinic/sessions/alarm_ledger.html", found)


@allow(Permission.SEE_BOARD)
@require_GET
def show_alarm_figures(request: ActingRequest) -> HttpResponse:
    """Show how many alarms there were, by rule and protocol, and how many were acted on."""
    today = timezone.localdate()
    form = TimeForm(request.GET if "since" in request.GET else {"since": today - USUAL, "until": today})
    given = form.cleaned_data if form.is_valid() else {"since": today - USUAL, "until": today}
    since, until = _start_of(given["since"]), _start_of(given["until"]) + timedelta(days=1)
    figures = alarm_figure_page(since=since, until=until, by=actor(request))
    may_change = actor(request).may(Permission.SIGN_CONTENT)
    found = figures_context(figures, timezone.get_current_timezone())
    return render(
        request, "clinic/sessions/alarm_figures.html", found | {"form": form, "may_change": may_change}
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
