"""At log-in the clocks of the session start; the log-in itself is audited by the store."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from kairos.web.lock import start_clocks


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Start the clocks of whoever has just proved who they are."""
    start_clocks(request.session, timezone.now())
