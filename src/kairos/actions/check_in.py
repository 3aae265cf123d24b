"""Say how the person is: all is well, worried, or an emergency; from the home, or by the team."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions.events import CheckedIn, CheckInAnswer
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission, Role

WHO = (Role.SUPPORT_PERSON, Role.PATIENT)


@command("check_in", Permission.CHECK_IN)
def check_in(
    *,
    session_id: UUID,
    answer: CheckInAnswer,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record the answer; worried and emergency raise an alarm at once, and all is well answers the prompt.

    Raises
    ------
    NotAllowed    the session has not been opened, or is over
    """
    who = next((role.value for role in WHO if role in by.roles), "team")
    event = CheckedIn(answer=answer, who=who)
    return add_entries(session_id, lambda _: [Saying(event, true_at)], by=by, now=now)
