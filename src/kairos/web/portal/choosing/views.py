"""At home or in a clinic: both sides, and what a person would prefer."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kairos.actions.prefer_place import prefer_place
from kairos.domain.evidence.decision_aid import AidChoice
from kairos.domain.evidence.preference import PreferredPlace
from kairos.queries.choosing import own_preference
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.public.aid.reader import AidReader

PLACES = (
    (PreferredPlace.HOME.value, gettext_lazy("At home")),
    (PreferredPlace.CLINIC.value, gettext_lazy("In a clinic")),
    (PreferredPlace.EITHER.value, gettext_lazy("Either is fine")),
    (PreferredPlace.NOT_SURE.value, gettext_lazy("I do not know yet")),
)


class PlaceForm(CommandForm):
    """The worksheet: a place, what matters, and own words."""

    place = forms.TypedChoiceField(
        label=gettext_lazy("I would rather have my sessions"),
        choices=PLACES,
        coerce=PreferredPlace,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of them")},
    )
    matters = forms.MultipleChoiceField(
        label=gettext_lazy("What matters to me"), required=False, widget=forms.CheckboxSelectMultiple
    )
    said = forms.CharField(
        label=gettext_lazy("Why, in my own words"),
        help_text=gettext_lazy("You need not write anything. Your team can read it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, offered: tuple[AidChoice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matters"].choices = [(each.id, each.text) for each in offered]  # type: ignore[attr-defined]


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def show_place(request: ActingRequest) -> HttpResponse:
    """Show both sides, and keep what the person would prefer with their course."""
    by, reader = cast(Actor, request.actor), AidReader.now()
    told = own_preference(by=by)
    known = {"place": told.place.value, "matters": told.matters, "said": told.said} if told else {}
    form = PlaceForm(request.POST or None, offered=reader.aid.values, initial=known)
    if request.method == "POST" and form.is_valid():
        prefer_place(by=by, now=timezone.now(), **form.cleaned_data)
        messages.info(request, _("Saved with your course. Your team reads it when they plan with you."))
        return redirect("portal_place")
    found = {
        "page": reader.aid.pages["setting"],
        "sections": reader.sections("setting"),
        "form": form,
        "told": told,
    }
    return render(request, "portal/choosing/place.html", found, status=400 if form.errors else 200)
