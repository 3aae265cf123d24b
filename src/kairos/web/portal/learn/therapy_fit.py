"""Who might think of ketamine with psychotherapy, and how sure anyone is about each group."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.domain.evidence.texts import Audience
from kairos.web.access import allow
from kairos.web.languages import spoken_release
from kairos.web.therapy_words import said

TYPE = "kap"
WHOLE = "C-065"
"""The claim about the whole: what is known of adding psychotherapy to ketamine."""


@allow(public=True, reason="what the claim registry says of groups of people; shows nothing about anyone")
@require_GET
def show_fit(request: HttpRequest) -> HttpResponse:
    """Show each group with the graded claims about it, or that there are none."""
    release, today = spoken_release(), timezone.localdate()
    texts = release.texts
    groups = []
    for group in release.therapy[TYPE].fit:
        note = f"therapy.fit.{group.id}_note"
        groups.append(
            {
                "name": said(f"therapy.fit.{group.id}", Audience.PATIENT),
                "claims": [_claim(claim, today) for claim in group.claims],
                "note": said(note, Audience.PATIENT) if note in texts else "",
            }
        )
    nothing = said("therapy.fit.nothing_found", Audience.PATIENT)
    found = {"groups": groups, "nothing": nothing, "whole": _claim(WHOLE, today)}
    return render(request, "portal/learn/therapy_fit.html", found)


def _claim(name: str, today: date) -> dict[str, Any]:
    release = spoken_release()
    claim = release.claims[name]
    sources = [release.citations[source] for source in claim.sources]
    return {"claim": claim, "sources": sources, "is_stale": claim.is_stale(today)}
