"""Check-ins after a session: answered by a link; silence, and a call for help, bring somebody."""

from datetime import timedelta

import pytest

from kairos.actions.answer_check_in import answer_check_in
from kairos.actions.check_ins_after import (
    ASK,
    CLOSE,
    HELP,
    NOT_WELL,
    SILENT,
    compose_check_in,
    plan_check_ins,
)
from kairos.actions.work_deadlines import WORK
from kairos.domain.sessions.check_ins_after import CheckInMoment
from kairos.queries.check_ins import check_in_holder, check_ins_of_session
from kairos.queries.inbox import inbox
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.records.work import OutboxMessage
from kairos.store.repositories import deadlines, links, people, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import NOW, jobs, make_clinic, make_person, staff
from tests.support.courses import make_course

pytestmark = pytest.mark.django_db
FIRST = CheckInMoment.FIRST


class Ended:
    """A session that just ended, and whoever was in it."""

    def __init__(self, **identity):
        self.clinic = make_clinic()
        who = people.Identity(**identity) if identity else None
        self.person_id = make_person(self.clinic, who, stage="treatment")
        self.by = jobs(self.clinic)
        self.session = session = make_course(self.clinic, self.person_id)[0]
        with scoped(self.clinic.scope):
            plan_check_ins(session, by=self.by, ended_at=NOW)
        scope = Scope(self.clinic.organisation_id, frozenset({self.clinic.programme_id}), self.person_id)
        self.me = Actor(new_id(), frozenset({Role.PATIENT}), scope)

    def deadline(self, kind):
        with scoped(self.clinic.scope):
            held = deadlines.deadlines_of(self.clinic.scope, self.session.id)
        return next(each for each in held if each.kind == kind)

    def work(self, kind, now=None):
        deadline = self.deadline(kind)
        with scoped(self.clinic.scope):
            return WORK[kind](deadline, self.by, now or deadline.due_at)

    def answer(self, answer, words="", moment=FIRST):
        given = {"planned_session_id": self.session.id, "moment": moment, "answer": answer, "words": words}
        return answer_check_in(**given, command_id=new_id(), by=self.me, now=NOW + timedelta(hours=5))

    def composed(self, person_id=None):
        told = {"closes_at": self.deadline(f"{CLOSE}_first").due_at.isoformat(), "moment": "first"}
        payload = {"subject": str(self.session.id)} | told
        message = Message(new_id(), self.clinic.programme_id, "check_in", payload, NOW, person_id)
        with scoped(self.clinic.scope):
            return compose_check_in(message, self.by, NOW)

    def tasks(self):
        with scoped(self.clinic.scope):
            return {task.kind: task for task in tasks.open_tasks(self.clinic.scope)}

    def outbox(self, kind):
        with scoped(self.clinic.scope):
            return OutboxMessage.objects.filter(kind=kind).count()


def test_it_asks_in_its_time_and_silence_brings_a_nurse_and_then_the_director():
    ended = Ended()
    assert ended.work(f"{ASK}_first") == "asked"
    assert ended.outbox("check_in") == 1
    close = ended.deadline(f"{CLOSE}_first")
    assert ended.work(f"{CLOSE}_first") == "task"
    assert ended.work(f"{CLOSE}_first") == "task"
    task = ended.tasks()[SILENT]
    assert (task.owner_role, task.due_at > close.due_at) == (Role.NURSE, True)
    assert ended.outbox("task_call") == 1
    with scoped(ended.clinic.scope):
        kinds = {each.kind for each in deadlines.deadlines_of(ended.clinic.scope, task.id)}
    assert kinds == {"task_overdue"}
    (entry,) = inbox(by=staff(ended.clinic, Role.NURSE), now=NOW).mine
    assert "not answered" in entry.what


def test_an_answer_ends_the_waiting():
    ended = Ended()
    assert ended.answer("all_well").value == "all_well"
    assert ended.work(f"{CLOSE}_first") == "answered"
    assert ended.work(f"{ASK}_first") == "nothing_to_ask"
    assert ended.tasks() == {}
    told = check_ins_of_session(planned_session_id=ended.session.id, by=staff(ended.clinic, Role.NURSE))
    assert [each.answer for each in told] == ["all_well"]


def test_a_check_in_whose_time_is_over_is_not_asked_any_more():
    ended = Ended()
    late = ended.deadline(f"{CLOSE}_third").due_at
    assert ended.work(f"{ASK}_third", late) == "nothing_to_ask"
    assert ended.work(f"{CLOSE}_third", late + timedelta(days=1)) == "long_over"
    assert ended.tasks() == {}


def test_not_so_well_brings_a_call_and_help_brings_a_clinician_at_once():
    ended = Ended()
    ended.answer("not_so_well", "The room still spins, and I want to die")
    ended.answer("help")
    ended.answer("help")
    found = ended.tasks()
    assert set(found) == {NOT_WELL, HELP, "danger_words"}
    assert found[HELP].owner_role == Role.CLINICIAN
    assert found[HELP].due_at < found[NOT_WELL].due_at
    assert ended.outbox("task_call") == 3
    with pytest.raises(InvalidInput):
        ended.answer("fine")


def test_the_link_opens_one_check_in_of_one_session_and_nothing_else():
    ended = Ended(contacts=({"kind": "email", "value": "ada@example.org"},))
    sent = ended.composed(ended.person_id)
    assert (sent.text, sent.address) == ("message.check_in", "ada@example.org")
    address = sent.path.split("/")[2]
    holder = check_in_holder(address, now=NOW)
    assert (holder.planned_id, holder.moment) == (ended.session.id, FIRST)
    assert holder.actor.scope.patient_id == ended.person_id
    with pytest.raises(Missing):
        check_in_holder(address, now=NOW + timedelta(days=3))
    with scoped(ended.clinic.scope):
        links.revoke_links(ended.clinic.scope, ended.person_id)
    with pytest.raises(Missing):
        check_in_holder(address, now=NOW)


def test_where_no_way_is_known_nothing_leaves():
    ended = Ended(given_names="Ada")
    assert ended.composed(ended.person_id) is None
    assert ended.composed(None) is None
