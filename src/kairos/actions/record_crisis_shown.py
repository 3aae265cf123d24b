"""Record that somebody was shown how to reach a human being, and by which answer."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import links
from kairos.store.repositories.askings import asking_of_link
from kairos.vocab.people import Actor, Permission


@command("record_crisis_shown", Permission.ANSWER_QUESTIONNAIRE)
def record_crisis_shown(
    *, item_id: str, crisis_card: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Record that the card was on the screen after an answer; with the same command id, once.

    Raises
    ------
    Missing    there is no such link
    """
    link = links.link_by_id(by.scope, by.id)
    details = {"item": item_id, "crisis_card": crisis_card}
    subject = f"asking:{asking_of_link(link).subject}"
    return crisis_card, AuditNote(subject, link.programme_id, link.person_id, "crisis_card_shown", details)
