"""Answer one item of the same-day check: a word of the item, or when something last happened."""

from datetime import datetime
from uuid import UUID

from kairos.actions.same_day_answers import check_item_answer
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import CheckAnswered
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("answer_check", Permission.RUN_SESSION)
def answer_check(
    *,
    session_id: UUID,
    item: str,
    answer: str = "",
    answered_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Answer one item of the same-day check: a word of the item, or when something last happened."""

    def say(sitting: Sitting) -> list[Saying]:
        check_item_answer(sitting.picture.protocol, item, answer, answered_at, now)
        return [Saying(CheckAnswered(item=item, answer=answer, answered_at=answered_at))]

    return add_entries(session_id, say, by=by, now=now)
