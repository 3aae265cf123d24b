"""A conversation with a patient as the team sees it: read, answer, and the task of answering is done."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.answer_message import answer_message
from kairos.actions.open_messages import open_messages
from kairos.actions.record_access import record_access
from kairos.queries.messages import ThreadShown, team_thread
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.inbox.banners import by_when
from kairos.web.clinic.inbox.words import KINDS_OF_MESSAGE
from kairos.web.forms import CommandForm, new_id


class AnswerForm(CommandForm):
    """What the team answers."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


@allow(Permission.SEE_INBOX)
@require_GET
def show_team_thread(request: ActingRequest, message_id: UUID) -> HttpResponse:
    """Show a conversation; the patient sees who read it and when."""
    by, now = cast(Actor, request.actor), timezone.now()
    thread = team_thread(message_id=message_id, by=by)
    if by.may(Permission.SEE_CHART):
        record_access(person_id=thread.person_id, what="messages", command_id=new_id(now), by=by, now=now)
    if by.may(Permission.TAKE_TASK):
        open_messages(thread=thread.id, command_id=new_id(now), by=by, now=now)
    return _page(request, team_thread(message_id=message_id, by=by), AnswerForm())


@allow(Permission.TAKE_TASK)
@require_POST
def answer_thread(request: ActingRequest, message_id: UUID) -> HttpResponse:
    """Send an answer."""
    by = cast(Actor, request.actor)
    thread = team_thread(message_id=message_id, by=by)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_message(thread=thread.id, by=by, now=timezone.now(), **form.cleaned_data)
            messages.info(request, _("Sent. The person is told that something is there, and no more."))
            return redirect("team_thread", thread.id)
        except InvalidInput as error:
            form.take_problems(error)
    return _page(request, thread, form)


def _page(request: ActingRequest, thread: ThreadShown, form: AnswerForm) -> HttpResponse:
    waits = thread.waits_since
    found = {"thread": thread, "form": form, "about": KINDS_OF_MESSAGE[thread.kind]}
    found["due"] = by_when(waits.due_at, thread.zone) if waits else ""
    return render(request, "clinic/inbox/thread.html", found, status=400 if form.errors else 200)
