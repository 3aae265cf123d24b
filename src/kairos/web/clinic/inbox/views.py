"""The inbox of the team: alarming tasks first, taken by a promise, ended with an outcome."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.finish_task import finish_task
from kairos.actions.record_access import record_access
from kairos.actions.record_screener import record_screener
from kairos.actions.take_task import take_task
from kairos.content.release import load_release
from kairos.domain.eligibility.objections import ObjectionKind
from kairos.domain.safety.danger_words import DangerPlace
from kairos.queries.inbox import TaskPage, inbox, screener, task_page
from kairos.queries.messages import WAITING
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.inbox.banners import banner_of, by_when, rows_of
from kairos.web.clinic.inbox.forms import OutcomeForm, ScreenerForm, name_of
from kairos.web.clinic.inbox.words import promise_of
from kairos.web.forms import CommandForm, new_id
from kairos.web.portal.help.views import way_to

LIVE = "/live/events?topics=inbox"


@allow(Permission.SEE_INBOX)
@require_GET
def show_inbox(request: ActingRequest) -> HttpResponse:
    """Show what the team must do."""
    return render(request, "clinic/inbox/inbox.html", _listed(request) | {"live_url": LIVE})


@allow(Permission.SEE_INBOX)
@require_GET
def show_list(request: ActingRequest) -> HttpResponse:
    """Show the list alone, for a page that is open already."""
    return render(request, "clinic/inbox/_list.html", _listed(request))


def _listed(request: ActingRequest) -> dict[str, Any]:
    found = inbox(by=_actor(request), now=timezone.now())
    banners = [banner_of(entry, found.zone) for entry in found.alarming]
    lists = {"mine": rows_of(found.mine, found.zone), "others": rows_of(found.others, found.zone)}
    return {"inbox": found, "banners": banners} | lists


@allow(Permission.SEE_INBOX)
@require_GET
def show_task(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Show one task: why, by when, how to reach the person, how it can end."""
    page = _opened(request, task_id)
    form = OutcomeForm(outcomes=page.entry.outcomes) if page.entry.outcomes else None
    return _task_page(request, page, form)


def _opened(request: ActingRequest, task_id: UUID) -> TaskPage:
    """Return a task's page; that it was opened is recorded where it shows more than a name."""
    actor, now = _actor(request), timezone.now()
    page = task_page(task_id=task_id, by=actor, now=now)
    if actor.may(Permission.SEE_CHART):
        person_id = page.entry.task.person_id
        record_access(person_id=person_id, what="task", command_id=new_id(now), by=actor, now=now)
    return page


def _task_page(request: ActingRequest, page: TaskPage, form: OutcomeForm | None) -> HttpResponse:
    found = {"page": page, "entry": page.entry, "form": form, "promise": promise_of(page.entry.task.kind)}
    found["due"] = by_when(page.entry.task.due_at, page.zone)
    found["is_form"] = page.entry.task.kind == "monitoring_form"
    found["is_event"] = page.entry.task.kind == "serious_event_review"
    found["is_contested"] = page.entry.task.kind == "record_contested"
    found["is_wish"] = page.entry.task.kind == "erasure_asked"
    found["is_objection"] = page.entry.task.kind in list(ObjectionKind)
    found["message_id"] = _message_of(page)
    status = 400 if form is not None and form.errors else 200
    return render(request, "clinic/inbox/task.html", found, status=status)


def _message_of(page: TaskPage) -> UUID | None:
    """Return the message that a task is about, where it is about one."""
    task = page.entry.task
    is_message = task.kind in WAITING or task.details.get("place") == DangerPlace.MESSAGE
    return task.subject if is_message else None


@allow(Permission.TAKE_TASK)
@require_POST
def take(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Take a task and go on to its page."""
    form = CommandForm(request.POST)
    if form.is_valid():
        take_task(task_id=task_id, by=_actor(request), now=timezone.now(), **form.cleaned_data)
        messages.info(request, _("It is yours. Nobody else is asked for it now."))
    return redirect("task", task_id)


@allow(Permission.TAKE_TASK)
@require_POST
def finish(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """End a task with what came of it."""
    page = task_page(task_id=task_id, by=_actor(request), now=timezone.now())
    form = OutcomeForm(request.POST, outcomes=page.entry.outcomes)
    if not form.is_valid():
        return _task_page(request, page, form)
    finish_task(task_id=task_id, by=_actor(request), now=timezone.now(), **form.cleaned_data)
    messages.info(request, _("Done, and written down."))
    return redirect("inbox")


@allow(Permission.ANSWER_SCREENING)
@require_http_methods(["GET", "POST"])
def show_screener(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Ask the C-SSRS screener; its tier starts what it starts."""
    instrument = screener(by=_actor(request))
    page = _opened(request, task_id)
    form = ScreenerForm(request.POST or None, instrument=instrument)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"answers": form.answers, "command_id": form.cleaned_data["command_id"]}
            found = record_screener(task_id=task_id, by=_actor(request), now=timezone.now(), **given)
            messages.info(request, _("The screener is recorded. What it starts stands in the inbox."))
            return (
                redirect("inbox") if not found.crisis_card else _with_card(request, page, found.crisis_card)
            )
        except InvalidInput as error:
            form.add_error(name_of(error.problems[0].field), error.problems[0].message)
    shown = {"page": page, "entry": page.entry, "form": form, "instrument": instrument}
    status = 400 if form.errors else 200
    return render(request, "clinic/inbox/screener.html", shown, status=status)


def _with_card(request: ActingRequest, page: TaskPage, card: str) -> HttpResponse:
    """Show the numbers to give to the person, with what the tier started."""
    ways = [way_to(contact) for contact in load_release().crisis[settings.KAIROS_COUNTRY].card(card)]
    found = {"page": page, "entry": page.entry, "ways": ways} | _listed(request)
    return render(request, "clinic/inbox/screened.html", found)


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)
