"""The pages of a session's monitoring form: read, sign, print, record that it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.record_access import record_access
from kairos.actions.record_form_sending import record_form_sending
from kairos.actions.sign_monitoring_form import sign_monitoring_form
from kairos.domain.sessions.form_fields import LEFT
from kairos.queries.dosing_sessions import session_page
from kairos.queries.monitoring_forms import FormPage, form_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, in_zone, sentence_of
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.sessions.rems_form import (
    WAY_WORDS,
    MonitoringFormForm,
    SendingForm,
    rows_of,
    rows_of_signed,
)
from kairos.web.clinic.sessions.words import who
from kairos.web.forms import CommandForm, new_id

PAGE = "clinic/sessions/rems_form.html"


@allow(Permission.SEE_CHART)
@require_GET
def show_form(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show the form: filled and open, or as it was signed."""
    form = form_opened(request, session_id)
    return _draw(request, form, MonitoringFormForm(page=form), SendingForm(initial={"sent_on": form.today}))


@allow(Permission.SEE_CHART)
@require_GET
def show_print(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Show the form for paper and for a file made by the browser."""
    form = form_opened(request, session_id)
    return _draw(request, form, None, None, template="clinic/sessions/rems_form_print.html")


@allow(Permission.SIGN_MONITORING_FORM)
@require_http_methods(["GET", "POST"])
def sign(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Sign the form, or one that takes the place of a signed one; or say what is missing."""
    form, by = form_opened(request, session_id), actor(request)
    given = MonitoringFormForm(request.POST or None, page=form)
    if given.is_valid():
        try:
            sign_monitoring_form(session_id=session_id, by=by, now=timezone.now(), **given.given())
            messages.info(request, _("Signed. Nobody changes it now; send it, and record that it was sent."))
            return redirect("session_form", session_id)
        except (InvalidInput, NotAllowed) as error:
            _refuse(given, error)
    return _draw(request, form, given, None, is_correcting=form.signed is not None)


@allow(Permission.SIGN_MONITORING_FORM)
@require_POST
def send(request: ActingRequest, session_id: UUID, form_id: UUID) -> HttpResponse:
    """Record that the signed form was sent."""
    form, by = form_opened(request, session_id), actor(request)
    given = SendingForm(request.POST)
    if given.is_valid():
        told = {"command_id": given.cleaned_data["command_id"], "proof": given.proof()}
        try:
            record_form_sending(session_id=session_id, form_id=form_id, by=by, now=timezone.now(), **told)
            messages.info(request, _("Recorded that it was sent."))
            return redirect("session_form", session_id)
        except (InvalidInput, NotAllowed) as error:
            _refuse(given, error)
    return _draw(request, form, None, given)


def _refuse(form: CommandForm, error: InvalidInput | NotAllowed) -> None:
    if isinstance(error, InvalidInput):
        form.take_problems(error)
    else:
        form.add_error(None, sentence_of(error))


def form_opened(request: ActingRequest, session_id: UUID) -> FormPage:
    """Return the form of a session whose chart somebody opens; that is recorded."""
    by, now = actor(request), timezone.now()
    form = form_page(session_id=session_id, by=by, now=now)
    record_access(person_id=form.person_id, what="monitoring_form", command_id=new_id(now), by=by, now=now)
    return form


def _draw(
    request: ActingRequest,
    form: FormPage,
    signing: MonitoringFormForm | None,
    sending: SendingForm | None,
    *,
    template: str = PAGE,
    is_correcting: bool = False,
) -> HttpResponse:
    page = session_page(session_id=form.session_id, by=actor(request), now=timezone.now())
    signed = form.signed
    found = {
        "page": page,
        "strip": strip_of(page),
        "form": form,
        "signing": signing,
        "sending": sending,
        "is_correcting": is_correcting,
        "rows": rows_of_signed(signed.words) if signed and not is_correcting else rows_of(form.fields),
        "has_left": any(each.value == LEFT for each in form.fields),
        "signed_by": who(signed.signed_by, form.names) if signed else "",
        "earlier": [_earlier(each, form) for each in form.earlier],
        "proofs": [_proof(each, form) for each in form.sendings],
        "may_sign": actor(request).may(Permission.SIGN_MONITORING_FORM),
    }
    refused = any(each is not None and each.errors for each in (signing, sending))
    return in_zone(request, page, template, found, status=400 if refused else 200)


def _proof(sending: Any, form: FormPage) -> dict[str, Any]:
    return {
        "way": WAY_WORDS[sending.way],
        "sent_on": sending.sent_on,
        "reference": sending.words.get("reference", ""),
        "by": who(sending.recorded_by, form.names),
        "is_of_this": form.signed is not None and sending.form_id == form.signed.id,
    }


def _earlier(signed: Any, form: FormPage) -> dict[str, Any]:
    return {
        "at": signed.signed_at,
        "by": who(signed.signed_by, form.names),
        "rows": rows_of_signed(signed.words),
    }
