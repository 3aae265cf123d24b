"""Say what is ready for a session, and what is not: by the patient, or by the team who asked them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.preparation import standings_of
from kairos.domain.integration.checklist import Answer, check_said
from kairos.domain.protocols.course import PlannedStatus
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, preparation
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("say_of_preparation", Permission.PREPARE_HOME)
def say_of_preparation(
    *,
    planned_session_id: UUID,
    answers: Mapping[str, Answer],
    words: Mapping[str, str],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Keep an answer for each item named, and return how many; the newest of an item holds.

    Raises
    ------
    NotAllowed      the session is not planned any more
    InvalidInput    no answer, an item that this session does not have, or words that are too long
    Missing         no such session within the scope
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    if planned.status != PlannedStatus.PLANNED:
        raise NotAllowed(f"this session is {planned.status}; preparation is said of one that is to come")
    items = {each.item.id: each.item for each in standings_of(by.scope, planned)}
    strange = [name for name in answers if name not in items]
    if strange or not answers:
        problem = "is no item of this session; load the page again" if strange else "choose an answer"
        raise InvalidInput(Problem(strange[0] if strange else "", problem))
    for name, answer in answers.items():
        said = {"text": text} if (text := check_said(items[name], words.get(name, ""))) else {}
        details = {"answer": answer.value, "starts_at": planned.starts_at.isoformat()}
        about = (new_id(), planned.programme_id, planned.person_id, planned.id)
        kept = preparation.PreparationStatement(*about, preparation.ITEM, name, details, by.id, now, said)
        preparation.say_of_preparation(by.scope, kept)
    notify.changed(programme_id=planned.programme_id, topic="preparation", subject=planned.person_id)
    told = {"items": sorted(answers)}
    subject = f"planned_session:{planned.id}"
    return len(answers), AuditNote(subject, planned.programme_id, planned.person_id, details=told)
