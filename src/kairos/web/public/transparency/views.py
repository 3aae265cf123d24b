"""The programmes' own figures, for anyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kairos.queries.transparency import public_figures
from kairos.web.access import allow
from kairos.web.public.transparency.shown import version_shown


@allow(public=True, reason="a programme's published figures; small counts are hidden, nobody can be told")
@require_safe
def show_figures(request: HttpRequest) -> HttpResponse:
    """Show every version that the programmes here have published."""
    found = [
        {"name": each.name, "versions": [version_shown(one) for one in each.versions]}
        for each in public_figures()
    ]
    return render(request, "public/transparency/figures.html", {"programmes": found})
