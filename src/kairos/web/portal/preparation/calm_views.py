"""Breathing and grounding exercises as text: for anyone, and without a network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kairos.domain.evidence.texts import Audience
from kairos.web.access import allow
from kairos.web.languages import spoken_release
from kairos.web.therapy_words import said


@allow(public=True, reason="exercises as text, the same for everybody; kept on devices")
@require_GET
def show_calm(request: HttpRequest) -> HttpResponse:
    """Show each exercise with how it is done."""
    names = [name for plan in spoken_release().integration.values() for name in plan.practices]
    found = [
        (
            said(f"integration.practice.{name}", Audience.PATIENT),
            said(f"integration.practice.{name}_how", Audience.PATIENT),
        )
        for name in dict.fromkeys(names)
    ]
    return render(request, "portal/preparation/calm.html", {"practices": found})
