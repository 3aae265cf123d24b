"""The screens of a session: board, opening, check, console, release, record."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.answer_check import answer_check
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.note_symptom import note_symptom
from kairos.actions.open_session import open_session
from kairos.actions.record_access import record_access
from kairos.domain.sessions.events import SymptomState
from kairos.domain.sessions.phases import BEFORE_DOSE, DOSED, Phase
from kairos.queries.board import board, board_alarms
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.queries.planned_sessions import OpeningPage, opening_page
from kairos.queries.preparation import shared_intention
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, in_zone, saved, sentence_of, take_refusal
from kairos.web.clinic.sessions.binding import with_sources
from kairos.web.clinic.sessions.board_page import alarms_context, board_context
from kairos.web.clinic.sessions.check_page import check_context
from kairos.web.clinic.sessions.conflicts import shown_conflicts
from kairos.web.clinic.sessions.console_page import console_context, phase_words
from kairos.web.clinic.sessions.emergency import emergency_line
from kairos.web.clinic.sessions.forms import IdentityForm
from kairos.web.clinic.sessions.home_panel import home_shown
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.sessions.record_page import record_context
from kairos.web.clinic.sessions.release_page import release_context
from kairos.web.clinic.sessions.watching import note_life, watch_context
from kairos.web.clinic.sessions.words import text
from kairos.web.clinic.sign_off.standing import signed_shown
from kairos.web.forms import CommandForm, new_id
from kairos.web.touch_shown import preparation_of, touch_of

LIVE = "/live/events"


@allow(Permission.SEE_BOARD, watchable=True)
@require_GET
def show_board(request: ActingRequest) -> HttpResponse:
    """Show the board."""
    return _draw_board(request, "clinic/sessions/board.html")


@allow(Permission.SEE_BOARD, watchable=True)
@require_GET
def show_board_part(request: ActingRequest) -> HttpResponse:
    """Return the changing part of the board."""
    return _draw_board(request, "clinic/sessions/board_part.html")


@allow(Permission.SEE_BOARD, watchable=True)
@require_GET
def show_board_alarms(request: ActingRequest) -> HttpResponse:
    """Return the strip of alarms alone, which every screen asks for the moment it hears of one."""
    shown = board_alarms(by=actor(request), now=timezone.now(), site_id=_site(request))
    with timezone.override(shown.zone):
        return render(request, "clinic/sessions/board_alarms.html", alarms_context(shown, timezone.now()))


def _draw_board(request: ActingRequest, template: str) -> HttpResponse:
    by, now = actor(request), timezone.now()
    note_life(request)
    shown = board(by=by, now=now, site_id=_site(request))
    found = board_context(shown, now, by) | {"live_url": LIVE, "may_run": by.may(Permission.RUN_SESSION)}
    with timezone.override(shown.zone):
        return render(request, template, found)


def _site(request: ActingRequest) -> UUID | None:
    """Return the site whose board is wanted; all of them where the address names none."""
    try:
        return UUID(request.GET.get("site", ""))
    except ValueError:
        return None


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_console(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show the console of one session; opening it is recorded."""
    page = _opened(request, session_id)
    return in_zone(request, page, "clinic/sessions/console.html", _console(request, page))


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_console_part(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Return the changing part of the console."""
    page = _page(request, session_id)
    return in_zone(request, page, "clinic/sessions/console_part.html", _console(request, page))


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_check(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show the check before a dose."""
    page = _opened(request, session_id)
    return _draw_check(request, page, IdentityForm(page=page), "clinic/sessions/check.html")


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_check_part(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Return the changing part of the check."""
    page = _page(request, session_id)
    return _draw_check(request, page, IdentityForm(page=page), "clinic/sessions/check_part.html")


@allow(Permission.RUN_SESSION)
@require_POST
def confirm(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Confirm who is at the chair, or say that it does not match."""
    page = _page(request, session_id)
    form = IdentityForm(request.POST, page=page)
    if form.is_valid():
        try:
            by, now = actor(request), page.picture.now
            entered = confirm_identity(session_id=session_id, by=by, now=now, **form.given())
            return saved(request, page, entered, "session_check")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    return _draw_check(request, page, form, "clinic/sessions/check.html", status=400)


@allow(Permission.RUN_SESSION)
@require_POST
def answer_item(request: ActingRequest, session_id: UUID, item: str) -> HttpResponse:
    """Record the answer to one item of the check."""
    page = _page(request, session_id)
    form = CommandForm(request.POST)
    try:
        with timezone.override(page.zone):
            given = _answer(request)
        if form.is_valid():
            by, now = actor(request), page.picture.now
            command_id = form.cleaned_data["command_id"]
            answer_check(session_id=session_id, item=item, by=by, now=now, command_id=command_id, **given)
    except (InvalidInput, NotAllowed) as error:
        messages.warning(request, sentence_of(error))
    return redirect(f"{reverse('session_check', args=[session_id])}#item-{item}")


@allow(Permission.RUN_SESSION)
@require_POST
def note_no_symptoms(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Record that the symptoms of the cards were asked for and are not there."""
    page = _page(request, session_id)
    form = CommandForm(request.POST)
    if form.is_valid():
        symptoms = page.picture.protocol.symptoms.values()
        codes = tuple(
            s.code for s in symptoms if s.counts_with_pressure or (s.is_emergency and not s.is_call)
        )
        by, now = actor(request), page.picture.now
        given = {"codes": codes, "state": SymptomState.ABSENT, **form.cleaned_data}
        return saved(
            request, page, note_symptom(session_id=session_id, by=by, now=now, **given), "session_console"
        )
    return redirect("session_console", session_id)


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_release(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show the two gates before somebody goes home."""
    page = _opened(request, session_id)
    return in_zone(request, page, "clinic/sessions/release.html", _release(request, page))


@allow(Permission.SEE_CHART, watchable=True)
@require_GET
def show_release_part(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Return the changing part of release."""
    page = _page(request, session_id)
    return in_zone(request, page, "clinic/sessions/release_part.html", _release(request, page))


@allow(Permission.SEE_CHART)
@require_GET
def show_record(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show everything that was entered, in order; the sheet that is printed."""
    page = _opened(request, session_id)
    found = record_context(page) | {"strip": strip_of(page)}
    return in_zone(request, page, "clinic/sessions/record.html", found)


class OpenForm(CommandForm):
    """Which chair."""

    place_id = forms.TypedChoiceField(coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, opening: OpeningPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place_id"]
        field.label = _("Which place")
        field.choices = [(str(place.id), place.name) for place in opening.free]  # type: ignore[attr-defined]
        field.initial = str(opening.planned.place_id or "")
        if opening.is_at_home:
            self.fields["place_id"] = forms.UUIDField(required=False, widget=forms.HiddenInput)


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def show_opening(request: ActingRequest, planned_id: UUID) -> HttpResponse:
    """Open the session of an appointment at a free place."""
    by, now = actor(request), timezone.now()
    opening = opening_page(planned_session_id=planned_id, by=by, now=now)
    form = OpenForm(request.POST or None, opening=opening)
    if request.method == "POST" and form.is_valid():
        try:
            session_id = open_session(planned_session_id=planned_id, by=by, now=now, **form.cleaned_data)
            return redirect("session_check", session_id)
        except (InvalidInput, NotAllowed) as error:
            form.add_error(None, sentence_of(error))
    with timezone.override(opening.zone):
        found = {"form": form, "opening": opening, **signed_shown(opening.is_signed)}
        found |= preparation_of(planned_id, by, now)
        found["intention"] = shared_intention(planned_session_id=planned_id, by=by)
        return render(request, "clinic/sessions/open.html", found, status=400 if form.errors else 200)


def _page(request: ActingRequest, session_id: UUID) -> SessionPage:
    return session_page(session_id=session_id, by=actor(request), now=timezone.now())


def _opened(request: ActingRequest, session_id: UUID) -> SessionPage:
    """Return the page of a session whose chart somebody opens; that is recorded."""
    page = _page(request, session_id)
    now = page.picture.now
    record_access(
        person_id=page.person_id, what="session", command_id=new_id(now), by=actor(request), now=now
    )
    return page


def _console(request: ActingRequest, page: SessionPage) -> dict[str, Any]:
    phase = page.picture.state.phase
    return console_context(page) | {
        "strip": strip_of(page),
        "conflicts": shown_conflicts(page),
        "watch": watch_context(page, actor(request)),
        "live_url": LIVE,
        "may_run": actor(request).may(Permission.RUN_SESSION),
        "is_before": phase in BEFORE_DOSE,
        "is_infusing": phase in (Phase.INFUSING, Phase.PAUSED),
        "is_running": phase in DOSED,
        "protocol_name": text(page.picture.protocol.name),
        "emergency_line": emergency_line(),
        "home": home_shown(page, by=actor(request)),
        **touch_of(page, actor(request)),
    }


def _draw_check(
    request: ActingRequest, page: SessionPage, form: IdentityForm, template: str, status: int = 200
) -> HttpResponse:
    found = check_context(page)
    found |= {
        "orders": with_sources(found["orders"], by=actor(request)),
        "strip": strip_of(page),
        "conflicts": shown_conflicts(page),
        "may_run": actor(request).may(Permission.RUN_SESSION),
        "live_url": LIVE,
        "identity_form": form,
        "may_override": actor(request).may(Permission.OVERRIDE_RELEASE),
    }
    return in_zone(request, page, template, found, status=status)


def _release(request: ActingRequest, page: SessionPage) -> dict[str, Any]:
    may_override = actor(request).may(Permission.OVERRIDE_RELEASE)
    return release_context(page, may_override=may_override) | {
        "strip": strip_of(page),
        "live_url": LIVE,
        "phase_words": phase_words(page),
        "protocol_name": text(page.picture.protocol.name),
    }


def _answer(request: ActingRequest) -> dict[str, Any]:
    """Return a word, or the instant a clock of the site shows."""
    word = request.POST.get("answer", "")
    if word:
        return {"answer": word}
    told = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M"])
    try:
        return {"answered_at": told.clean(request.POST.get("answered_at", ""))}
    except forms.ValidationError:
        return {"answered_at": None}
