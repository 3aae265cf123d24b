"""Words of danger bring a clinician in time; a complaint gives nothing away but that somebody is to call."""

from datetime import timedelta

import pytest

from kairos.actions.danger_words import DANGER, ELSEWHERE, look_for_danger
from kairos.actions.escalate_task import escalate_task
from kairos.actions.make_complaint import make_complaint
from kairos.actions.object_to_finding import object_to_finding
from kairos.actions.safety_tasks import UNTAKEN
from kairos.actions.share_intention import share_intention
from kairos.actions.write_intention import write_intention
from kairos.domain.eligibility.objections import ObjectionKind
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.integration.intention import IntentionPart
from kairos.domain.safety.danger_words import DangerPlace
from kairos.queries.inbox import inbox, task_page
from kairos.store.ids import new_id
from kairos.store.records.work import OutboxMessage
from kairos.store.repositories import deadlines, tasks
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import NOW, jobs, make_clinic, make_person, staff
from tests.support.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def me(clinic):
    scope = Scope(clinic.organisation_id, frozenset({clinic.programme_id}), make_person(clinic))
    return Actor(new_id(), frozenset({Role.PATIENT}), scope)


def look(clinic, me, text, *, place=DangerPlace.JOURNAL, subject=None):
    about = {"subject": subject or new_id(), "programme_id": clinic.programme_id}
    with scoped(me.scope):
        return look_for_danger(text, place=place, person_id=me.scope.patient_id, by=me, now=NOW, **about)


def calls(clinic):
    with scoped(clinic.scope):
        return OutboxMessage.objects.filter(kind="task_call").count()


def test_a_clinician_gets_it_at_once_and_the_director_where_nobody_takes_it(clinic, me):
    entry = new_id()
    assert look(clinic, me, "I want to die", subject=entry) is SafetyLevel.URGENT
    assert look(clinic, me, "I want to die", subject=entry) is SafetyLevel.URGENT
    doctor = staff(clinic, Role.CLINICIAN)
    (entered,) = inbox(by=doctor, now=NOW).alarming
    assert (entered.task.kind, entered.task.subject, entered.task.owner_role) == (DANGER, entry, "clinician")
    assert "danger to their own life" in entered.why
    assert "journal entry" in entered.why
    assert calls(clinic) == 1
    with scoped(clinic.scope):
        watched = {each.kind: each.due_at for each in deadlines.deadlines_of(clinic.scope, entered.task.id)}
    assert watched[UNTAKEN] == NOW + timedelta(hours=1)
    by = jobs(clinic)
    assert (
        escalate_task(task_id=entered.task.id, why=UNTAKEN, command_id=new_id(), by=by, now=NOW)
        == "escalated"
    )


def test_what_can_wait_until_the_evening_calls_nobody_and_what_is_harmless_starts_nothing(clinic, me):
    assert look(clinic, me, "It is hopeless") is SafetyLevel.ROUTINE_PLUS
    assert look(clinic, me, "The walk was lovely") is None
    with scoped(clinic.scope):
        assert len(tasks.open_tasks(clinic.scope)) == 1
    assert calls(clinic) == 0


def test_an_emergency_is_due_now(clinic, me):
    look(clinic, me, "I am going to kill myself tonight", place=DangerPlace.ANSWER)
    with scoped(clinic.scope):
        (task,) = tasks.open_tasks(clinic.scope)
    assert task.due_at == NOW


def test_a_complaint_gives_nothing_away_but_that_somebody_is_to_call(clinic, me):
    said = "The nurse hits me. I want to die."
    complaint_id = make_complaint(words=said, command_id=new_id(), by=me, now=NOW)
    doctor = staff(clinic, Role.CLINICIAN)
    (entry,) = inbox(by=doctor, now=NOW).alarming
    assert entry.task.kind == ELSEWHERE
    assert entry.task.subject != complaint_id
    assert set(entry.task.details) == {"level"}
    page = task_page(task_id=entry.task.id, by=doctor, now=NOW)
    assert "not shown to the team" in page.entry.why


def test_a_complaint_about_somebody_harming_is_not_told_to_the_team(clinic, me):
    make_complaint(words="The therapist touched me without asking", command_id=new_id(), by=me, now=NOW)
    with scoped(clinic.scope):
        assert not tasks.open_tasks(clinic.scope)


def test_an_intention_is_read_once_it_is_shared_and_an_objection_when_it_is_said(clinic, me):
    session = make_course(clinic, me.scope.patient_id)[0]
    given = {"planned_session_id": session.id, "by": me, "now": NOW}
    words = {"part": IntentionPart.BEFORE, "words": "I want to die"}
    write_intention(**given, **words, is_shared=False, command_id=new_id())
    assert not inbox(by=staff(clinic, Role.CLINICIAN), now=NOW).alarming
    share_intention(**given, is_shared=True, command_id=new_id())
    write_intention(**given, **words, is_shared=True, command_id=new_id())
    share_intention(**given, is_shared=False, command_id=new_id())
    said = {"kind": ObjectionKind.SECOND_LOOK, "words": "I wish I were dead", "command_id": new_id()}
    object_to_finding(**said, by=me, now=NOW)
    found = inbox(by=staff(clinic, Role.CLINICIAN), now=NOW).alarming
    assert [each.task.details["place"] for each in found] == ["intention", "intention", "answer"]


def test_sharing_an_intention_that_was_not_written_starts_nothing(clinic, me):
    session = make_course(clinic, me.scope.patient_id)[0]
    given = {"planned_session_id": session.id, "is_shared": True, "command_id": new_id()}
    share_intention(**given, by=me, now=NOW)
    assert not inbox(by=staff(clinic, Role.CLINICIAN), now=NOW).alarming
