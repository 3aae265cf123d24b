"""Complaints for whoever answers them; and, for the administrator, whom each programme names."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.answer_complaint import answer_complaint
from kairos.actions.name_complaint_contact import name_complaint_contact
from kairos.queries.complaints import complaint_contacts, complaint_page, complaints_to_answer
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import sentence_of
from kairos.web.forms import CommandForm


class AnswerForm(CommandForm):
    """What the patient is answered."""

    words = forms.CharField(
        label=gettext_lazy("Your answer: what you found, and what is done"),
        help_text=gettext_lazy("The patient reads it. The treating team does not."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ContactForm(CommandForm):
    """Whom one programme names."""

    programme_id = forms.UUIDField(widget=forms.HiddenInput)
    user_id = forms.ChoiceField(label=gettext_lazy("Who answers complaints"))

    def __init__(self, *args: Any, choices: tuple[tuple[UUID, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user_id"]
        field.choices = [(str(key), name) for key, name in choices]  # type: ignore[attr-defined]


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.ANSWER_COMPLAINT)
@require_GET
def show_complaints(request: ActingRequest) -> HttpResponse:
    """Show the complaints that came to whoever asks."""
    found = complaints_to_answer(by=_actor(request), now=timezone.now())
    waiting = [each for each in found if each.answer is None]
    answered = [each for each in found if each.answer is not None]
    return render(request, "clinic/complaints/complaints.html", {"waiting": waiting, "answered": answered})


@allow(Permission.ANSWER_COMPLAINT)
@require_http_methods(["GET", "POST"])
def show_complaint(request: ActingRequest, complaint_id: UUID) -> HttpResponse:
    """Show one complaint, and answer it."""
    by, now = _actor(request), timezone.now()
    shown = complaint_page(complaint_id=complaint_id, by=by, now=now)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_complaint(complaint_id=complaint_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Sent. The patient reads it on their own page."))
            return redirect("complaint", complaint_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, sentence_of(error))
    found = {"shown": shown, "form": form}
    return render(request, "clinic/complaints/complaint.html", found, status=400 if form.errors else 200)


@allow(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def show_contacts(request: ActingRequest) -> HttpResponse:
    """Show whom each programme names for complaints, and name somebody."""
    by = _actor(request)
    lines = complaint_contacts(by=by)
    sent = request.POST.get("programme_id", "")
    forms_of = [
        (line, _contact_form(request, line, is_sent=str(line.programme_id) == sent)) for line in lines
    ]
    form = next((form for _line, form in forms_of if form.is_bound), None)
    if form is not None and form.is_valid():
        given = {**form.cleaned_data, "user_id": UUID(form.cleaned_data["user_id"])}
        name_complaint_contact(by=by, now=timezone.now(), **given)
        messages.info(request, _("Named. Complaints that waited reach them within minutes."))
        return redirect("complaint_contacts")
    status = 400 if form is not None and form.errors else 200
    return render(request, "clinic/complaints/contacts.html", {"lines": forms_of}, status=status)


def _contact_form(request: ActingRequest, line: Any, *, is_sent: bool) -> ContactForm:
    started = {"programme_id": line.programme_id}
    name = f"contact-{line.programme_id}"
    return ContactForm(
        request.POST if is_sent else None, choices=line.choices, initial=started, auto_id=f"{name}-%s"
    )
