"""What may be learned of ketamine: its routes on one picture, and how it may work."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kairos.domain.evidence.mechanism import Known, Pathway
from kairos.web.access import allow
from kairos.web.portal.learn.mechanism_shown import KNOWN_WORDS, PATHWAY_WORDS, mechanism_shown
from kairos.web.portal.learn.route_names import ROUTES

HOURS = ((2, _("2 hours")), (4, _("4 hours")), (8, _("8 hours")))


class RoutesForm(forms.Form):
    """Which routes are drawn, and for how long."""

    route = forms.MultipleChoiceField(
        choices=list(ROUTES.items()), widget=forms.CheckboxSelectMultiple, label=_("Routes")
    )
    hours = forms.TypedChoiceField(choices=HOURS, coerce=int, widget=forms.RadioSelect, label=_("For"))


USUAL: dict[str, Any] = {"route": ["iv", "im", "sl", "oral"], "hours": 4}


@allow(public=True, reason="what studies say of a medicine; shows nothing about anyone")
@require_GET
def show_routes(request: HttpRequest) -> HttpResponse:
    """Compare what routes bring into the blood."""
    form = RoutesForm(request.GET) if "hours" in request.GET else RoutesForm(USUAL)
    chosen = form.cleaned_data if form.is_valid() else USUAL
    from kairos.web.portal.learn.routes_shown import routes_shown  # arrays come with the first drawing

    shown = routes_shown(tuple(chosen["route"]), hours=chosen["hours"], on=timezone.localdate())
    found = {"form": form, "shown": shown}
    return render(request, "portal/learn/routes.html", found, status=200 if form.is_valid() else 400)


class MechanismForm(forms.Form):
    """What is counted: in whom an arrow was seen, and where the chain may begin."""

    known = forms.TypedMultipleChoiceField(
        choices=[(each.value, words) for each, words in KNOWN_WORDS.items()],
        coerce=Known,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pathway = forms.TypedMultipleChoiceField(
        choices=[(each.value, words) for each, words in PATHWAY_WORDS.items()],
        coerce=Pathway,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


EVERYTHING: dict[str, Any] = {"known": [k.value for k in Known], "pathway": [p.value for p in Pathway]}


@allow(public=True, reason="what studies say of a medicine; shows nothing about anyone")
@require_GET
def show_mechanism(request: HttpRequest) -> HttpResponse:
    """Draw how ketamine may work, as far as the chain goes by what is counted."""
    form = MechanismForm(request.GET if "chosen" in request.GET else EVERYTHING)
    everything: dict[str, Any] = {"known": list(Known), "pathway": list(Pathway)}
    chosen = form.cleaned_data if form.is_valid() else everything
    found = {"form": form, "shown": mechanism_shown(chosen["known"], chosen["pathway"])}
    return render(request, "portal/learn/mechanism.html", found, status=200 if form.is_valid() else 400)
