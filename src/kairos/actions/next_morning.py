"""The question of the morning after a session at home: planned, sent by a link, told when it stays out."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from kairos.actions.content_in_force import content_of
from kairos.actions.courses import protocol_of
from kairos.actions.question_messages import where_to_write
from kairos.actions.safety_tasks import INBOX
from kairos.actions.send_outbox import COMPOSE, Outgoing
from kairos.actions.work_deadlines import WORK
from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.home_links import HomeLink
from kairos.domain.sessions.next_morning import morning_after
from kairos.store import notify, outbox
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import courses, deadlines, home, links, people, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import HOUR

ASK, CLOSE = "home_morning", "home_morning_unanswered"
UNANSWERED, CALL = "morning_unanswered", "morning_call"


def plan_morning(planned: PlannedSession, *, by: Actor, ended_at: datetime) -> None:
    """Ask on the next morning, where the session was at home; a second call changes nothing."""
    content = content_of(by.scope, planned.programme_id)
    course = courses.find_course(by.scope, planned.course_id)
    if protocol_of(content, course.protocol).setting != Setting.HOME:
        return
    hour = int(content.parameters.quantity("home.morning_at", on=ended_at.date()).value_in(HOUR))
    at = morning_after(ended_at, zone=_zone(planned.person_id, by), hour=hour)
    within = LimitsInForce(content.parameters, ended_at.date()).span("home.morning_answer")
    _set(planned, ASK, at, at + within, by)
    _set(planned, CLOSE, at + within, at + within, by)


def _zone(person_id: UUID, by: Actor) -> ZoneInfo:
    identity = people.find_person(by.scope, person_id).identity
    named = identity.time_zone if identity is not None else ""
    return ZoneInfo(named) if named else zone_for(by.scope, person_id)


def _set(planned: PlannedSession, kind: str, at: datetime, closes_at: datetime, by: Actor) -> None:
    told = {"closes_at": closes_at.isoformat()}
    row = Deadline(new_id(), planned.programme_id, kind, planned.id, at, told, planned.person_id)
    deadlines.set_deadline(by.scope, row)


def answered(planned_id: UUID, person_id: UUID, by: Actor) -> bool:
    """Whether the question of one session was answered."""
    stated = home.statements_of(by.scope, person_id)
    return any(each.kind == StatementKind.MORNING_ANSWERED and each.subject == planned_id for each in stated)


def _ask(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Put the message in the outbox."""
    if deadline.person_id is None or answered(deadline.subject, deadline.person_id, by):
        return "nothing_to_ask"
    payload = {"subject": str(deadline.subject), "closes_at": deadline.details["closes_at"]}
    about = {"programme_id": deadline.programme_id, "person_id": deadline.person_id}
    outbox.put(by.scope, "morning", payload, due_at=now, **about)
    return "asked"


def _close(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Give the team a task where no answer came."""
    if deadline.person_id is None or answered(deadline.subject, deadline.person_id, by):
        return "answered"
    add_morning_task(deadline.programme_id, deadline.person_id, deadline.subject, UNANSWERED, by=by, now=now)
    return "task"


def add_morning_task(
    programme_id: UUID, person_id: UUID, planned_id: UUID, kind: str, *, by: Actor, now: datetime
) -> None:
    """Give a nurse the task of calling; a clinician where somebody drove or is not well. Once a session."""
    book = content_of(by.scope, programme_id).parameters
    due_at = now + LimitsInForce(book, now.date()).span("home.morning_call")
    owner = Role.CLINICIAN if kind == CALL else Role.NURSE
    task = tasks.Task(
        id=uuid5(planned_id, kind),
        programme_id=programme_id,
        person_id=person_id,
        kind=kind,
        subject=planned_id,
        owner_role=owner,
        due_at=due_at,
    )
    tasks.add_task(by.scope, task)
    notify.changed(programme_id=programme_id, topic=INBOX, subject=task.id)


def compose_morning(message: Message, by: Actor, _now: datetime) -> Outgoing | None:
    """Return the message with a fresh link; nobody to tell where no address is known: the task comes then."""
    person_id = message.person_id
    identity = people.identities(by.scope, [person_id]).get(person_id) if person_id else None
    where = where_to_write(identity) if identity else None
    if person_id is None or identity is None or where is None:
        return None
    closes_at = datetime.fromisoformat(message.payload["closes_at"])
    link = links.OneTapLink(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=person_id,
        purpose=HomeLink.MORNING.value,
        expires_at=closes_at + timedelta(days=1),
        subject=UUID(message.payload["subject"]),
    )
    channel, address = where
    path = f"/h/{links.make_link(by.scope, link)}/"
    return Outgoing(channel, address, identity.language[:2] or "en", "message.questions", path)


WORK[ASK] = _ask
WORK[CLOSE] = _close
COMPOSE["morning"] = compose_morning
