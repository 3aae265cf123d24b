"""Ask how somebody is after a session, by a link; where no answer comes, somebody of the team calls.

Each check-in is two deadlines: one asks, one tells the team of the silence. An answer drops the second.
"""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of
from kairos.actions.message_notices import notice_to
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.send_outbox import COMPOSE, Outgoing
from kairos.actions.work_deadlines import WORK
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.check_ins_after import (
    OPEN_AFTERWARDS,
    PURPOSE,
    CheckInMoment,
    HowIAm,
    check_ins_after,
)
from kairos.store import notify, outbox
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import check_ins, deadlines, links, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role

ASK, CLOSE = "check_in_ask", "check_in_close"
SILENT, NOT_WELL, HELP = "check_in_silent", "check_in_not_well", "check_in_help"
KINDS = {HowIAm.NOT_SO_WELL: NOT_WELL, HowIAm.HELP: HELP}


def plan_check_ins(session: PlannedSession, *, by: Actor, ended_at: datetime) -> None:
    """Ask three times after a session that ended; a second call changes nothing."""
    limits = LimitsInForce(content_of(by.scope, session.programme_id).parameters, ended_at.date())
    for each in check_ins_after(ended_at, limits):
        told = {"closes_at": each.closes_at.isoformat(), "moment": each.moment.value}
        for kind, at in ((ASK, each.asks_at), (CLOSE, each.closes_at)):
            about = (session.programme_id, f"{kind}_{each.moment}", session.id, at, told, session.person_id)
            deadlines.set_deadline(by.scope, Deadline(new_id(), *about))


def _is_answered(deadline: Deadline, by: Actor) -> bool:
    given = check_ins.answers_of(by.scope, deadline.subject)
    return any(each.moment == deadline.details["moment"] for each in given)


def _ask(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Put the message in the outbox; a check-in whose time is over is not asked any more."""
    if now >= datetime.fromisoformat(deadline.details["closes_at"]) or _is_answered(deadline, by):
        return "nothing_to_ask"
    payload = {"subject": str(deadline.subject)} | dict(deadline.details)
    programme_id, person_id = deadline.programme_id, deadline.person_id
    outbox.put(by.scope, "check_in", payload, programme_id=programme_id, due_at=now, person_id=person_id)
    return "asked"


def _close(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Have somebody call where no answer came; what ended long ago, as on paper, is nobody's silence."""
    if now >= datetime.fromisoformat(deadline.details["closes_at"]) + OPEN_AFTERWARDS:
        return "long_over"
    if deadline.person_id is None or _is_answered(deadline, by):
        return "answered"
    moment = CheckInMoment(deadline.details["moment"])
    about = (deadline.programme_id, deadline.person_id, deadline.subject)
    open_check_in_task(*about, moment, SILENT, by=by, now=now)
    return "task"


def open_check_in_task(
    programme_id: UUID,
    person_id: UUID,
    planned_id: UUID,
    moment: CheckInMoment,
    kind: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Give the team the call, once of a kind for each check-in; on-call is told, the director when late."""
    task_id = uuid5(planned_id, f"{kind}/{moment}")
    if any(task.id == task_id for task in tasks.tasks_of(by.scope, person_id)):
        return
    limits = LimitsInForce(content_of(by.scope, programme_id).parameters, now.date())
    within = limits.span("check_ins.help_within" if kind == HELP else "check_ins.call_within")
    task = Task(
        id=task_id,
        programme_id=programme_id,
        person_id=person_id,
        kind=kind,
        subject=planned_id,
        owner_role=Role.CLINICIAN if kind == HELP else Role.NURSE,
        due_at=now + within,
        details={"level": SafetyLevel.EMERGENCY} if kind == HELP else {},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    notify.changed(programme_id=programme_id, topic=INBOX, subject=person_id, urgent=kind == HELP)
    call_for_task(task, role=Role(task.owner_role), at=now, by=by)


def compose_check_in(message: Message, by: Actor, _now: datetime) -> Outgoing | None:
    """Return the question with a fresh link; where no way is known, the silence is told to the team."""
    if message.person_id is None:
        return None
    link = links.OneTapLink(
        id=new_id(),
        programme_id=message.programme_id,
        person_id=message.person_id,
        purpose=PURPOSE,
        expires_at=datetime.fromisoformat(message.payload["closes_at"]) + OPEN_AFTERWARDS,
        subject=UUID(message.payload["subject"]),
        details={"moment": message.payload["moment"]},
    )
    notice = partial(notice_to, by.scope, message.person_id, text="message.check_in")
    if notice(path="") is None:
        return None
    return notice(path=f"/c/{links.make_link(by.scope, link)}/")


for _moment in CheckInMoment:
    WORK[f"{ASK}_{_moment}"] = _ask
    WORK[f"{CLOSE}_{_moment}"] = _close
COMPOSE["check_in"] = compose_check_in
