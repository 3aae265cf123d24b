"""Questionnaires of the demonstration: links go out as they do, and some of them are answered."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from kairos.actions import ask_for_measure, question_messages
from kairos.actions.finish_task import finish_task
from kairos.actions.save_answer import save_answer
from kairos.actions.send_outbox import COMPOSE, Outgoing, send_outbox
from kairos.actions.send_questionnaire_link import send_questionnaire_link
from kairos.actions.session_follow_up import AFTERCARE, REVIEW
from kairos.actions.start_questionnaire import start_questionnaire
from kairos.actions.submit_questionnaire import submit_questionnaire
from kairos.actions.take_task import take_task
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.cli.demo_clinic.house import House
from kairos.content.release import load_release
from kairos.domain.instruments.answer_link import LinkState
from kairos.queries.answering import Holder, answering_page, holder_of
from kairos.queries.inbox import inbox

OWNERS = (ask_for_measure, question_messages)
"""The modules that own askings and their messages; imported, they are known to whoever works them."""
_ALL = 10_000
_BEFORE_IT_CLOSES = timedelta(hours=1)
_SAFETY = "phq9.9"


def links_sent(house: House, *, now: datetime) -> list[str]:
    """Do the askings that have come due, and return the paths of the links that went out.

    Nothing else that is due in the past is told to anybody: a reminder asks for the present time, and would
    be put off again and again.

    Parameters
    ----------
    now : datetime    what the askings take for now: earlier than when they close
    """
    askings = {kind: work for kind, work in WORK.items() if kind.startswith("measure.")}
    questions = {kind: work for kind, work in COMPOSE.items() if kind.startswith("questions")}
    sent: list[Outgoing] = []
    work_deadlines(by=house.ours, now=now, work=askings, limit=_ALL)
    send_outbox(by=house.ours, now=now, post=sent.append, compose=questions, limit=_ALL)
    return [message.path for message in sent]


def ask_now(house: House, person_id: UUID, *, now: datetime) -> str:
    """Have a link sent to somebody at once and return its path; empty where there is no way to reach them."""
    send_questionnaire_link(person_id=person_id, command_id=uuid4(), by=house.nurse, now=now)
    return next(iter(links_sent(house, now=now)), "")


def answer_course(
    paths: Iterable[str], person_id: UUID, moments: Sequence[datetime], totals: Sequence[int]
) -> None:
    """Answer somebody's links with these totals in order, each at the last moment at which it is open."""
    theirs: dict[datetime, Holder] = {}
    for path in paths:
        address = path.rstrip("/").rpartition("/")[2]
        holder = holder_of(address, now=moments[0])
        if holder.actor.scope.patient_id == person_id:
            closed = bisect(moments, False, key=partial(_is_closed, address))
            theirs[moments[max(0, closed - 1)]] = holder
    for total, at in zip(totals, sorted(theirs), strict=False):
        _answer(theirs[at], at, total)


def _is_closed(address: str, at: datetime) -> bool:
    return holder_of(address, now=at).state is not LinkState.OPEN


def _answer(holder: Holder, now: datetime, total: int) -> None:
    """Answer PHQ-9 with a total, spread over its questions, and the other questionnaires in proportion."""
    by = holder.actor
    start_questionnaire(command_id=uuid4(), by=by, now=now)
    for name in answering_page(by=by).asking.instruments:
        scored = [item for item in load_release().instruments[name].items if item.scored]
        items = [item for item in scored if item.id != _SAFETY]
        for place, item in enumerate(items):
            share = total * (place + 1) // len(items) - total * place // len(items)
            value = min(share, max(item.values))
            save_answer(instrument=name, item_id=item.id, value=value, command_id=uuid4(), by=by, now=now)
        if len(items) < len(scored):
            save_answer(instrument=name, item_id=_SAFETY, value=0, command_id=uuid4(), by=by, now=now)
    submit_questionnaire(command_id=uuid4(), by=by, now=now)


def finish_old_tasks(house: House, *, now: datetime) -> None:
    """Finish the calls and the reviews that were due on the days after sessions of the past."""
    for actor, kind in ((house.nurse, AFTERCARE), (house.clinician, REVIEW)):
        found = inbox(by=actor, now=now)
        for entry in (*found.alarming, *found.mine, *found.others):
            due_at = entry.task.due_at
            if entry.task.kind == kind and due_at is not None and due_at <= now:
                given: dict[str, Any] = {
                    "task_id": entry.task.id,
                    "by": actor,
                    "now": due_at - _BEFORE_IT_CLOSES,
                }
                take_task(command_id=uuid4(), **given)
                finish_task(outcome=entry.outcomes[0], command_id=uuid4(), **given)
