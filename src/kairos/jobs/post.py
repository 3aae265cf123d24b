"""The way out for messages: one port, and what stands behind it here.

In the demonstration a message goes into a file of the home folder, where a curious person can read it and
press its link. In tests it goes nowhere. Elsewhere push messages and other ways leave at once, and mail by
SMTP once a server is named; until then it waits and is tried again.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from kairos.actions.send_outbox import CannotPost, Outgoing
from kairos.jobs.letters import Letter, write_letter
from kairos.jobs.ways_out import by_apprise, by_push

MESSAGES = "messages.jsonl"

Channel = Callable[[Letter], None]
"""Hands a letter over, or raises ``CannotPost``."""


def post(message: Outgoing) -> None:
    """Hand a message to its channel.

    Raises
    ------
    CannotPost    no channel of this kind is set up, or it did not take the message
    """
    letter = write_letter(message)
    if getattr(settings, "KAIROS_POSTS_NOWHERE", False):
        return
    channel = _channels().get(letter.channel)
    if channel is None:
        raise CannotPost(f"no way out for {letter.channel} is set up")
    channel(letter)


def _channels() -> dict[str, Channel]:
    if getattr(settings, "KAIROS_POSTS_TO_FILE", False):
        return dict.fromkeys(("mail", "text", "push", "other"), _into_file)
    ways: dict[str, Channel] = {"push": by_push, "other": by_apprise}
    return ways | {"mail": _by_mail} if settings.EMAIL_HOST else ways


def _into_file(letter: Letter) -> None:
    path = Path(settings.KAIROS_HOME) / MESSAGES
    line = {"to": letter.address, "by": letter.channel, "subject": letter.subject, "body": letter.body}
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _by_mail(letter: Letter) -> None:
    try:
        send_mail(letter.subject, letter.body, settings.DEFAULT_FROM_EMAIL, [letter.address])
    except OSError as error:
        raise CannotPost(f"the mail server did not take it ({type(error).__name__})") from error
