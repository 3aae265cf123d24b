"""Complain, and read what was answered. The treating team sees neither."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kairos.actions.make_complaint import make_complaint
from kairos.queries.complaints import days_to_answer, own_complaints
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm


class ComplaintForm(CommandForm):
    """What was not right."""

    words = forms.CharField(
        label=gettext_lazy("What was not right, in your own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@allow(Permission.COMPLAIN)
@require_http_methods(["GET", "POST"])
def show_complaints(request: ActingRequest) -> HttpResponse:
    """Write a complaint, and see one's own with their answers."""
    by, now = cast(Actor, request.actor), timezone.now()
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_complaint(by=by, now=now, **form.cleaned_data)
            messages.info(request, _("It is kept. Below you see who has it and by when you are answered."))
            return redirect("portal_complaints")
        except InvalidInput as error:
            form.take_problems(error)
    mine, days = own_complaints(by=by, now=now), days_to_answer(by=by, now=now)
    found = {"form": form, "mine": mine, "days": days}
    return render(request, "portal/complaints/complaints.html", found, status=400 if form.errors else 200)
