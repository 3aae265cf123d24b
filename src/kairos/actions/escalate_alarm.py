"""Call the next person when nobody answered in time, or came and recorded nothing; each step once."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_alarms import UNANSWERED
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.work_deadlines import WORK
from kairos.domain.sessions.alarms import call_again, escalate, go_past
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Actor


@command("escalate_alarm", None)
def escalate_alarm(
    *,
    session_id: UUID,
    alarm_id: UUID,
    command_id: UUID,
    by: Actor,
    now: datetime,
    unreached_step: int | None = None,
) -> tuple[Entered, AuditNote]:
    """Pass an unanswered alarm on, and one about a missing reading that a promise did not bring.

    Nothing happens where it was answered, closed, or nobody is left to call. ``unreached_step`` is one at
    which nobody could be reached: then the alarm goes on from it without waiting for an answer.
    """

    def say(sitting: Sitting) -> list[Saying]:
        picture = sitting.picture
        alarm = picture.state.alarms[alarm_id]
        if unreached_step is not None:
            event = go_past(alarm, unreached_step, picture.protocol, now=now, limits=picture.limits)
            return [] if event is None else [Saying(event)]
        event = escalate(alarm, picture.protocol, now=now, limits=picture.limits) or call_again(
            alarm,
            picture.protocol,
            overdue=picture.absence(alarm.raised.rule),
            now=now,
            limits=picture.limits,
        )
        return [] if event is None else [Saying(event)]

    return add_entries(session_id, say, by=by, now=now)


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Escalate at the deadline; what the database calls due is due, whatever this machine's clock says."""
    entered = escalate_alarm(
        session_id=UUID(deadline.details["session"]),
        alarm_id=UUID(deadline.details["alarm"]),
        command_id=deadline.id,
        by=by,
        now=max(now, deadline.due_at),
    )
    return f"seen_at_{entered.seq}"


WORK[UNANSWERED] = _work
