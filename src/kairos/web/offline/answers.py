"""What the queue of a device is answered: saved, refused with its reason, or not now.

Every view answers people as it always did. Where a request says that it comes from a queue, the answer is
told again as JSON, so that "saved" is shown only after the view has said so.
"""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve

from kairos.actions.entry_device import told_from
from kairos.web.offline.device import device_from

HEADER = "Kairos-Entry"
"""``now``: somebody waits before the form. ``queued``: it waited on the device."""
AGAIN = "again"
"""On an answer: the secret of the form was old; fetch a fresh one and send once more."""
WAYS_IN = frozenset({"account_login", "account_unlock", "mfa_index", "mfa_authenticate"})


class QueuedEntryMiddleware:
    """Tells a device's queue what became of an entry, and the entry from which device it comes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if HEADER not in request.headers:
            return self.get_response(request)
        with told_from(device_from(request.POST)):
            response = self.get_response(request)
        if response.status_code >= 500:
            return response
        return _kept_cookies(response, JsonResponse(_told(request, response)))


def _told(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    if response.headers.get(HEADER) == AGAIN or response.status_code == 401:
        return {"state": "not_now"}
    if 300 <= response.status_code < 400:
        return _of_redirect(request, response.headers["Location"])
    if response.status_code >= 400:
        return {"state": "refused", "page": response.content.decode()}
    return {"state": "saved", "url": "", "said": [str(each) for each in messages.get_messages(request)]}


def _of_redirect(request: HttpRequest, address: str) -> dict[str, object]:
    """Say what a redirect means: a way in, a refusal (its reason is said as a warning), else saved.

    Where somebody waits before the form, what is said stays for the page that they are led to.
    """
    if _route(address) in WAYS_IN:
        return {"state": "not_now"}
    storage = cast(BaseStorage, messages.get_messages(request))
    said = list(storage)
    against = [str(each) for each in said if each.level >= messages.WARNING]
    if against:
        return {"state": "refused", "reasons": against}
    storage.used = request.headers[HEADER] != "now"
    told = [str(each) for each in said] if storage.used else []
    return {"state": "saved", "url": address, "said": told}


def _route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def _kept_cookies(told: HttpResponse, answer: HttpResponse) -> HttpResponse:
    answer.cookies.update(told.cookies)
    return answer
