"""Make the papers for an insurer. That a pack was made is kept as an access; the pack itself is not."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.record_access import record_access
from kairos.interop.paper.document import Document, as_pdf
from kairos.queries.estimates import estimate_for
from kairos.queries.insurance import insurance_page
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.insurance.forms import EstimateForm, PackForm
from kairos.web.clinic.insurance.paper import pack_document
from kairos.web.estimate_paper import estimate_document
from kairos.web.forms import new_id


@allow(Permission.SEE_CHART)
@require_http_methods(["GET", "POST"])
def show_insurance(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what a pack would hold; make it, with the notes that were ticked."""
    by, now = cast(Actor, request.actor), timezone.now()
    found = insurance_page(person_id=person_id, by=by, now=now)
    form = PackForm(request.POST or None, notes=found.notes)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        access = {"what": "insurance_pack", "why": told["letter"].value}
        record_access(person_id=person_id, command_id=new_id(now), by=by, now=now, **access)
        chosen = [note for note in found.notes if str(note.id) in told["notes"]]
        with timezone.override(found.zone):
            return _paper(pack_document(found, told, chosen), "insurance-pack.pdf")
    shown = {"found": found, "form": form, "person_id": person_id, "estimate_form": EstimateForm()}
    return render(request, "clinic/insurance/insurance.html", shown, status=400 if form.errors else 200)


@allow(Permission.SEE_PEOPLE)
@require_POST
def send_estimate(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Send the good-faith estimate of a person's planned course."""
    page = estimate_for(person_id=person_id, by=cast(Actor, request.actor), now=timezone.now())
    form = EstimateForm(request.POST)
    if page.estimate is None or not form.is_valid():
        raise Missing("there is no planned course, or no price list in force; plan and publish them first")
    with timezone.override(page.zone):
        told = {"on": timezone.localdate(), "diagnosis": form.cleaned_data["diagnosis"]}
        return _paper(estimate_document(page, page.estimate, **told), "estimate.pdf")


def _paper(document: Document, name: str) -> HttpResponse:
    answer = HttpResponse(as_pdf(document), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
