"""The therapist's page of a running session, and touch: what stands, what is taken back, and the tablet."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.add_therapy_note import add_therapy_note
from kairos.actions.narrow_touch import narrow_touch
from kairos.domain.protocols.therapy import SessionKind
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.queries.preparation import shared_intention
from kairos.queries.therapy import TherapyPage, note_page, therapy_page, touch_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.consent.handed import check_handed, hand_over
from kairos.web.clinic.sessions.acting import in_zone, saved, sentence_of, take_refusal
from kairos.web.clinic.sessions.console_page import phase_words, tiles
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.therapy.forms import StreamNoteForm
from kairos.web.clinic.therapy.shown import stream_of
from kairos.web.forms import CommandForm
from kairos.web.portal.therapy.agreement import LeftForm, agreement
from kairos.web.therapy_units import may_hold
from kairos.web.therapy_words import said
from kairos.web.touch_shown import touch_of


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def show_chair(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show a running session as the therapist needs it, and take a note at its true time."""
    by, now = _actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    form = StreamNoteForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            entered = add_therapy_note(session_id=session_id, by=by, now=now, **form.given())
            return saved(request, page, entered, "session_therapy")
        except (InvalidInput, NotAllowed) as error:
            take_refusal(form, error)
    found = _chair(request, page) | {"form": form}
    return in_zone(request, page, "clinic/therapy/chair.html", found, status=400 if form.errors else 200)


@allow(Permission.HOLD_THERAPY)
@require_GET
def show_chair_part(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Return the changing part of the therapist's page."""
    page = session_page(session_id=session_id, by=_actor(request), now=timezone.now())
    return in_zone(request, page, "clinic/therapy/chair_part.html", _chair(request, page))


def _chair(request: ActingRequest, page: SessionPage) -> dict[str, Any]:
    by, now = _actor(request), page.picture.now
    about = therapy_page(person_id=page.person_id, by=by, now=now)
    unit = next((each for each in about.units if each.session.stream == page.id), None)
    may = may_hold(about, SessionKind.DOSING, by.roles)
    planned_id = unit.session.id if unit else None
    return {
        "page": page,
        "about": about,
        "unit": unit,
        "may_note": may and not page.picture.state.is_over,
        "plan": _plan(planned_id, by, page) if may and planned_id else [],
        "cards": _cards(about) if may else [],
        **touch_of(page, by),
        "intention": shared_intention(planned_session_id=planned_id, by=by) if planned_id else None,
        "stream": stream_of(page),
        "tiles": _tiles(page),
        "strip": strip_of(page),
        "phase_words": phase_words(page),
        "live_url": "/live/events",
    }


def _tiles(page: SessionPage) -> list[Any]:
    from kairos.domain.sessions.console import console

    return tiles(page, console(page.picture, page.entries))


def _cards(about: TherapyPage) -> list[str]:
    """Return the cards that may be shown of this person: none about trauma where the flag is on."""
    cards = about.chosen.cards_for(has_trauma_flag=about.is_flagged) if about.chosen else ()
    return [said(f"therapy.card.{card.id}") for card in cards]


def _plan(planned_id: UUID, by: Actor, page: SessionPage) -> list[tuple[str, str]]:
    """Return the plan signed for this dose: music, eyes, words for when it is hard."""
    found = note_page(subject_id=planned_id, kind=SessionKind.DOSING, by=by, now=page.picture.now)
    fields = found.versions[0].words["fields"] if found.versions else {}
    return [(said(f"therapy.field.{name}"), words) for name, words in fields.items()]


@allow(Permission.NARROW_TOUCH)
@require_http_methods(["GET", "POST"])
def show_touch(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Show what touch is agreed for a session, and take back what the patient takes back."""
    by = _actor(request)
    if by.scope.patient_id is not None:
        return redirect("portal_touch", planned_session_id)
    page = touch_page(planned_session_id=planned_session_id, by=by)
    form = LeftForm(request.POST or None, items=page.items, initial={"keep": [i.id for i in page.items]})
    if request.method == "POST" and form.is_valid():
        try:
            narrow_touch(
                planned_session_id=planned_session_id, by=by, now=timezone.now(), **form.cleaned_data
            )
            messages.info(request, _("Saved. The screens of the session show it now."))
            return redirect("touch", planned_session_id)
        except NotAllowed as error:
            form.add_error(None, sentence_of(error))
    found = {
        "page": page,
        "form": form,
        "rule": said("touch.rule"),
        "none": said("touch.none"),
        "may_hand": by.may(Permission.TAKE_CONSENT) and not page.has_dosed,
        "session_id": page.planned.stream,
    }
    return render(request, "clinic/therapy/touch.html", found, status=400 if form.errors else 200)


@allow(Permission.TAKE_CONSENT)
@require_POST
def hand_touch(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Hand the tablet over: everything but this person's agreement is locked until staff sign in again."""
    page = touch_page(planned_session_id=planned_session_id, by=_actor(request))
    if CommandForm(request.POST).is_valid():
        hand_over(request, page.person_id)
        return redirect("touch_tablet", planned_session_id)
    return redirect("touch", planned_session_id)


@allow(Permission.TAKE_CONSENT, while_locked=True)
@require_http_methods(["GET", "POST"])
def show_tablet(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Let the patient write and sign on the clinic's tablet what touch is agreed."""
    page = touch_page(planned_session_id=planned_session_id, by=_actor(request))
    check_handed(request, page.person_id)
    return agreement(request, planned_session_id, "clinic/consent/tablet.html", "touch_tablet")
