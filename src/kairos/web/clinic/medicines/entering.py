"""What is entered about medicines: a new line, a correction, what somebody said, a list confirmed, a code."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.confirm_drug_code import confirm_drug_code
from kairos.actions.confirm_medicine import confirm_medicine
from kairos.actions.confirm_medicine_list import confirm_medicine_list
from kairos.actions.correct_medicine import correct_medicine
from kairos.actions.end_medicine import end_medicine
from kairos.actions.record_access import record_access
from kairos.actions.tell_medicine import tell_medicine
from kairos.domain.protocols.medicine_entries import Informant
from kairos.queries.medicines import medicines_of
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.medicines.forms import CodeForm, ConfirmForm, MedicineForm, SaidForm
from kairos.web.forms import new_id


def _who(request: ActingRequest, person_id: UUID) -> dict[str, Any]:
    return {"person_id": person_id, "by": cast(Actor, request.actor), "now": timezone.now()}


@allow(Permission.KEEP_MEDICINES)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Add a medicine to the list."""
    form = MedicineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"told": form.told(), "command_id": form.cleaned_data["command_id"]}
            tell_medicine(**told, **_who(request, person_id))
            return redirect("medicines", person_id)
        except InvalidInput as error:
            form.take_problems(error)
    return _draw(request, person_id, form, "")


@allow(Permission.KEEP_MEDICINES)
@require_http_methods(["GET", "POST"])
def correct(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Correct a line of the list; the old entries are kept."""
    page = medicines_of(**_who(request, person_id))
    line = page.listed.find(request.GET.get("line", ""))
    form = MedicineForm(request.POST or None, initial=MedicineForm.initial_of(line))
    if request.method == "POST" and form.is_valid():
        try:
            told = {"told": form.told(), "command_id": form.cleaned_data["command_id"]}
            correct_medicine(medicine=line.key, **told, **_who(request, person_id))
            return redirect("medicines", person_id)
        except InvalidInput as error:
            form.take_problems(error)
    return _draw(request, person_id, form, line.name)


@allow(Permission.KEEP_MEDICINES)
@require_POST
def say(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that a medicine is still taken, or is not."""
    form = SaidForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        said = {"medicine": given["line"], "informant": Informant(given["informant"])}
        action = confirm_medicine if given["is_taken"] == "yes" else end_medicine
        try:
            action(**said, command_id=given["command_id"], **_who(request, person_id))
        except NotAllowed as error:
            messages.error(request, str(error))
    return redirect("medicines", person_id)


@allow(Permission.KEEP_MEDICINES)
@require_POST
def confirm(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that somebody went through the list with the person."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            confirm_medicine_list(**form.cleaned_data, **_who(request, person_id))
            messages.success(request, _("The list is confirmed under your name."))
        except NotAllowed as error:
            messages.error(request, str(error))
    return redirect("medicines", person_id)


@allow(Permission.CONFIRM_CODES)
@require_POST
def confirm_code(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that a code was looked up where it is published."""
    form = CodeForm(request.POST)
    if form.is_valid():
        who = _who(request, person_id)
        programme_id = medicines_of(**who).programme_id
        del who["person_id"]
        confirm_drug_code(programme_id=programme_id, **form.cleaned_data, **who)
    return redirect("medicines", person_id)


def _draw(request: ActingRequest, person_id: UUID, form: MedicineForm, corrected: str) -> HttpResponse:
    who = _who(request, person_id)
    record_access(what="medicines", command_id=new_id(), **who)
    name = medicines_of(**who).identity.shown_name
    found = {"form": form, "person_id": person_id, "name": name, "corrected": corrected}
    return render(request, "clinic/medicines/medicine.html", found, status=400 if form.errors else 200)
