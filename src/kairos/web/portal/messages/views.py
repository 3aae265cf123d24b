"""Write to the team and read its answers. When it is read is said first, as the programme declared it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kairos.actions.open_messages import open_messages
from kairos.actions.write_message import write_message
from kairos.queries.messages import Declared, declared_times, own_thread, own_threads
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import new_id
from kairos.web.portal.messages.forms import KIND_WORDS, MessageForm, ReplyForm


@allow(Permission.WRITE_TO_TEAM)
@require_http_methods(["GET", "POST"])
def show_messages(request: ActingRequest) -> HttpResponse:
    """Show when messages are read, then the form, then one's conversations."""
    by = cast(Actor, request.actor)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and (thread := _sent(by, form)):
        messages.info(request, _("It is sent. Below you see by when you have an answer."))
        return redirect("portal_thread", thread)
    threads = [{"thread": each, "about": KIND_WORDS[each.kind]} for each in own_threads(by=by)]
    found = {"form": form, "threads": threads} | _declared(by)
    status = 400 if form.errors else 200
    return render(request, "portal/messages/messages.html", found, status=status)


@allow(Permission.WRITE_TO_TEAM)
@require_http_methods(["GET", "POST"])
def show_thread(request: ActingRequest, thread: UUID) -> HttpResponse:
    """Show one conversation; the team sees that its answers were opened."""
    by, now = cast(Actor, request.actor), timezone.now()
    shown = own_thread(thread=thread, by=by)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and _sent(by, form, thread=thread, kind=shown.kind):
        messages.info(request, _("It is sent. Below you see by when you have an answer."))
        return redirect("portal_thread", thread)
    if shown.is_new:
        open_messages(thread=thread, command_id=new_id(now), by=by, now=now)
    found = {"form": form, "thread": shown, "about": KIND_WORDS[shown.kind]} | _declared(by)
    return render(request, "portal/messages/thread.html", found, status=400 if form.errors else 200)


def _sent(by: Actor, form: ReplyForm, **more: Any) -> UUID | None:
    """Send what was written and return its thread; what is wrong stands in the form."""
    if not form.is_valid():
        return None
    try:
        return write_message(by=by, now=timezone.now(), **(more | form.cleaned_data))
    except InvalidInput as error:
        form.take_problems(error)
        return None


def _declared(by: Actor) -> dict[str, Any]:
    declared = declared_times(by=by, now=timezone.now())
    return {"declared": declared, "days": days_of(declared)}


def days_of(declared: Declared) -> str:
    """Return the days on which messages are read, in words."""
    first, last = (WEEKDAYS[day - 1] for day in (declared.hours.first_weekday, declared.hours.last_weekday))
    return str(first) if first == last else _("{first} to {last}").format(first=first, last=last)
