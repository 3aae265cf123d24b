"""Talks with the coach or therapist: hours to take, hours taken, and what was written about them."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.answer_talk_summary import answer_talk_summary
from kairos.actions.free_talk_hour import free_talk_hour
from kairos.actions.take_talk_hour import take_talk_hour
from kairos.domain.integration.hours import TalkWay
from kairos.domain.integration.summaries import SummaryState
from kairos.queries.caseload import proposed_hours
from kairos.queries.integration import own_integration
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.integration.acting import actor, at_once, kept

WAYS = {
    TalkWay.ROOM: gettext_lazy("at the clinic"),
    TalkWay.VIDEO: gettext_lazy("by video"),
    TalkWay.PHONE: gettext_lazy("by telephone"),
}
SHOWN = 8


class SummaryForm(CommandForm):
    """Whether a summary is so; else how one sees it."""

    read_id = forms.UUIDField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=gettext_lazy("Is it so?"),
        choices=[
            (SummaryState.AGREED.value, gettext_lazy("Yes, it is so")),
            (SummaryState.DIFFERS.value, gettext_lazy("I see it differently")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it is so, or how you see it")},
    )
    reply = forms.CharField(
        label=gettext_lazy("In your words (may stay empty if it is so)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@allow(Permission.INTEGRATE)
@require_GET
def show_talks(request: ActingRequest) -> HttpResponse:
    """Show hours that can be taken, hours taken, and summaries."""
    by, now = actor(request), timezone.now()
    page, offered = own_integration(by=by, now=now), proposed_hours(by=by, now=now)
    to_come = [
        {
            "talk": talk,
            "at": talk.starts_at.astimezone(page.zone),
            "name": page.names.get(talk.with_id, "") if talk.with_id else "",
            "way": WAYS[TalkWay(talk.way)] if talk.way else "",
        }
        for talk in page.talks
        if talk.starts_at > now
    ]
    found = {
        "to_come": to_come,
        "hours": [
            {
                "hour": each.hour,
                "at": each.hour.starts_at.astimezone(page.zone),
                "name": offered.names.get(each.hour.user_id, ""),
                "way": WAYS[each.hour.way],
                "is_in_window": each.is_in_window,
            }
            for each in offered.proposals[:SHOWN]
        ],
        "summaries": [
            {"summary": each, "name": page.names.get(each.written_by, "")} for each in page.summaries
        ],
    }
    return render(request, "portal/integration/talks.html", found)


@allow(Permission.INTEGRATE)
@require_POST
def take_hour(request: ActingRequest, hour_id: UUID) -> HttpResponse:
    """Take one hour."""
    form = CommandForm(request.POST)

    def act() -> None:
        take_talk_hour(hour_id=hour_id, by=actor(request), now=timezone.now(), **form.cleaned_data)

    return at_once(
        request, form, act, _("It is yours. You can give it back until it begins."), "portal_talks"
    )


@allow(Permission.INTEGRATE)
@require_POST
def free_hour(request: ActingRequest, talk_id: UUID) -> HttpResponse:
    """Give an hour back."""
    form = CommandForm(request.POST)

    def act() -> None:
        free_talk_hour(talk_id=talk_id, by=actor(request), now=timezone.now(), **form.cleaned_data)

    return at_once(request, form, act, _("Given back. Somebody else can take it now."), "portal_talks")


@allow(Permission.INTEGRATE)
@require_http_methods(["GET", "POST"])
def answer_summary(request: ActingRequest, summary_id: UUID) -> HttpResponse:
    """Read a summary and say whether it is so."""
    page = own_integration(by=actor(request), now=timezone.now())
    summary = next((each for each in page.summaries if each.id == summary_id), None)
    if summary is None:
        raise Http404
    form = SummaryForm(request.POST or None, initial={"read_id": page.versions[summary_id]})

    def act() -> None:
        by, now = actor(request), timezone.now()
        answer_talk_summary(summary_id=summary_id, by=by, now=now, **form.cleaned_data)

    found = {"summary": summary, "name": page.names.get(summary.written_by, "")}
    shown = ("portal/integration/summary.html", found)
    return kept(request, form, act, _("Saved. Whoever wrote it sees what you said."), "portal_talks", shown)
