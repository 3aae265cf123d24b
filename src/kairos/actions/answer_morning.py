"""Keep what somebody says on the morning after a session at home: driven, rested, well."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.home_statements import state
from kairos.actions.next_morning import CALL, add_morning_task, answered
from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.sessions.next_morning import check_answers, may_drive, needs_a_call
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("answer_morning", Permission.ANSWER_QUESTIONNAIRE)
def answer_morning(
    *, planned_session_id: UUID, answers: Mapping[str, str], command_id: UUID, by: Actor, now: datetime
) -> tuple[bool, AuditNote]:
    """Keep the answers, and return whether they may drive again; a call follows where it must.

    Raises
    ------
    NotAllowed      it was answered already
    InvalidInput    a question was left out
    """
    planned = courses.lock_planned_session(by.scope, planned_session_id)
    if answered(planned.id, planned.person_id, by):
        raise NotAllowed("this was answered already; thank you")
    told = check_answers(answers)
    state(
        StatementKind.MORNING_ANSWERED,
        planned.id,
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        by=by,
        now=now,
        details=told,
    )
    if needs_a_call(told):
        add_morning_task(planned.programme_id, planned.person_id, planned.id, CALL, by=by, now=now)
    subject = f"planned_session:{planned.id}"
    note = AuditNote(subject, planned.programme_id, planned.person_id, "morning", told)
    return may_drive(told), note
