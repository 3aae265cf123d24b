"""Keep one answer. What an answer starts for somebody's safety starts here, not when the form ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.answering import draft_of, sitting_of
from kairos.actions.safety_tasks import open_safety_tasks
from kairos.domain.instruments.safety import safety_of_answer
from kairos.domain.instruments.scoring import check_answers
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import questionnaires
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer started: the card to show at once (empty: none), its rule, and how many tasks."""

    crisis_card: str = ""
    rule: str = ""
    tasks: int = 0


@command("save_answer", Permission.ANSWER_QUESTIONNAIRE)
def save_answer(
    *, instrument: str, item_id: str, value: int | None, command_id: UUID, by: Actor, now: datetime
) -> tuple[Answered, AuditNote]:
    """Keep an answer in the draft, and open the tasks it starts.

    Parameters
    ----------
    value : int | None    None is a question that the person would rather not answer: it stays missing

    Raises
    ------
    NotAllowed      the link takes no more answers, or asks something else
    InvalidInput    no such question, or no such answer to it
    """
    sitting = sitting_of(by, now=now)
    asked = sitting.instrument(instrument)
    if value is None:
        asked.item(item_id)
    else:
        check_answers(asked, {item_id: value})
    questionnaires.save_answer(by.scope, draft_of(sitting, asked, {item_id: value}, now=now))
    link = sitting.link
    request_id = sitting.asking.request_id(instrument)
    response = None if value is None else safety_of_answer(asked, item_id, value, fact=f"answer:{request_id}")
    if response is None:
        note = AuditNote(f"questionnaire:{request_id}", link.programme_id, link.person_id)
        return Answered(), note
    started = open_safety_tasks(
        by.scope,
        response,
        programme_id=link.programme_id,
        person_id=link.person_id,
        subject=request_id,
        now=now,
        details={"item": item_id, "answer": value, "instrument": asked.id, "version": asked.version},
    )
    found = Answered(response.crisis_card, response.finding.rule, started)
    told: dict[str, Any] = {"tasks": started, "crisis_card": found.crisis_card}
    note = AuditNote(
        f"questionnaire:{request_id}", link.programme_id, link.person_id, response.finding.rule, told
    )
    return found, note
