"""Keep a support person's answers to the quiz: passed with a day until which it holds, or what was wrong."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.content_in_force import content_of
from kairos.actions.home_statements import state, stated
from kairos.domain.protocols.at_home import StatementKind, check_may_act
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.support_training import wrong_answers
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("answer_support_quiz", Permission.CHECK_IN)
def answer_support_quiz(
    *,
    person_id: UUID,
    subject: UUID,
    answers: Mapping[str, str],
    language: str = "en",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[tuple[str, ...], AuditNote]:
    """Keep the attempt, and return the questions answered wrongly; none means passed.

    Raises
    ------
    InvalidInput    a question was left out
    NotAllowed      the support person's access has ended
    """
    check_may_act(stated(by.scope, person_id), subject)
    programme_id = programme_of(by.scope, person_id)
    content = content_of(by.scope, programme_id)
    training = content.release.support_training[language]
    wrong = wrong_answers(training, answers)
    held = LimitsInForce(content.parameters, now.date()).span("home.training_valid")
    state(
        StatementKind.QUIZ_ANSWERED,
        subject,
        programme_id=programme_id,
        person_id=person_id,
        by=by,
        now=now,
        until=None if wrong else now + held,
        details={"wrong": list(wrong), "version": training.version},
    )
    why = "not_passed" if wrong else "passed"
    return wrong, AuditNote(f"support_person:{subject}", programme_id, person_id, why)
