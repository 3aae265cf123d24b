"""Messages between a patient and the team: answered in the time declared, or they climb by themselves."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from kairos.actions.answer_message import answer_message
from kairos.actions.escalate_task import escalate_task
from kairos.actions.message_notices import compose_message_there
from kairos.actions.messages import URGENT, WAITING
from kairos.actions.open_messages import open_messages
from kairos.actions.safety_tasks import OVERDUE, UNTAKEN
from kairos.actions.work_deadlines import work_deadlines
from kairos.actions.write_message import write_message
from kairos.domain.protocols.messages import MessageKind
from kairos.domain.protocols.reaching import Channel, ContactWay
from kairos.queries.inbox import inbox
from kairos.queries.messages import declared_times, own_thread, own_threads, team_thread, unread_messages
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.records.work import OutboxMessage
from kairos.store.repositories import deadlines, people, reaching, tasks
from kairos.store.repositories.reaching import WayStatement
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import NOW, jobs, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


def patient_of(clinic, **identity):
    person_id = make_person(clinic, people.Identity(**identity) if identity else None)
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), person_id)
    return Actor(new_id(), frozenset({Role.PATIENT}), scope)


@pytest.fixture
def me(clinic):
    return patient_of(clinic)


def write(me, words=canaries.FREE_TEXT, *, kind=MessageKind.QUESTION, is_urgent=False, thread=None, now=NOW):
    given = {"words": words, "kind": kind, "is_urgent": is_urgent, "thread": thread}
    return write_message(**given, command_id=new_id(), by=me, now=now)


def answer(by, thread, words="Yes, that is usual."):
    return answer_message(thread=thread, words=words, command_id=new_id(), by=by, now=NOW)


def watched(clinic, task_id):
    with scoped(clinic.scope):
        return {each.kind: each for each in deadlines.deadlines_of(clinic.scope, task_id)}


def open_kinds(clinic):
    with scoped(clinic.scope):
        return [task.kind for task in tasks.open_tasks(clinic.scope)]


def test_an_unanswered_message_climbs_when_the_time_declared_is_over(clinic, me):
    declared = declared_times(by=me, now=NOW)
    write(me)
    nurse, director = staff(clinic, Role.NURSE), staff(clinic, Role.MEDICAL_DIRECTOR)
    (entry,) = inbox(by=nurse, now=NOW).mine
    assert (entry.task.kind, entry.task.due_at, entry.level) == (WAITING, declared.answer_due, "")
    overdue = watched(clinic, entry.task.id)[OVERDUE]
    assert overdue.due_at == declared.answer_due
    later = declared.answer_due + timedelta(seconds=1)
    by = jobs(clinic)
    given = {"task_id": entry.task.id, "why": OVERDUE, "command_id": overdue.id}
    assert escalate_task(**given, by=by, now=later) == "escalated"
    (climbed,) = inbox(by=director, now=later).alarming
    assert (climbed.task.id, climbed.is_late, climbed.is_for_me) == (entry.task.id, True, True)
    with scoped(clinic.scope):
        assert OutboxMessage.objects.filter(kind="task_call").count() == 1


def test_the_jobs_take_it_up_by_themselves_when_it_is_due(clinic, me):
    write(me, now=NOW - timedelta(days=30))
    assert work_deadlines(by=jobs(clinic), now=NOW) == 1
    with scoped(clinic.scope):
        (task,) = tasks.open_tasks(clinic.scope)
    assert task.details["escalated_to"] == Role.MEDICAL_DIRECTOR


def test_what_is_urgent_calls_whoever_is_on_call_at_once(clinic, me):
    thread = write(me)
    write(me, thread=thread, is_urgent=True)
    write(me, thread=thread, is_urgent=True)
    assert sorted(open_kinds(clinic)) == [WAITING, URGENT]
    (entry,) = inbox(by=staff(clinic, Role.CLINICIAN), now=NOW).alarming
    limits = watched(clinic, entry.task.id)
    assert limits[UNTAKEN].due_at < limits[OVERDUE].due_at == entry.task.due_at
    assert entry.task.due_at - NOW <= timedelta(hours=2)
    with scoped(clinic.scope):
        assert OutboxMessage.objects.filter(kind="task_call").count() == 1


def test_an_answer_ends_the_waiting_and_is_read_in_turn(clinic, me):
    login = make_login(clinic, Role.NURSE)
    nurse = Actor(login.id, frozenset({Role.NURSE}), clinic.scope, login.display_name)
    thread = write(me)
    assert open_messages(thread=thread, command_id=new_id(), by=nurse, now=NOW) == 1
    assert open_messages(thread=thread, command_id=new_id(), by=nurse, now=NOW) == 0
    (first,) = own_thread(thread=thread, by=me).messages
    assert first.read_by == ((login.display_name, NOW),)
    answer(nurse, thread)
    assert open_kinds(clinic) == []
    assert unread_messages(by=me) == 1
    (shown,) = own_threads(by=me)
    assert (shown.is_new, shown.last.said, shown.waits_since) == (True, "Yes, that is usual.", None)
    assert open_messages(thread=thread, command_id=new_id(), by=me, now=NOW) == 1
    assert unread_messages(by=me) == 0
    write(me, thread=thread)
    seen = team_thread(message_id=shown.last.message.id, by=nurse)
    assert [each.message.is_from_patient for each in seen.messages] == [True, False, True]
    assert seen.waits_since is not None
    assert open_kinds(clinic) == [WAITING]


def test_words_of_danger_in_a_message_bring_a_clinician_at_once(clinic, me):
    thread = write(me, "I am going to kill myself tonight", kind=MessageKind.APPOINTMENT)
    (entry,) = inbox(by=staff(clinic, Role.CLINICIAN), now=NOW).alarming
    assert (entry.task.kind, entry.level, entry.task.subject) == ("danger_words", "emergency", thread)


def test_the_front_desk_reads_what_is_theirs_and_no_more(clinic, me):
    desk = staff(clinic, Role.COORDINATOR)
    mine, other = write(me, kind=MessageKind.APPOINTMENT), write(me, kind=MessageKind.HARD_TO_SAY)
    assert team_thread(message_id=mine, by=desk).kind is MessageKind.APPOINTMENT
    with pytest.raises(NotAllowed):
        team_thread(message_id=other, by=desk)


def test_nobody_writes_or_reads_what_is_not_theirs(clinic, me):
    thread = write(me)
    someone = patient_of(clinic)
    with pytest.raises(Missing):
        write(someone, thread=thread)
    with pytest.raises(Missing):
        own_thread(thread=thread, by=someone)
    with pytest.raises(Missing):
        open_messages(thread=thread, command_id=new_id(), by=someone, now=NOW)
    with pytest.raises(Missing):
        answer(staff(make_clinic(), Role.NURSE), thread)
    with pytest.raises(Missing):
        open_messages(thread=thread, command_id=new_id(), by=staff(clinic, Role.AUDITOR), now=NOW)
    with pytest.raises(InvalidInput):
        write(me, " ")
    with pytest.raises(Missing):
        write(Actor(new_id(), frozenset({Role.PATIENT}), clinic.scope))


def test_what_was_written_is_not_readable_in_the_database(clinic, me):
    write(me, "a very plain sentence")
    with scoped(me.scope), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM store_patientmessage m")
        (row,) = cursor.fetchall()
    assert "plain" not in row[0]


def test_the_hours_are_the_clinics_and_the_times_the_persons_own(clinic):
    mine = patient_of(clinic, time_zone="Australia/Sydney")
    declared = declared_times(by=mine, now=NOW)
    assert declared.zone.key == "Australia/Sydney"
    assert declared.hours.zone.key == "UTC"
    assert (declared.is_on_call, declared.phone) == (False, "")


def test_the_notice_names_nothing_and_goes_where_the_person_can_be_reached(clinic):
    mail = ({"kind": "email", "value": "ada@example.org"},)
    mine, nowhere = patient_of(clinic, contacts=mail), patient_of(clinic, given_names="Ada")
    thread = write(mine)

    def told(who: UUID | None):
        message = Message(new_id(), clinic.programme_id, "message_there", {"thread": str(thread)}, NOW, who)
        with scoped(clinic.scope):
            return compose_message_there(message, jobs(clinic), datetime.now(tz=NOW.tzinfo))

    found = told(mine.scope.patient_id)
    assert (found.address, found.text) == ("ada@example.org", "message.message_there")
    assert told(nowhere.scope.patient_id) is None
    login = make_login(clinic, Role.PATIENT)
    way = ContactWay(new_id(), Channel.MAIL, "own@example.org")
    about = (new_id(), clinic.programme_id, mine.scope.patient_id, login.id)
    with scoped(mine.scope):
        reaching.add_way(mine.scope, WayStatement(*about, way, NOW))
    assert told(mine.scope.patient_id).address == "own@example.org"
    with scoped(mine.scope):
        off = WayStatement(new_id(), *about[1:], replace(way, is_on=False), NOW)
        reaching.add_way(mine.scope, off)
    assert told(mine.scope.patient_id) is None
    assert told(None) is None
