"""Flag a difficult experience: the card opens at the chair, and three tasks see to the days after (S-069)."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.instruments.safety_plan import DueRule, SafetyLevel, SafetyTask
from kairos.domain.sessions.events import SymptomNoted, SymptomState
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.store.streams import Stream
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission, Role
from kairos.vocab.quantities import HOUR, MINUTE

DIFFICULT = "difficult_experience"
CALL, FOLLOW_UP, REVIEW = "difficult_call", "difficult_follow_up", "difficult_review"
_OWNERS = {CALL: Role.NURSE, FOLLOW_UP: Role.NURSE, REVIEW: Role.CLINICIAN}


@command("flag_difficult_experience", Permission.RUN_SESSION)
def flag_difficult_experience(
    *, session_id: UUID, true_at: datetime | None = None, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Note that the session is hard for the person, and open a call today, a follow-up, and a review.

    Flagged again in the same session, nothing more is opened. During the session the card of distress opens.

    Raises
    ------
    NotAllowed    the session's protocol is from before there was the pathway
    """

    def say(sitting: Sitting) -> list[Saying]:
        if DIFFICULT not in sitting.picture.protocol.symptoms:
            raise NotAllowed("this session's protocol has no such flag; note panic or what you see instead")
        _open_tasks(sitting.stream, by=by, now=now)
        event = SymptomNoted(codes=(DIFFICULT,), state=SymptomState.PRESENT)
        return [Saying(event, true_at)]

    return add_entries(session_id, say, by=by, now=now, why=DIFFICULT)


def _open_tasks(stream: Stream, *, by: Actor, now: datetime) -> None:
    held = {task.kind for task in tasks.tasks_of(by.scope, stream.person_id) if task.subject == stream.id}
    book = content_of(by.scope, stream.programme_id).parameters
    for kind, due_at in _deadlines(stream, book, by=by, now=now).items():
        if kind not in held:
            task = _task(stream, kind, due_at, book, now)
            tasks.add_task(by.scope, task)
            take_by = now + _minutes("tasks.difficult.take_within", book, now) if kind == CALL else None
            watch_task(by.scope, task, take_by=take_by)
    notify.changed(programme_id=stream.programme_id, topic=INBOX, subject=stream.person_id)


def _task(stream: Stream, kind: str, due_at: datetime, book: ParameterBook, now: datetime) -> Task:
    begins = now + _hours("tasks.difficult.follow_up_from", book, now) if kind == FOLLOW_UP else now
    return Task(
        id=new_id(),
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        kind=kind,
        subject=stream.id,
        owner_role=_OWNERS[kind],
        due_at=due_at,
        details={"not_before": begins.isoformat()},
    )


def _deadlines(stream: Stream, book: ParameterBook, *, by: Actor, now: datetime) -> dict[str, datetime]:
    """Return by when each is done: the call before the site's day ends, the others by the content's hours."""
    same_day = SafetyTask(CALL, SafetyLevel.ROUTINE_PLUS, Role.NURSE, DueRule.SAME_DAY)
    return {
        CALL: same_day.due_at(now=now, zone=zone_for(by.scope, stream.person_id)),
        FOLLOW_UP: now + _hours("tasks.difficult.follow_up_within", book, now),
        REVIEW: now + _hours("tasks.difficult.review_within", book, now),
    }


def _hours(parameter: str, book: ParameterBook, now: datetime) -> timedelta:
    return timedelta(hours=book.quantity(parameter, on=now.date()).value_in(HOUR))


def _minutes(parameter: str, book: ParameterBook, now: datetime) -> timedelta:
    return timedelta(minutes=book.quantity(parameter, on=now.date()).value_in(MINUTE))
