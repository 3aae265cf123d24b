"""Tell whoever is on call, away from the screen: at each step of an alarm, and when a task waits.

A message carries ids; who is on call is asked when it is sent. What every way refused goes to the next step
of the alarm at once: nobody may be taken as told who was not. So does a later step at which nobody is on call
or can be reached; the first step has its people before the screens.
"""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.escalate_alarm import escalate_alarm
from kairos.actions.on_call_roster import Called, who_is_on_call
from kairos.actions.send_outbox import COMPOSE, GIVEN_UP, Outgoing, Told, note_delivery
from kairos.actions.session_alarms import CALL
from kairos.domain.protocols.on_call import OnCallStep, step_for
from kairos.domain.protocols.reaching import ContactWay, ways_to_try
from kairos.store import outbox
from kairos.store.outbox import Message
from kairos.store.repositories import accounts, alarms, people, reaching, tasks
from kairos.store.repositories.reaching import Outcome
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role, Scope

ALARM_CALL = CALL
TASK_CALL = "task_call"
TRIES = 3
PAUSE = timedelta(seconds=5)


def compose_alarm_call(message: Message, by: Actor, now: datetime) -> Outgoing | None:
    """Return the call to whoever is on call for a step of an alarm; none where it was answered meanwhile."""
    alarm = alarms.find_alarm(by.scope, UUID(message.payload["alarm"]))
    if alarm.taken_at is not None or alarm.closed_at is not None:
        return None
    step = step_for(Role(message.payload["role"]), message.payload["deed"])
    site_id = alarms.find_summary(by.scope, alarm.stream).site_id or _own_site(by.scope, alarm.person_id)
    called = _called(by.scope, message, step, site_id, now)
    return _to(message, called, by, now, subject=alarm.id, path=f"/sessions/{alarm.stream}/")


def compose_task_call(message: Message, by: Actor, now: datetime) -> Outgoing | None:
    """Return the call to whoever is on call for a task's role; none where it was taken or done meanwhile."""
    task = tasks.find_task(by.scope, UUID(message.payload["task"]))
    is_first = message.payload["step"] == "0"
    if task.done_at is not None or (is_first and task.owner is not None):
        return None
    step, site_id = step_for(Role(message.payload["role"])), _own_site(by.scope, task.person_id)
    called = _called(by.scope, message, step, site_id, now)
    return _to(message, called, by, now, subject=task.id, path=f"/inbox/{task.id}/")


def call_for_task(task: Task, *, role: Role, at: datetime, by: Actor, step: int = 0) -> None:
    """Have whoever is on call for a role told of a task at an instant, unless it is taken or done by then.

    ``step`` 0 is the first call; each later one tells of the same task again, taken or not.
    """
    payload = {"task": str(task.id), "role": role.value, "step": str(step)}
    outbox.put(
        by.scope,
        TASK_CALL,
        payload,
        programme_id=task.programme_id,
        due_at=at,
        person_id=task.person_id,
    )


def pass_on(message: Message, by: Actor, now: datetime) -> None:
    """Raise an alarm's next step where no way reached whoever is on call for this one."""
    escalate_alarm(
        session_id=UUID(message.payload["session"]),
        alarm_id=UUID(message.payload["alarm"]),
        unreached_step=int(message.payload["step"]),
        command_id=message.id,
        by=by,
        now=now,
    )


def _called(scope: Scope, message: Message, step: OnCallStep, site_id: UUID | None, now: datetime) -> Called:
    return who_is_on_call(
        scope, programme_id=message.programme_id, step=step, at=max(now, message.due_at), site_id=site_id
    )


def _own_site(scope: Scope, person_id: UUID) -> UUID | None:
    """Return the site the person is enrolled at."""
    return next((each.site_id for each in people.enrolments_of(scope, person_id) if each.site_id), None)


def _to(
    message: Message, called: Called, by: Actor, now: datetime, *, subject: UUID, path: str
) -> Outgoing | None:
    """Return the call to the first of those on call who can be reached; else note why there is none."""
    told = Told(subject, int(message.payload["step"]), called.on_call.first)
    if not called.is_kept:
        return None
    ways = reaching.ways_of(by.scope, called.on_call.people)
    for who in called.on_call.people:
        usable = ways_to_try(ways.get(who, ()))
        if usable:
            language = accounts.find_account(who).language
            return _outgoing(message, usable, Told(subject, told.step, who), language, path)
    outcome = Outcome.NO_WAY if called.on_call.people else Outcome.NOBODY
    note_delivery(message, told, channel="", outcome=outcome, by=by, now=now)
    if message.kind == ALARM_CALL and told.step > 0:
        pass_on(message, by, now)
    return None


def _outgoing(
    message: Message, usable: tuple[ContactWay, ...], told: Told, language: str, path: str
) -> Outgoing:
    first, *others = [(way.channel.value, way.address, way.secret) for way in usable]
    return Outgoing(
        channel=first[0],
        address=first[1],
        language=language,
        text=f"message.{message.kind}",
        path=path,
        secret=first[2],
        others=tuple(others),
        told=told,
        tries=TRIES,
        pause=PAUSE,
    )


COMPOSE[ALARM_CALL] = compose_alarm_call
COMPOSE[TASK_CALL] = compose_task_call
GIVEN_UP[ALARM_CALL] = pass_on
