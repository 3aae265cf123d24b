"""Consent taken with a patient in the clinic: where it stands, and handing over the tablet."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.note_capacity import note_capacity
from kairos.actions.record_access import record_access
from kairos.actions.withdraw_consent import withdraw_consent
from kairos.domain.evidence.texts import Audience
from kairos.queries.consents import ConsentPage, consent_page
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.consent.forms import CapacityForm
from kairos.web.clinic.consent.handed import check_handed, hand_over
from kairos.web.forms import CommandForm, new_id
from kairos.web.portal.consent import reading
from kairos.web.portal.consent.copy_of_consent import copy_of
from kairos.web.portal.consent.forms import WithdrawForm
from kairos.web.portal.consent.reading import Reader
from kairos.web.portal.consent.views import show_overview
from kairos.web.portal.consent.words import capacity_words, helper_words, language_words


def _reader(request: ActingRequest, person_id: UUID) -> Reader:
    check_handed(request, person_id)
    by = cast(Actor, request.actor)
    return Reader(person_id, by, "clinic/consent/tablet.html", "consent_read", (person_id,))


@allow(Permission.TAKE_CONSENT)
@require_GET
def show_person(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the staff where a person's consent stands and what was signed."""
    by, now = cast(Actor, request.actor), timezone.now()
    record_access(person_id=person_id, what="consent", command_id=new_id(now), by=by, now=now)
    page = consent_page(person_id=person_id, by=by, now=now)
    return _person(request, page, CapacityForm())


def _person(request: ActingRequest, page: ConsentPage, form: CapacityForm) -> HttpResponse:
    noted = page.reading.capacity
    found = {
        "page": page,
        "sentence": page.sentences[Audience.CLINICIAN],
        "done": len(page.reading.done),
        "form": form,
        "noted": noted,
        "noted_words": capacity_words(noted.answer) if noted else "",
        "noted_by": page.names.get(noted.by, "") if noted else "",
        "signed": [(each, language_words(each.language), helper_words(each)) for each in page.signed],
    }
    return render(request, "clinic/consent/person.html", found, status=400 if form.errors else 200)


@allow(Permission.TAKE_CONSENT)
@require_POST
def hand(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Hand the tablet over: everything but this person's consent is locked until staff sign in again."""
    if CommandForm(request.POST).is_valid():
        consent_page(person_id=person_id, by=cast(Actor, request.actor), now=timezone.now())
        hand_over(request, person_id)
        return redirect("consent_read", person_id)
    return redirect("consent_person", person_id)


@allow(Permission.TAKE_CONSENT, while_locked=True)
@require_GET
def show_read(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the patient the parts of the document on the clinic's tablet."""
    reader = _reader(request, person_id)
    return show_overview(request, reader, reader.page())


@allow(Permission.TAKE_CONSENT, while_locked=True)
@require_http_methods(["GET", "POST"])
def show_part(request: ActingRequest, person_id: UUID, part: str) -> HttpResponse:
    """Show or keep one part on the clinic's tablet."""
    return reading.show_part(request, _reader(request, person_id), part)


@allow(Permission.TAKE_CONSENT, while_locked=True)
@require_POST
def keep_no(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep a no that was said on the clinic's tablet."""
    return reading.keep_no(request, _reader(request, person_id))


@allow(Permission.TAKE_CONSENT)
@require_POST
def keep_capacity(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep what a clinician noted of whether the person can decide this now."""
    by, now, form = cast(Actor, request.actor), timezone.now(), CapacityForm(request.POST)
    page = consent_page(person_id=person_id, by=by, now=now)
    if form.is_valid():
        note_capacity(person_id=person_id, version=page.document.version, by=by, now=now, **form.cleaned_data)
        messages.info(request, _("Noted. It is kept with the signature."))
        return redirect("consent_person", person_id)
    return _person(request, page, form)


@allow(Permission.TAKE_CONSENT)
@require_GET
def download_copy(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Give the document with its signatures as a file, to hand to the person."""
    by, now = cast(Actor, request.actor), timezone.now()
    record_access(person_id=person_id, what="consent", command_id=new_id(now), by=by, now=now)
    return copy_of(consent_page(person_id=person_id, by=by, now=now))


@allow(Permission.TAKE_CONSENT)
@require_GET
def show_whole(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the whole document with the signatures, to print."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = consent_page(person_id=person_id, by=by, now=now)
    reader = Reader(person_id, by, "clinic/frame.html", "consent_person", (person_id,))
    found = {"reader": reader, "page": page, "frame_of_page": reader.frame}
    return render(request, "portal/consent/whole.html", found)


@allow(Permission.TAKE_CONSENT)
@require_http_methods(["GET", "POST"])
def show_withdraw(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Record that a person took their consent back, as they said it."""
    by, now, form = cast(Actor, request.actor), timezone.now(), WithdrawForm(request.POST or None)
    page = consent_page(person_id=person_id, by=by, now=now)
    if not page.can_withdraw:
        return redirect("consent_person", person_id)
    if request.method == "POST" and form.is_valid():
        withdraw_consent(person_id=person_id, by=by, now=now, **form.cleaned_data)
        messages.info(request, _("The consent is withdrawn. No session opens until it is signed again."))
        return redirect("consent_person", person_id)
    found = {"page": page, "form": form}
    return render(request, "clinic/consent/withdraw.html", found, status=400 if form.errors else 200)
