"""The page of a person's therapy, its forms, and the notes of its sessions."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.cancel_therapy_meeting import cancel_therapy_meeting
from kairos.actions.choose_aims import choose_aims
from kairos.actions.plan_therapy_meeting import plan_therapy_meeting
from kairos.actions.record_access import record_access
from kairos.actions.send_trauma_scale import send_trauma_scale
from kairos.actions.set_trauma_care import set_trauma_care
from kairos.actions.sign_therapy_note import sign_therapy_note
from kairos.domain.protocols.therapy import SessionKind
from kairos.queries.courses import planned_session
from kairos.queries.therapy import NotePage, TherapyPage, note_page, therapy_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import sentence_of
from kairos.web.clinic.therapy.forms import PLANNED_KINDS, AimsForm, MeetingForm, NoteForm, TraumaForm
from kairos.web.forms import CommandForm, new_id
from kairos.web.rated_drawing import rated_lines
from kairos.web.therapy_units import may_hold, units_of
from kairos.web.therapy_words import continuity_words, kind_words, said


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.HOLD_THERAPY)
@require_GET
def show_therapy(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the triads of a person's course, the flag, aims and ratings; opening it is recorded."""
    by, now = _actor(request), timezone.now()
    record_access(person_id=person_id, what="therapy", command_id=new_id(now), by=by, now=now)
    page = therapy_page(person_id=person_id, by=by, now=now)
    found = {
        "page": page,
        "units": units_of(page, by.roles, now),
        "rated": rated_lines(page),
        "continuity": continuity_words(page),
        "may_flag": may_hold(page, SessionKind.DOSING, by.roles),
        "may_aim": may_hold(page, SessionKind.PREPARATORY, by.roles),
        "aims_note": said("therapy.aims_note"),
        "alliance_note": said("therapy.alliance_note"),
    }
    return render(request, "clinic/therapy/therapy.html", found)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def plan_meeting(request: ActingRequest, planned_session_id: UUID, kind: str) -> HttpResponse:
    """Plan a preparatory or an integration session of one dosing session."""
    if kind not in PLANNED_KINDS:
        raise Http404
    by, now, form = _actor(request), timezone.now(), MeetingForm(request.POST or None)
    person_id = planned_session(planned_session_id=planned_session_id, by=by, now=now).person_id
    page = therapy_page(person_id=person_id, by=by, now=now)

    def act() -> None:
        plan_therapy_meeting(
            planned_session_id=planned_session_id,
            kind=SessionKind(kind),
            by=by,
            now=now,
            **form.given(page.zone),
        )

    title = _("Plan: %(kind)s") % {"kind": kind_words(SessionKind(kind))}
    return _form_page(request, page, form, act, title=title, button=gettext_lazy("Plan it"))


@allow(Permission.HOLD_THERAPY)
@require_POST
def cancel_meeting(request: ActingRequest, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """Cancel a meeting that was not held."""
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            by, now = _actor(request), timezone.now()
            cancel_therapy_meeting(meeting_id=meeting_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("The meeting is cancelled."))
        except NotAllowed as error:
            messages.warning(request, sentence_of(error))
    return redirect("therapy", person_id)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def show_aims(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Choose the aims of one session with the person."""
    by, now = _actor(request), timezone.now()
    person_id = planned_session(planned_session_id=planned_session_id, by=by, now=now).person_id
    page = therapy_page(person_id=person_id, by=by, now=now)
    unit = next((each for each in page.units if each.session.id == planned_session_id), None)
    if page.chosen is None or unit is None:
        raise Http404
    form = AimsForm(request.POST or None, aims=page.chosen.aims, initial={"aims": list(unit.aims)})

    def act() -> None:
        choose_aims(planned_session_id=planned_session_id, by=by, now=now, **form.cleaned_data)

    told = {"title": _("Aims of the session"), "button": _("Keep them"), "note": said("therapy.aims_note")}
    return _form_page(request, page, form, act, **told)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def show_trauma(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Set the trauma-care flag with its pacing plan, or take it away."""
    by, now = _actor(request), timezone.now()
    page = therapy_page(person_id=person_id, by=by, now=now)
    started = {
        "is_on": "on" if page.is_flagged else "off",
        "pacing": page.trauma.pacing if page.trauma else "",
    }
    form = TraumaForm(request.POST or None, initial=started)

    def act() -> None:
        set_trauma_care(person_id=person_id, by=by, now=now, **form.cleaned_data)

    return _form_page(request, page, form, act, title=_("Trauma care"), button=_("Keep it"))


@allow(Permission.SEND_QUESTIONNAIRE)
@require_POST
def send_scale(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Have the PTSD scale sent at once."""
    form = CommandForm(request.POST)
    if form.is_valid():
        send_trauma_scale(person_id=person_id, by=_actor(request), now=timezone.now(), **form.cleaned_data)
        messages.info(request, _("The link is on its way."))
    return redirect(
        "therapy" if _actor(request).may(Permission.HOLD_THERAPY) else "inbox", *_of(request, person_id)
    )


def _of(request: ActingRequest, person_id: UUID) -> tuple[UUID, ...]:
    return (person_id,) if _actor(request).may(Permission.HOLD_THERAPY) else ()


def _form_page(
    request: ActingRequest,
    page: TherapyPage,
    form: Form,
    act: Callable[[], None],
    *,
    title: Any,
    button: Any,
    note: str = "",
) -> HttpResponse:
    """Show a form about one person, or do what it says and go back to the therapy page."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.info(request, _("Saved."))
            return redirect("therapy", page.person_id)
        except InvalidInput as error:
            cast(CommandForm, form).take_problems(error)
        except NotAllowed as error:
            form.add_error(None, sentence_of(error))
    found = {"page": page, "form": form, "title": title, "button": button, "note": note}
    return render(request, "clinic/therapy/form.html", found, status=400 if form.errors else 200)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def show_note(request: ActingRequest, kind: str, subject_id: UUID) -> HttpResponse:
    """Show a note with its versions, and let the template be filled, signed and amended."""
    if kind not in list(SessionKind):
        raise Http404
    by, now = _actor(request), timezone.now()
    found = note_page(subject_id=subject_id, kind=SessionKind(kind), by=by, now=now)
    form = _note_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.given()
            sign_therapy_note(subject_id=subject_id, kind=SessionKind(kind), by=by, now=now, **given)
            messages.info(request, _("Signed. A later version amends it; this one stays."))
            return redirect("therapy_note", kind, subject_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, sentence_of(error))
    return render(request, "clinic/therapy/note.html", _note(found, form), status=400 if form.errors else 200)


def _note_form(request: ActingRequest, found: NotePage) -> NoteForm:
    newest = found.versions[0] if found.versions else None
    started = dict(newest.words["fields"]) if newest else {}
    return NoteForm(
        request.POST or None,
        template=cast(Any, found.page.chosen).templates[found.kind],
        has_trauma_flag=found.page.is_flagged,
        is_amended=newest is not None,
        initial=started | {"based_on": newest.version if newest else 0},
    )


def _note(found: NotePage, form: NoteForm) -> dict[str, Any]:
    versions = [
        {
            "signed": each,
            "rows": [(said(f"therapy.field.{name}"), words) for name, words in each.words["fields"].items()],
        }
        for each in found.versions
    ]
    return {
        "found": found,
        "page": found.page,
        "form": form,
        "title": kind_words(found.kind),
        "at": found.starts_at.astimezone(found.page.zone),
        "versions": versions,
        "is_plan": found.kind is SessionKind.DOSING,
    }
