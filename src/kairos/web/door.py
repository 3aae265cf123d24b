"""The door every request passes: who is it, is entry locked, may they in."""

import logging
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kairos.queries.accounts import actor_for, has_second_factor
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role
from kairos.web.access import Access, ActingRequest, access_of
from kairos.web.lock import tick

log = logging.getLogger(__name__)

BACKGROUND = "Kairos-Background"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LIVES_AT_HOME = frozenset({Role.PATIENT, Role.SUPPORT_PERSON})


class AccessMiddleware:
    """Refuses what is not declared, sends strangers to the log-in and the locked to the unlock page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast(ActingRequest, request)
        acting.actor, acting.is_locked = None, False
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"  # a page answers as it would be read; the server leaves the content out
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"

    def process_view(
        self, request: ActingRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run (``None``), or answer in its place.

        Django asks no ``process_exception`` about what is raised here, so refusals leave as its own kind.
        """
        try:
            return _ask(request, access_of(view))
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error


def _ask(request: ActingRequest, access: Access | None) -> HttpResponse | None:
    """Return what to answer in place of the view; ``None`` lets it run."""
    if access is None:
        log.error(
            "route without declared access: %s", request.resolver_match and request.resolver_match.route
        )
        raise NotAllowed("this page has no declared access; nobody may open it")
    if not request.user.is_authenticated:
        return None if access.public else _send(request, "account_login")
    clocks = tick(request.session, is_activity=BACKGROUND not in request.headers)
    request.is_locked = clocks.is_locked
    if access.public:
        request.actor = _actor_if_any(request.user.pk)
        return None
    request.actor = actor_for(request.user.pk)
    return _admit(request, access, request.actor)


def _actor_if_any(user_id: UUID) -> Actor | None:
    """Return who acts; somebody whose roles have ended must still find the way out."""
    try:
        return actor_for(user_id)
    except (NotAllowed, Missing):
        return None


def _admit(request: ActingRequest, access: Access, actor: Actor) -> HttpResponse | None:
    """Return where to send somebody signed in, or ``None`` to let them in."""
    if access.while_locked and access.permission is None:
        return None
    is_open = access.while_locked or (access.watchable and request.method in READING)
    if request.is_locked and not is_open:
        return _send(request, "account_unlock")
    if access.permission is None:
        return None
    actor.check_may(access.permission)
    if needs_second_factor(actor) and not has_second_factor(actor.id):
        return _send(request, "mfa_index")
    return None


def needs_second_factor(actor: Actor) -> bool:
    """Whether this person must have a second factor: staff, outside demonstrations and tests."""
    return bool(settings.KAIROS_SECOND_FACTOR) and not actor.roles <= LIVES_AT_HOME


def _send(request: HttpRequest, name: str) -> HttpResponse:
    """Send to a page and remember where to come back to; a fragment makes its whole page move."""
    is_fragment = "HX-Request" in request.headers or BACKGROUND in request.headers
    wanted = request.headers.get("HX-Current-URL", "") if is_fragment else request.get_full_path()
    if request.method not in READING and not is_fragment:
        wanted = request.headers.get("Referer", "")
    address = f"{reverse(name)}?{urlencode({'next': wanted})}" if wanted else reverse(name)
    if is_fragment:
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
