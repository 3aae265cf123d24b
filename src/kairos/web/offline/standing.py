"""Who is signed in on this device now: what a waiting queue asks before it sends."""

import base64
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kairos.queries.device_key import device_key
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest, allow


def standing_for(request: HttpRequest, owner: str) -> HttpResponse:
    """Return the standing of one maker: the key of what waits, the secret of forms, the server's clock.

    A view for people without an account (a link) answers with this too; it must be sure of the owner.
    """
    return JsonResponse(
        {
            "owner": owner,
            "key": base64.b64encode(device_key(owner)).decode(),
            "csrf": get_token(request),
            "now": timezone.now().isoformat(),
        }
    )


@allow(signed_in=True, reason="gives people the key of their own waiting entries; not while entry is locked")
@never_cache
@require_GET
def show_standing(request: ActingRequest) -> HttpResponse:
    """Say who is signed in and unlocked here, to nobody else."""
    return standing_for(request, str(cast(Actor, request.actor).id))
