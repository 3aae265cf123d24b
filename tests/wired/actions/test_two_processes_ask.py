"""Two processes at once: each asking is sent once, each task goes further up once."""

from datetime import timedelta
from typing import Any

from kairos.actions import escalate_task, question_messages
from kairos.actions.measures import plan_measures
from kairos.actions.save_answer import save_answer
from kairos.actions.send_outbox import COMPOSE, Outgoing, send_outbox
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, people, tasks
from kairos.store.scope import scoped
from tests.support import canaries
from tests.support.asking import make_link, plan_session, real_now
from tests.support.clinic import Clinic, jobs, make_clinic, make_person
from tests.support.workers import at_once


def _work(clinic: Clinic) -> int:
    return work_deadlines(by=jobs(clinic), now=real_now())


def test_two_processes_ask_once(either_postgres: Any) -> None:
    assert COMPOSE["questions"] is question_messages.compose_questions
    clinic = make_clinic()
    contacts = ({"kind": "email", "value": canaries.EMAIL},)
    for _ in range(4):
        person_id = make_person(clinic, people.Identity(canaries.FAMILY, contacts=contacts))
        session = plan_session(clinic, person_id, real_now())
        with scoped(clinic.scope):
            plan_measures(clinic.scope, session, ended_at=real_now() - timedelta(hours=25))
    at_once(2, lambda: _work(clinic))
    sent: list[Outgoing] = []
    at_once(2, lambda: send_outbox(by=jobs(clinic), now=real_now(), post=sent.append))
    assert len(sent) == 4


def test_two_processes_escalate_once(either_postgres: Any) -> None:
    assert escalate_task.UNTAKEN in WORK
    clinic = make_clinic()
    asked = make_link(clinic, make_person(clinic))
    given = {"instrument": "phq9", "item_id": "phq9.9", "value": 2, "command_id": new_id()}
    save_answer(**given, by=asked.holder, now=real_now())
    past = real_now() - timedelta(days=1)
    with scoped(clinic.scope):
        for task in tasks.tasks_of(clinic.scope, asked.person_id):
            assert deadlines.move_deadline(clinic.scope, "task_untaken", task.id, past)
    assert sum(at_once(2, lambda: _work(clinic))) == 3
    with scoped(clinic.scope):
        held = tasks.tasks_of(clinic.scope, asked.person_id)
    assert [task.details["escalated_to"] for task in held] == ["medical_director"] * 3
