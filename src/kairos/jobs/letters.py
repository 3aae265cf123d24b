"""A message as it leaves: its words from the content and one link. Nothing in it is about health."""

from dataclasses import dataclass

from django.conf import settings

from kairos.actions.send_outbox import Outgoing
from kairos.content.languages import in_language
from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel hands over: where to, and words.

    ``short`` and ``path`` are for a screen that opens the path itself: the words without the link.
    """

    channel: str
    address: str
    subject: str
    body: str
    short: str = ""
    path: str = ""
    secret: tuple[str, str] | None = None


def write_letter(message: Outgoing) -> Letter:
    """Return the words of a message in its language; English where the content has no other.

    Raises
    ------
    NotInForce    the content has no such text
    """
    link = f"{settings.KAIROS_ADDRESS}{message.path}"
    body = _said(f"{message.text}.body", message.language, link)
    return Letter(
        channel=message.channel,
        address=message.address,
        subject=_said(f"{message.text}.subject", message.language, link),
        body=body,
        short=" ".join(line for line in body.splitlines() if link not in line),
        path=message.path,
        secret=message.secret,
    )


def _said(text: str, language: str, link: str) -> str:
    texts = in_language(load_release(), language).texts
    return texts.render(text, {"link": link}, audience=Audience.PATIENT)
