"""The two shapes of entry on a session: a page with a form, and a button that acts at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.session_stream import Entered
from kairos.domain.sessions.phases import BEFORE_DOSE
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.forms import SessionForm
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.sessions.words import clock, text
from kairos.web.forms import CommandForm

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """A page with one form. ``more`` gives the form what only this page knows."""

    permission: Permission
    title: Promise
    button: Promise
    form: type[SessionForm]
    act: Callable[..., Entered]
    hint: Promise | str = ""
    back: str = "session_console"
    more: Callable[[SessionPage, Actor], dict[str, Any]] | None = None
    waits: bool = True
    """Whether it may wait on a device without the network: what was seen or done may, a decision not."""


def actor(request: ActingRequest) -> Actor:
    """Return who acts; the door has let nobody else in."""
    return cast(Actor, request.actor)


def entry_view(entry: EntryPage) -> View:
    """Return the view of a page with one form."""

    @allow(entry.permission)
    @require_http_methods(["GET", "POST"])
    def view(request: ActingRequest, session_id: UUID, **named: str) -> HttpResponse:
        by, now = actor(request), timezone.now()
        page = session_page(session_id=session_id, by=by, now=now)
        more = entry.more(page, by) if entry.more else {}
        form = entry.form(request.POST or None, page=page, **named, **more)
        if request.method == "POST" and form.is_valid():
            try:
                entered = entry.act(session_id=session_id, by=by, now=now, **form.given())
                return saved(request, page, entered, entry.back)
            except (InvalidInput, NotAllowed) as error:
                take_refusal(form, error)
        return show_entry(request, entry, page, form)

    view.entry = entry  # type: ignore[attr-defined]
    return view


def act_view(
    permission: Permission, act: Callable[..., Entered], *, back: str = "session_console", **fixed: Any
) -> View:
    """Return the view of a button that acts at once."""

    @allow(permission)
    @require_POST
    def view(request: ActingRequest, session_id: UUID, **named: Any) -> HttpResponse:
        by, now = actor(request), timezone.now()
        page = session_page(session_id=session_id, by=by, now=now)
        form = CommandForm(request.POST)
        if form.is_valid():
            try:
                given = {"command_id": form.cleaned_data["command_id"], **fixed, **named}
                entered = act(session_id=session_id, by=by, now=now, **given)
                return saved(request, page, entered, back)
            except (InvalidInput, NotAllowed) as error:
                messages.warning(request, sentence_of(error))
        return redirect(back, session_id)

    return view


def may_wait(entry: EntryPage, page: SessionPage) -> bool:
    """Whether the entry may wait on a device: never the beginning of a dose, whose gate the server asks."""
    begins = entry.permission is Permission.CONTROL_INFUSION and page.picture.state.phase in BEFORE_DOSE
    return entry.waits and not begins


def saved(request: ActingRequest, page: SessionPage, entered: Entered, back: str) -> HttpResponse:
    """Say that it is saved and what follows, and go on."""
    said = _("Saved %(time)s.") % {"time": clock(page.picture.now, page.zone)}
    if entered.next_due_at is not None:
        follows = _("Next: %(what)s %(time)s.") % {
            "what": text(f"due.{entered.next_due}").lower(),
            "time": clock(entered.next_due_at, page.zone),
        }
        said = f"{said} {follows}"
    messages.info(request, said)
    return redirect(back, page.id)


def take_refusal(form: SessionForm, error: InvalidInput | NotAllowed) -> None:
    """Show a refusal beside the fields it names, or above the form."""
    if isinstance(error, InvalidInput):
        form.take_problems(error)
    else:
        form.add_error(None, sentence_of(error))


def sentence_of(error: Exception) -> str:
    """Return a refusal as a sentence."""
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."


def show_entry(
    request: ActingRequest, entry: EntryPage, page: SessionPage, form: SessionForm
) -> HttpResponse:
    """Draw the page of one form."""
    found = {"entry": entry, "page": page, "form": form, "strip": strip_of(page), "back": entry.back}
    found["waits"] = may_wait(entry, page)
    return in_zone(request, page, "clinic/sessions/entry.html", found, status=400 if form.errors else 200)


def in_zone(
    request: ActingRequest, page: SessionPage, template: str, found: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render with the clock of the session's site."""
    with timezone.override(page.zone):
        return render(request, template, found, status=status)
