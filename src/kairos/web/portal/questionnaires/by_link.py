"""The door of a one-tap link: it stands in for a log-in, leaves no trace in a referrer, is never cached."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kairos.domain.instruments.answer_link import LinkState
from kairos.queries.answering import Holder, holder_of
from kairos.vocab.errors import Missing, NotAllowed
from kairos.web.portal.questionnaires.sitting import read_sitting

LinkView = Callable[..., HttpResponse]
CLOSED_STATUS = 410
BUSY_STATUS = 429


def by_link(view: LinkView) -> Callable[..., HttpResponse]:
    """Give a view the holder of the link in its address; answer in its place where there is none.

    The secret address is what proves the sender, so no second secret is asked for; and with a referrer
    policy that keeps the address to itself, browsers send none with a form.
    """

    @csrf_exempt
    @functools.wraps(view)
    def answer(request: HttpRequest, address: str, **place: int) -> HttpResponse:
        try:
            holder = holder_of(address, now=timezone.now())
            response = view(request, holder, address, **place)
        except Missing:
            response = closed_page(request, "unknown")
        except NotAllowed:
            response = closed_page(request, "busy", status=BUSY_STATUS)
        return _kept_quiet(response)

    return answer


def while_open(view: LinkView) -> LinkView:
    """Ask of a view's holder that the link takes answers and that this browser pressed Start."""

    @functools.wraps(view)
    def answer(request: HttpRequest, holder: Holder, address: str, **place: int) -> HttpResponse:
        sitting = read_sitting(request, holder.actor.id)
        if holder.state is not LinkState.OPEN:
            return closed_page(request, holder.state)
        if sitting is None:
            return redirect("link", address)
        return view(request, holder, address, sitting=sitting, **place)

    return answer


def closed_page(request: HttpRequest, state: str, *, status: int = CLOSED_STATUS) -> HttpResponse:
    """Say why a link takes no answers, and whom to call."""
    return render(request, "portal/questionnaires/closed.html", {"state": str(state)}, status=status)


def _kept_quiet(response: HttpResponse) -> HttpResponse:
    # The address is a secret: Django logs the path of whatever it refuses, unless told that is done.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
