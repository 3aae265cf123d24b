"""The first page: sends each role to its first screen."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kairos.web.access import ActingRequest, allow
from kairos.web.frames import first_screen


@allow(signed_in=True, reason="sends people to the first screen of their role")
@require_GET
def show_home(request: ActingRequest) -> HttpResponse:
    """Go to the first screen of whoever this is, or say that there is none yet."""
    actor = request.actor
    address = first_screen(actor) if actor else ""
    if address:
        return HttpResponseRedirect(address)
    return render(request, "home.html")
