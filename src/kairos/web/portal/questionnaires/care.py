"""The crisis card at the place of an answer: thanks, ways to reach somebody, who was told, by when."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.instruments.safety import SafetyResponse
from kairos.queries.answering import AnsweringPage, Told, who_was_told, zone_of_link
from kairos.vocab.people import Actor, Role
from kairos.web.design.parts import CrisisCard
from kairos.web.frames import ROLE_WORDS
from kairos.web.languages import spoken_release
from kairos.web.portal.help.views import way_to


def care_card(response: SafetyResponse, request_id: UUID, actor: Actor) -> CrisisCard:
    """Return the card for what an answer started."""
    release = spoken_release()
    contacts = release.crisis[settings.KAIROS_COUNTRY].card(response.crisis_card)
    promise = _said(release.texts, response.finding.message)
    told = _told_words(release.texts, who_was_told(request_id=request_id, by=actor), actor)
    return CrisisCard(
        lead=_said(release.texts, "crisis.card.thanks"),
        ways=[way_to(contact) for contact in contacts],
        who_was_told=f"{promise} {told}",
    )


def cards_of(page: AnsweringPage, actor: Actor) -> list[CrisisCard]:
    """Return the cards of everything that the answers so far have started."""
    return [
        care_card(response, page.asking.request_id(question.instrument), actor)
        for question, response in page.starts_safety
    ]


def _told_words(texts: TextBook, told: Told | None, actor: Actor) -> str:
    if told is None or not told.name:
        return _said(texts, "crisis.card.told_nobody_named")
    role = str(ROLE_WORDS[Role(told.role)]).lower() if told.role else _("on the team")
    by = _by_words(told.by, zone_of_link(by=actor)) if told.by else _("the end of today")
    return _said(texts, "crisis.card.told", name=told.name, role=role, by=by)


def _by_words(at: datetime, zone: ZoneInfo) -> str:
    """Return a time of day; midnight is the end of today, not of tomorrow."""
    local = at.astimezone(zone)
    return _("the end of today") if not (local.hour or local.minute) else f"{local:%H:%M}"


def _said(texts: TextBook, message: str, **values: str) -> str:
    return texts.render(message, values, audience=Audience.PATIENT)
