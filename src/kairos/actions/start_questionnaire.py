"""Begin to answer: the first thing that a link changes."""

from datetime import datetime
from uuid import UUID

from kairos.actions.answering import draft_of, sitting_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import questionnaires
from kairos.vocab.people import Actor, Permission


@command("start_questionnaire", Permission.ANSWER_QUESTIONNAIRE)
def start_questionnaire(*, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Open the draft of each questionnaire of the link, and return the subject of the asking.

    Raises
    ------
    NotAllowed    the link takes no more answers
    """
    sitting = sitting_of(by, now=now)
    for instrument in sitting.instruments:
        questionnaires.save_answer(by.scope, draft_of(sitting, instrument, {}, now=now))
    asking, link = sitting.asking, sitting.link
    return asking.subject, AuditNote(
        f"asking:{asking.subject}", link.programme_id, link.person_id, asking.timepoint
    )
