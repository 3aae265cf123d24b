"""Ways out besides mail: a browser's push service, and whatever the library Apprise can tell.

Both are brought in at the first message that needs them. An address is somebody's own entry, so each way
looks first where it would lead: push only to the services that are named, others never to the server itself.
"""

import ipaddress
import json
import logging
import socket
from urllib.parse import urlsplit

from django.conf import settings

from kairos.actions.send_outbox import CannotPost
from kairos.jobs.letters import Letter

SECONDS = 8.0
KEPT_FOR = 600
"""Seconds for which a push service keeps a message for a device that is not there."""


def by_push(letter: Letter) -> None:
    """Hand a notice to a browser's push service: encrypted for that browser, signed by this installation.

    Raises
    ------
    CannotPost    no service we write to, or it did not take it
    """
    from pywebpush import WebPushException, webpush
    from requests import RequestException

    _check_service(letter.address)
    if letter.secret is None:
        raise CannotPost("this browser's keys are not known")
    browser = {"endpoint": letter.address, "keys": {"p256dh": letter.secret[0], "auth": letter.secret[1]}}
    said = json.dumps({"title": letter.subject, "body": letter.short, "path": letter.path})
    try:
        webpush(
            subscription_info=browser,
            data=said,
            vapid_private_key=settings.KAIROS_PUSH_PRIVATE_KEY,
            vapid_claims={"sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}"},
            ttl=KEPT_FOR,
            timeout=SECONDS,
            headers={"Urgency": "high"},
        )
    except (WebPushException, RequestException, ValueError) as error:
        raise CannotPost(f"the push service did not take it ({type(error).__name__})") from error


def by_apprise(letter: Letter) -> None:
    """Hand a notice to any way that Apprise knows.

    Raises
    ------
    CannotPost    not an address it knows, one of our own network where that is not allowed, or not taken
    """
    import apprise

    _check_outside(letter.address)
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it would write addresses into our log
    asset = apprise.AppriseAsset(async_mode=False)
    told = apprise.Apprise(asset=asset)
    if not told.add(letter.address):
        raise CannotPost("no kind of address that can be told")
    if not told.notify(title=letter.subject, body=letter.body):
        raise CannotPost("the way did not take it")


def _check_service(address: str) -> None:
    host = urlsplit(address).hostname or ""
    if not any(host == each or host.endswith(f".{each}") for each in settings.KAIROS_PUSH_SERVICES):
        raise CannotPost("no push service that is named in KAIROS_PUSH_SERVICES")


def _check_outside(address: str) -> None:
    """Refuse an address within our own network. A name that is no host belongs to a service: it leads out."""
    host = urlsplit(address).hostname or ""
    if settings.KAIROS_POSTS_INSIDE:
        return
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, None)} if host else set()
    except (OSError, UnicodeError):
        return
    if any(not ipaddress.ip_address(str(each).split("%")[0]).is_global for each in found):
        raise CannotPost("it leads into our own network; allow that by KAIROS_POSTS_INSIDE=1")
