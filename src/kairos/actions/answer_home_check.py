"""Answer one item of the check from the home: by whoever the protocol lets answer it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.same_day_answers import check_item_answer
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import CheckAnswered
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("answer_home_check", Permission.CHECK_IN)
def answer_home_check(
    *,
    session_id: UUID,
    item: str,
    answer: str = "",
    answered_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record the answer of the patient or the support person.

    Raises
    ------
    NotAllowed      the protocol leaves this item to others
    InvalidInput    no item of the check, or nothing it can be answered with
    """

    def say(sitting: Sitting) -> list[Saying]:
        check_item_answer(sitting.picture.protocol, item, answer, answered_at, now)
        return [Saying(CheckAnswered(item=item, answer=answer, answered_at=answered_at))]

    return add_entries(session_id, say, by=by, now=now)
