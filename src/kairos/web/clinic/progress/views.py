"""Did it help: one person's scores with sessions, what they amount to, and what is due to be decided."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.record_access import record_access
from kairos.actions.send_questionnaire_link import send_questionnaire_link
from kairos.actions.withdraw_links import withdraw_links
from kairos.queries.goals import goals_shown
from kairos.queries.progress import progress
from kairos.queries.therapy import therapy_outcomes
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm, new_id
from kairos.web.goal_drawing import goals_context
from kairos.web.rated_drawing import rated_lines
from kairos.web.score_drawing import proposal_words, shown_progress
from kairos.web.therapy_words import said

LIVE = "/live/events?topics=progress,inbox"


@allow(Permission.SEE_CHART)
@require_GET
def show_progress(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show how a person's scores went."""
    return _page(request, person_id, "clinic/progress/progress.html")


@allow(Permission.SEE_CHART)
@require_GET
def show_print(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the same for paper: drawing and table, all opened."""
    return _page(request, person_id, "clinic/progress/print.html")


def _page(request: ActingRequest, person_id: UUID, template: str) -> HttpResponse:
    now, actor = timezone.now(), _actor(request)
    record_access(person_id=person_id, what="progress", command_id=new_id(now), by=actor, now=now)
    found = progress(person_id=person_id, by=actor, now=now)
    shown = shown_progress(found, now) | {"proposal": proposal_words(found)}
    shown["may_ask"] = actor.may(Permission.SEND_QUESTIONNAIRE)
    therapy = therapy_outcomes(person_id=person_id, by=actor, now=now)
    if therapy.chosen is not None:
        notes = {name: said(f"therapy.{name}") for name in ("aims_note", "alliance_note")}
        shown |= {"rated": rated_lines(therapy), **notes}
    shown |= goals_context(goals_shown(person_id=person_id, by=actor, now=now), now)
    return render(request, template, shown)


@allow(Permission.SEND_QUESTIONNAIRE)
@require_POST
def ask_now(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Have the questionnaires sent at once."""
    form = CommandForm(request.POST)
    if form.is_valid():
        send_questionnaire_link(
            person_id=person_id, by=_actor(request), now=timezone.now(), **form.cleaned_data
        )
        messages.info(request, _("The link is on its way."))
    return _back(request, person_id)


@allow(Permission.SEND_QUESTIONNAIRE)
@require_POST
def withdraw(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Close every open link of the person."""
    form = CommandForm(request.POST)
    if form.is_valid():
        closed = withdraw_links(
            person_id=person_id, by=_actor(request), now=timezone.now(), **form.cleaned_data
        )
        messages.info(request, _("Open links closed: {count}.").format(count=closed))
    return _back(request, person_id)


def _back(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Go back to the scores; the front desk, which sees none, to the inbox."""
    if _actor(request).may(Permission.SEE_CHART):
        return redirect("progress", person_id)
    return redirect("inbox")


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)
