"""At log-in the clocks of the session start, at log-out a watcher leaves; the store audits both."""

import contextlib
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from kairos.actions.signs_of_life import leave_screen
from kairos.queries.accounts import actor_for
from kairos.vocab.errors import Missing, NotAllowed
from kairos.web.lock import mark_of, start_clocks


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Start the clocks of whoever has just proved who they are."""
    start_clocks(request.session, timezone.now())


@receiver(user_logged_out)
def end(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Note that somebody leaves this screen: where it was the last of a watcher, others are called."""
    with contextlib.suppress(NotAllowed, Missing):  # somebody whose roles have ended watches nothing
        if user is not None and request is not None:
            leave_screen(screen=mark_of(request.session), by=actor_for(user.pk), now=timezone.now())
