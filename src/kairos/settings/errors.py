"""Kinds of error to HTTP, once. Messages carry ids of rules and records, never patient data."""

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kairos.vocab.errors import InvalidInput, KairosError, Missing, NotAllowed, NotInForce

log = logging.getLogger("kairos.errors")

STATUS: dict[type[KairosError], int] = {InvalidInput: 400, NotAllowed: 403, Missing: 404, NotInForce: 409}


def status_of(error: KairosError) -> int:
    """Return the HTTP status of a kind of error; a kind not listed counts as a conflict."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 409)


class ErrorMiddleware:
    """Turns the kinds of error into pages; anything else is a bug and goes to the 500 page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer one of our kinds of error; leave the rest to Django."""
        if not isinstance(error, KairosError):
            return None
        status = status_of(error)
        return error_page(request, status, message=str(error))


def error_page(request: HttpRequest, status: int, *, message: str = "", kind: str = "") -> HttpResponse:
    """Draw the page of one status, with a reference that the log knows too."""
    reference = secrets.token_hex(4)
    log.log(logging.ERROR if status >= 500 else logging.INFO, "%s %s %s", status, reference, kind)
    found = {"title": _titles()[status], "message": message, "reference": reference, "status": status}
    return render(request, "design/errors/page.html", found, status=status)


def _titles() -> dict[int, str]:
    return {
        400: _("This could not be read"),
        403: _("This is not open to you"),
        404: _("There is nothing at this address"),
        409: _("This cannot be done as things stand"),
        500: _("Something went wrong on our side"),
    }


def bad_request(request: HttpRequest, exception: BadRequest | None = None) -> HttpResponse:
    """Answer a request that could not be read."""
    return error_page(request, 400)


def not_allowed(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """Answer refusals; one of our own kind says who may."""
    is_ours = exception is not None and isinstance(exception.__cause__, KairosError)
    return error_page(request, 403, message=str(exception) if is_ours else "")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret does not fit."""
    message = _(
        "The form was open too long, or came from elsewhere. Go back, load the page again, and send it again."
    )
    response = error_page(request, 403, message=message, kind="csrf")
    # A queue on a device fetches a fresh secret and sends the entry once more.
    response.headers["Kairos-Entry"] = "again"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return error_page(request, 404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Apologise for a bug; the page draws nothing that could fail again."""
    reference = secrets.token_hex(4)
    log.error("500 %s", reference)
    found = {"title": _titles()[500], "reference": reference}
    return render(None, "design/errors/500.html", found, status=500)
