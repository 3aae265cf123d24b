"""An alarm calls whoever is on call, by the ways they chose, once a step; what fails goes further up."""

from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID

import pytest

from kairos.actions.end_contact_way import end_contact_way
from kairos.actions.escalate_alarm import escalate_alarm
from kairos.actions.escalate_task import escalate_task
from kairos.actions.keep_contact_way import keep_contact_way
from kairos.actions.name_on_call import name_on_call
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.record_vitals import record_vitals
from kairos.actions.safety_tasks import OVERDUE
from kairos.actions.send_outbox import CannotPost, Outgoing, send_outbox
from kairos.actions.take_alarm import take_alarm
from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.on_call import Duty, OnCallStep
from kairos.domain.protocols.reaching import Channel, ContactWay
from kairos.queries.accounts import actor_for
from kairos.queries.contact_ways import own_contact_ways
from kairos.store.ids import new_id
from kairos.store.records.work import OutboxMessage
from kairos.store.repositories import alarms, reaching, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support.accounts import make_login
from tests.support.clinic import jobs, staff
from tests.support.running_session import Floor, infusing, make_floor

pytestmark = pytest.mark.django_db
PUSH = ("https://updates.push.services.mozilla.com/x", ("key", "auth"))


def on_call(floor: Floor, role: Role, step: OnCallStep, *channels: Channel) -> UUID:
    """Put somebody on call at every hour, with these ways to be reached; return who."""
    clinic = floor.clinic
    login = make_login(clinic, role)
    duty = Duty(new_id(), step, login.id, "UTC", time(0), time(0), floor.start.date() - timedelta(days=1))
    lead = staff(clinic, Role.PROGRAMME_LEAD)
    given = {"command_id": new_id(), "by": lead, "now": floor.start}
    name_on_call(programme_id=clinic.programme_id, duty=duty, **given)
    for channel in channels:
        keep(actor_for(login.id), channel, floor)
    return login.id


def keep(by: Actor, channel: Channel, floor: Floor) -> UUID:
    address, secret = PUSH if channel is Channel.PUSH else (f"{by.id}@example.org", None)
    way = ContactWay(new_id(), channel, address, secret=secret)
    kept: UUID = keep_contact_way(way=way, command_id=new_id(), by=by, now=floor.start)
    return kept


def alarmed(floor: Floor) -> UUID:
    """Run a session into a low oxygen saturation, and return the alarm."""
    session_id = infusing(floor)
    signs = VitalSigns(systolic=120, diastolic=80, heart_rate=80, oxygen=80, breathing=14)
    raised: tuple[UUID, ...] = floor.do(record_vitals, 5, session_id=session_id, values=signs).raised
    return raised[0]


def send(floor: Floor, minute: float, post: Callable[[Outgoing], None]) -> int:
    return send_outbox(by=jobs(floor.clinic), now=floor.at(minute), post=post)


def ledger(floor: Floor, subject: UUID) -> list[tuple[int, UUID | None, str, str]]:
    with scoped(floor.clinic.scope):
        return [
            (each.step, each.user, each.channel, each.outcome)
            for each in reaching.deliveries_of(floor.clinic.scope, [subject])
        ]


def refuse(message: Outgoing) -> None:
    raise CannotPost("nobody takes it")


def test_whoever_is_on_call_is_told_once_by_the_quickest_way():
    floor = make_floor()
    nurse = on_call(floor, Role.NURSE, OnCallStep.NURSE_IN_CHARGE, Channel.MAIL, Channel.PUSH)
    alarm_id = alarmed(floor)
    sent: list[Outgoing] = []

    def only_mail(message: Outgoing) -> None:
        if message.channel == Channel.PUSH:
            refuse(message)
        sent.append(message)

    assert send(floor, 5, only_mail) == 1
    assert send(floor, 5, only_mail) == 0
    (message,) = sent
    assert (message.channel, message.text) == ("mail", "message.alarm_call")
    assert ledger(floor, alarm_id) == [
        (0, nurse, "push", "not_taken"),
        (0, nurse, "mail", "taken"),
    ]


def test_what_every_way_refuses_calls_the_next_person_at_once():
    floor = make_floor()
    nurse = on_call(floor, Role.NURSE, OnCallStep.NURSE_IN_CHARGE, Channel.MAIL)
    prescriber = on_call(floor, Role.CLINICIAN, OnCallStep.PRESCRIBER, Channel.PUSH)
    alarm_id = alarmed(floor)
    for _ in range(2):
        send(floor, 5, refuse)
        with scoped(floor.clinic.scope):
            OutboxMessage.objects.filter(sent_at=None).update(due_at=floor.at(0))
    sent: list[Outgoing] = []

    def only_push(message: Outgoing) -> None:
        if message.channel != Channel.PUSH:
            refuse(message)
        sent.append(message)

    assert send(floor, 5, only_push) == 1
    assert sent[0].channel == "push"
    assert ledger(floor, alarm_id) == [
        *[(0, nurse, "mail", "not_taken")] * 3,
        (1, prescriber, "push", "taken"),
    ]


def test_a_later_step_at_which_nobody_can_be_reached_goes_on_by_itself():
    floor = make_floor()
    on_call(floor, Role.NURSE, OnCallStep.NURSE_IN_CHARGE)
    alarm_id = alarmed(floor)
    assert send(floor, 5, refuse) == 0
    assert [line[3] for line in ledger(floor, alarm_id)] == ["no_way"]
    with scoped(floor.clinic.scope):
        session_id = alarms.find_alarm(floor.clinic.scope, alarm_id).stream
    given = {"session_id": session_id, "alarm_id": alarm_id, "by": jobs(floor.clinic)}
    escalate_alarm(command_id=new_id(), now=floor.at(30), **given)
    escalate_alarm(command_id=new_id(), now=floor.at(30), unreached_step=0, **given)
    send(floor, 30, refuse)
    assert [(line[0], line[3]) for line in ledger(floor, alarm_id)] == [
        (0, "no_way"),
        (1, "nobody"),
        (2, "nobody"),
    ]


def test_nobody_is_called_for_what_was_answered_or_where_no_roster_is_kept():
    floor = make_floor()
    alarm_id = alarmed(floor)
    assert send(floor, 5, refuse) == 0
    assert ledger(floor, alarm_id) == []
    floor = make_floor()
    on_call(floor, Role.NURSE, OnCallStep.NURSE_IN_CHARGE, Channel.MAIL)
    alarm_id = alarmed(floor)
    with scoped(floor.clinic.scope):
        session_id = alarms.find_alarm(floor.clinic.scope, alarm_id).stream
    floor.do(take_alarm, 5, session_id=session_id, alarm_id=alarm_id)
    assert send(floor, 5, refuse) == 0
    assert ledger(floor, alarm_id) == []


def test_a_task_calls_whoever_is_on_call_and_its_end_calls_the_director():
    floor = make_floor()
    nurse = on_call(floor, Role.NURSE, OnCallStep.NURSE_IN_CHARGE, Channel.MAIL)
    director = on_call(floor, Role.MEDICAL_DIRECTOR, OnCallStep.MEDICAL_DIRECTOR, Channel.MAIL)
    scope = floor.clinic.scope
    task = tasks.Task(
        new_id(), floor.clinic.programme_id, floor.person_id, "session_aftercare", new_id(), Role.NURSE
    )
    with scoped(scope):
        tasks.add_task(scope, task)
        call_for_task(task, role=Role.NURSE, at=floor.start, by=floor.nurse)
    sent: list[Outgoing] = []
    assert send(floor, 1, sent.append) == 1
    by = jobs(floor.clinic)
    escalate_task(task_id=task.id, why=OVERDUE, command_id=new_id(), by=by, now=floor.start)
    assert send(floor, 2, sent.append) == 1
    assert {message.path for message in sent} == {f"/inbox/{task.id}/"}
    assert [(line[0], line[1]) for line in ledger(floor, task.id)] == [(0, nurse), (3, director)]
    with scoped(scope):
        call_for_task(task, role=Role.CLINICIAN, at=floor.start, by=floor.nurse, step=4)
        call_for_task(task, role=Role.NURSE, at=floor.start, by=floor.nurse)
        tasks.finish_task(scope, task.id, by=nurse, outcome="done")
    assert send(floor, 3, refuse) == 0
    assert len(ledger(floor, task.id)) == 2


def test_people_keep_their_own_ways_only():
    floor = make_floor()
    mine, other = (actor_for(make_login(floor.clinic, Role.NURSE).id) for _ in "12")
    way_id = keep(mine, Channel.MAIL, floor)
    assert [way.address for way in own_contact_ways(by=mine)] == [f"{mine.id}@example.org"]
    assert own_contact_ways(by=other) == ()
    given = {"way_id": way_id, "now": floor.start}
    with pytest.raises(Missing):
        end_contact_way(command_id=new_id(), by=other, **given)
    end_contact_way(command_id=new_id(), by=mine, **given)
    assert own_contact_ways(by=mine) == ()
    nowhere = Actor(mine.id, mine.roles, Scope(floor.clinic.organisation_id))
    with pytest.raises(NotAllowed, match="no programme"):
        keep(nowhere, Channel.MAIL, floor)


def test_an_address_of_a_patient_stands_under_their_own_key():
    floor = make_floor()
    login = make_login(floor.clinic, Role.PATIENT, person_id=floor.person_id)
    patient = actor_for(login.id)
    keep(patient, Channel.MAIL, floor)
    assert len(own_contact_ways(by=patient)) == 1
