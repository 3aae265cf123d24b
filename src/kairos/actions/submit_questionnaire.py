"""Send the answers in: they become a record with scores, and the link has served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.answering import Sitting, sitting_of
from kairos.actions.score_record import AskedOf, keep_response
from kairos.domain.instruments.asking import Given
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import links, questionnaires
from kairos.store.repositories.askings import given_so_far
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission

PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class SentIn:
    """What was sent in: the ids of the responses, and the questions without an answer."""

    responses: tuple[UUID, ...]
    missing: tuple[str, ...]


@command("submit_questionnaire", Permission.ANSWER_QUESTIONNAIRE)
def submit_questionnaire(*, command_id: UUID, by: Actor, now: datetime) -> tuple[SentIn, AuditNote]:
    """Keep the answers of all questionnaires of the link with their scores; close every link to them.

    A question without an answer stays missing and is named; its questionnaire has no total.

    Raises
    ------
    NotAllowed      the link takes no more answers
    InvalidInput    nothing was answered yet
    """
    sitting = sitting_of(by, now=now)
    given = given_so_far(by.scope, sitting.asking)
    if not given:
        raise InvalidInput(Problem("", "nothing was answered yet; press Start first"))
    sent, missing = _keep_all(sitting, given, by, now)
    links.mark_all_used(by.scope, sitting.link)
    link = sitting.link
    notify.changed(programme_id=link.programme_id, topic=PROGRESS, subject=link.person_id)
    note = AuditNote(
        f"asking:{sitting.asking.subject}",
        link.programme_id,
        link.person_id,
        sitting.asking.timepoint,
        {"missing": list(missing)},
    )
    return SentIn(sent, missing), note


def _keep_all(
    sitting: Sitting, given: Mapping[str, Given], by: Actor, now: datetime
) -> tuple[tuple[UUID, ...], tuple[str, ...]]:
    link, asking = sitting.link, sitting.asking
    asked_of = AskedOf(link.programme_id, link.person_id, asking.subject, asking.timepoint)
    sent: list[UUID] = []
    missing: list[str] = []
    for instrument in sitting.instruments:
        kept = keep_response(asked_of, instrument, given.get(instrument.id, {}), by=by, now=now)
        questionnaires.close_draft(by.scope, asking.request_id(instrument.id))
        sent.append(kept.response_id)
        missing += kept.missing
    return tuple(sent), tuple(missing)
