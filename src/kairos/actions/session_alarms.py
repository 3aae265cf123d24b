"""What an alarm leads to: a row for lists, a deadline for the answer, a word to every watching screen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from kairos.domain.sessions.alarms import comes_back_at
from kairos.domain.sessions.events import AlarmClosed, AlarmEscalated, AlarmRaised, AlarmTaken, Event
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.timetable import UNSEEN
from kairos.store import notify, outbox
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, deadlines
from kairos.store.repositories.deadlines import Deadline
from kairos.store.streams import Stream
from kairos.vocab.people import Actor

ALARM = "alarm"
"""The topic that tells screens at once; its id is the session's."""
UNANSWERED = "alarm_unanswered"
CALL = "alarm_call"
"""The message that calls whoever is on call; ``on_call_notices`` makes what leaves of it."""
LOOK = "session_look"


def follow_alarms(
    stream: Stream, events: Sequence[Event], picture: Picture, *, by: Actor
) -> tuple[UUID, ...]:
    """Keep rows and deadlines of the alarms in these events, tell the screens, and return those raised."""
    raised: list[UUID] = []
    touched = False
    for event in events:
        match event:
            case AlarmRaised():
                _raise(stream, event, picture.now, by)
                _call(stream, event.alarm_id, 0, event.call[0], picture.now, by)
                raised.append(event.alarm_id)
            case AlarmTaken():
                alarms.take_alarm(by.scope, event.alarm_id, by=by.id)
                _drop(event.alarm_id, picture, by, "taken")
                _hold_to_promise(stream, event.alarm_id, picture, by)
            case AlarmEscalated():
                alarms.let_promise_lapse(by.scope, event.alarm_id)
                alarms.escalate_alarm(by.scope, event.alarm_id)
                _wait_for_answer(stream, event.alarm_id, event.step, event.answer_by, by)
                _call(stream, event.alarm_id, event.step, event.to, picture.now, by, deed=event.deed)
            case AlarmClosed():
                alarms.close_alarm(by.scope, event.alarm_id)
                _drop(event.alarm_id, picture, by, "closed")
            case _:
                continue
        touched = True
    if touched:
        notify.changed(programme_id=stream.programme_id, topic=ALARM, subject=stream.id, urgent=True)
    return tuple(raised)


def plan_next_look(stream: Stream, picture: Picture, *, by: Actor) -> None:
    """Set the deadline at which a reading not taken by then raises an alarm; each instant once."""
    seen_by_people = [due.overdue_at for due in picture.dues if due.kind in UNSEEN]
    cover = picture.state.cover
    ends = [cover.until] if cover is not None else []
    ahead = [at for at in (*seen_by_people, *ends) if at > picture.now]
    if not picture.state.is_over and ahead:
        at = min(ahead)
        subject = uuid5(stream.id, f"look {at.isoformat()}")
        _set(stream, LOOK, subject, at, {"session": str(stream.id)}, by)


def promise_deadline(alarm_id: UUID, step: int) -> UUID:
    """Return the subject of the deadline by which a promise must have led to a reading."""
    return uuid5(alarm_id, f"promise {step}")


def answer_deadline(alarm_id: UUID, step: int) -> UUID:
    """Return the subject of the deadline for one step of one alarm, so that each step happens once."""
    return uuid5(alarm_id, f"step {step}")


def _raise(stream: Stream, event: AlarmRaised, now: datetime, by: Actor) -> None:
    alarm = alarms.Alarm(
        id=event.alarm_id,
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        stream=stream.id,
        rule=event.rule,
        level=event.level,
        raised_at=now,
        answer_by=event.answer_by,
        details={"card": event.card},
    )
    alarms.raise_alarm(by.scope, alarm)
    _wait_for_answer(stream, event.alarm_id, 0, event.answer_by, by)


def _call(
    stream: Stream, alarm_id: UUID, step: int, role: str, now: datetime, by: Actor, *, deed: str = ""
) -> None:
    """Have whoever is on call told away from the screen; the screens show it at once in any case."""
    payload = {
        "session": str(stream.id),
        "alarm": str(alarm_id),
        "step": str(step),
        "role": role,
        "deed": deed,
    }
    outbox.put(
        by.scope, CALL, payload, programme_id=stream.programme_id, due_at=now, person_id=stream.person_id
    )


def _wait_for_answer(stream: Stream, alarm_id: UUID, step: int, due_at: datetime, by: Actor) -> None:
    _set(stream, UNANSWERED, answer_deadline(alarm_id, step), due_at, _told(stream, alarm_id, step), by)


def _told(stream: Stream, alarm_id: UUID, step: int) -> dict[str, str | int]:
    return {"session": str(stream.id), "alarm": str(alarm_id), "step": step}


def _drop(alarm_id: UUID, picture: Picture, by: Actor, outcome: str) -> None:
    step = picture.state.alarms[alarm_id].step
    for subject in (answer_deadline(alarm_id, step), promise_deadline(alarm_id, step)):
        deadlines.drop_deadline(by.scope, UNANSWERED, subject, outcome=outcome)


def _hold_to_promise(stream: Stream, alarm_id: UUID, picture: Picture, by: Actor) -> None:
    """Set the deadline at which an alarm about a missing reading comes back after somebody took it."""
    alarm = picture.state.alarms[alarm_id]
    due_at = comes_back_at(alarm, picture.protocol, limits=picture.limits)
    if due_at is not None:
        subject = promise_deadline(alarm_id, alarm.step)
        _set(stream, UNANSWERED, subject, due_at, _told(stream, alarm_id, alarm.step), by)


def _set(
    stream: Stream,
    kind: str,
    subject: UUID,
    due_at: datetime,
    details: dict[str, str | int] | dict[str, str],
    by: Actor,
) -> None:
    deadline = Deadline(
        id=new_id(),
        programme_id=stream.programme_id,
        kind=kind,
        subject=subject,
        due_at=due_at,
        details=details,
        person_id=stream.person_id,
    )
    deadlines.set_deadline(by.scope, deadline)
