"""The door of a link to a session at home: it stands in for a log-in, and is kept out of referrers."""

import functools
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kairos.domain.sessions.home_links import HomeLink
from kairos.queries.home_links import HomeHolder, home_holder
from kairos.vocab.errors import InvalidInput, KairosError, Missing

CLOSED_STATUS = 410
View = Callable[..., HttpResponse]


def by_home_link(*kinds: HomeLink) -> Callable[[View], View]:
    """Give a view the holder of the link in its address, where the link is of one of these kinds.

    The secret address is what proves the sender, so no second secret is asked for.
    """

    def declare(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def answer(request: HttpRequest, address: str, **place: str) -> HttpResponse:
            try:
                holder = home_holder(address, now=timezone.now())
                response = (
                    view(request, holder, address, **place) if holder.kind in kinds else _closed(request)
                )
            except Missing:
                response = _closed(request)
            return _kept_quiet(response)

        return answer

    return declare


def acting(view: Callable[..., None]) -> View:
    """Lead back to the link's page after an act; a refusal is said there as a warning."""

    @functools.wraps(view)
    def answer(request: HttpRequest, holder: HomeHolder, address: str, **place: str) -> HttpResponse:
        try:
            view(request, holder, **place)
        except InvalidInput as error:
            messages.warning(
                request, "; ".join(f"{p.field.replace('_', ' ')} {p.message}" for p in error.problems)
            )
        except KairosError as error:
            messages.warning(request, str(error))
        return redirect("home_link", address)

    return answer


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/at_home/closed.html", status=CLOSED_STATUS)


def _kept_quiet(response: HttpResponse) -> HttpResponse:
    # The address is a secret: Django logs the path of whatever it refuses, unless told that is done.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
