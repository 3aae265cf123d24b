"""The decision aid: steps that anyone may read. Nothing that is ticked is kept or logged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from kairos.web.access import allow
from kairos.web.public.aid.shown import STEPS, step_page, summary_page

READ_BY_ANYONE = "information about the treatment for anyone; shows nothing about anyone, keeps nothing"


@allow(public=True, reason=READ_BY_ANYONE)
@require_GET
def show_aid(_request: HttpRequest) -> HttpResponse:
    """Go to the first step."""
    return redirect("aid_step", step=STEPS[0].slug)


@allow(public=True, reason=READ_BY_ANYONE)
@csrf_protect
@require_http_methods(["GET", "POST"])
def show_step(request: HttpRequest, step: str) -> HttpResponse:
    """Show one step of the aid; what is filled in on it travels in the body and is written nowhere."""
    found = next((each for each in STEPS if each.slug == step), None)
    if found is None:
        raise Http404
    return render(request, f"public/aid/{found.page}.html", step_page(found, request.POST or request.GET))


@allow(public=True, reason=READ_BY_ANYONE)
@csrf_protect
@require_http_methods(["GET", "POST"])
def show_summary(request: HttpRequest) -> HttpResponse:
    """Put what was ticked on one sheet; it travels in the body of the request and is written nowhere."""
    return render(request, "public/aid/summary.html", summary_page(request.POST))
