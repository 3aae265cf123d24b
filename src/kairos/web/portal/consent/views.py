"""A patient's own consent: read it, sign it, keep it, take it back."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.withdraw_consent import withdraw_consent
from kairos.domain.evidence.texts import Audience
from kairos.queries.consents import ConsentPage, own_person_id, standing_sentence
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.portal.consent import reading
from kairos.web.portal.consent.copy_of_consent import copy_of
from kairos.web.portal.consent.forms import WithdrawForm
from kairos.web.portal.consent.reading import Reader


def _reader(request: ActingRequest) -> Reader:
    by = cast(Actor, request.actor)
    return Reader(own_person_id(by), by, "portal/frame.html", "portal_consent")


@allow(Permission.SIGN_OWN_CONSENT)
@require_GET
def show_consent(request: ActingRequest) -> HttpResponse:
    """Show where the consent stands, every part of the document, and the way on."""
    reader = _reader(request)
    return show_overview(request, reader, reader.page())


@allow(Permission.SIGN_OWN_CONSENT)
@require_http_methods(["GET", "POST"])
def show_part(request: ActingRequest, part: str) -> HttpResponse:
    """Show or keep one part."""
    return reading.show_part(request, _reader(request), part)


@allow(Permission.SIGN_OWN_CONSENT)
@require_GET
def show_whole(request: ActingRequest) -> HttpResponse:
    """Show the whole document on one page, to print and keep."""
    reader = _reader(request)
    found = {"reader": reader, "page": reader.page(), "frame_of_page": reader.frame}
    return render(request, "portal/consent/whole.html", found)


@allow(Permission.SIGN_OWN_CONSENT)
@require_POST
def keep_no(request: ActingRequest) -> HttpResponse:
    """Keep a no: one tap, no price."""
    return reading.keep_no(request, _reader(request))


@allow(Permission.SIGN_OWN_CONSENT)
@require_GET
def download_copy(request: ActingRequest) -> HttpResponse:
    """Give the document with its signatures as a file to take away."""
    return copy_of(_reader(request).page())


@allow(Permission.SIGN_OWN_CONSENT)
@require_http_methods(["GET", "POST"])
def show_withdraw(request: ActingRequest) -> HttpResponse:
    """Say what taking the consent back means, and take it back."""
    reader, form = _reader(request), WithdrawForm(request.POST or None)
    page = reader.page()
    if not page.can_withdraw:
        return redirect("portal_consent")
    if request.method == "POST" and form.is_valid():
        withdraw_consent(person_id=reader.person_id, by=reader.by, now=timezone.now(), **form.cleaned_data)
        messages.info(request, _("Your consent is taken back. Your team has been told."))
        return redirect("portal_consent")
    found = {"reader": reader, "page": page, "form": form, "frame_of_page": reader.frame}
    return render(request, "portal/consent/withdraw.html", found, status=400 if form.errors else 200)


def show_overview(request: ActingRequest, reader: Reader, page: ConsentPage) -> HttpResponse:
    """Draw the overview in the frame of the reader."""
    found = {
        "reader": reader,
        "page": page,
        "frame_of_page": reader.frame,
        "sentence": standing_sentence(page.standing, Audience.PATIENT, get_language() or "en"),
        "next_url": reader.part_url(page.next_part),
        "steps": [(part, reader.part_url(part), title) for part, title in page.titles],
        "signed": next(iter(page.signed), None),
    }
    return render(request, "portal/consent/overview.html", found)
