"""What our own processes do: deadlines and messages, each once, also with two of each process."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kairos.actions import send_outbox as sending
from kairos.actions.record_access import record_access
from kairos.actions.send_outbox import CannotPost, Outgoing, send_outbox
from kairos.actions.work_deadlines import work_deadlines
from kairos.queries.audit import newest_events
from kairos.store import outbox
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import deadlines
from kairos.store.repositories.deadlines import Deadline
from kairos.store.scope import scoped, whole_audit
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role
from tests.support.clinic import NOW, Clinic, jobs, make_clinic, make_person, staff
from tests.support.workers import at_once

PAST = NOW.replace(year=2001)


def _set(clinic: Clinic, kind: str = "escalate", due_at: datetime = PAST) -> Deadline:
    deadline = Deadline(new_id(), clinic.programme_id, kind, new_id(), due_at)
    with scoped(clinic.scope):
        deadlines.set_deadline(clinic.scope, deadline)
    return deadline


def _put(clinic: Clinic, kind: str = "remind", due_at: datetime = PAST) -> Message:
    with scoped(clinic.scope):
        return outbox.put(clinic.scope, kind, {"n": "1"}, programme_id=clinic.programme_id, due_at=due_at)


def _compose(message: Message, by: Actor, now: datetime) -> Outgoing:
    return Outgoing("mail", "a@example.org", "en", "remind", "/l/x")


@pytest.mark.django_db
def test_what_is_due_is_done_once() -> None:
    clinic = make_clinic()
    due, later, unknown = _set(clinic), _set(clinic, due_at=NOW.replace(year=2999)), _set(clinic, "other")
    seen: list[Deadline] = []
    work = {"escalate": lambda deadline, by, now: seen.append(deadline) or "told"}
    assert [work_deadlines(by=jobs(clinic), now=NOW, work=work) for _ in "12"] == [1, 0]
    assert seen == [due]
    with scoped(clinic.scope):
        assert [d.done_at is None for d in deadlines.deadlines_of(clinic.scope, due.subject)] == [False]
        assert deadlines.deadlines_of(clinic.scope, later.subject)[0].done_at is None
        assert deadlines.deadlines_of(clinic.scope, unknown.subject)[0].done_at is None


@pytest.mark.django_db
def test_what_fails_is_put_off_and_leaves_nothing_behind() -> None:
    clinic = make_clinic()
    due = _set(clinic)

    def fail(deadline: Deadline, by: Actor, now: datetime) -> str:
        _set(clinic, "half done")
        raise Missing

    assert work_deadlines(by=jobs(clinic), now=NOW, work={"escalate": fail}) == 0
    with scoped(clinic.scope), connection.cursor() as cursor:
        (after,) = deadlines.deadlines_of(clinic.scope, due.subject)
        assert (after.done_at, after.attempts) == (None, 1)
        assert after.due_at > PAST
        cursor.execute("SELECT count(*) FROM store_deadline")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_only_as_many_as_asked_for() -> None:
    clinic = make_clinic()
    for _ in range(3):
        _set(clinic)
    work = {"escalate": lambda deadline, by, now: "told"}
    assert work_deadlines(by=jobs(clinic), now=NOW, work=work, limit=2) == 2


@pytest.mark.django_db
def test_nobody_else_does_it() -> None:
    clinic = make_clinic()
    with pytest.raises(NotAllowed):
        work_deadlines(by=staff(clinic), now=NOW)
    with pytest.raises(NotAllowed):
        send_outbox(by=staff(clinic), now=NOW, post=print)


@pytest.mark.django_db
def test_without_scope_a_failing_claim_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise Missing

    monkeypatch.setattr(deadlines, "claim_one", refuse)
    with pytest.raises(Missing):
        work_deadlines(by=jobs(make_clinic()), now=NOW)


def test_two_workers_do_each_deadline_once(either_postgres: Any) -> None:
    clinic = make_clinic()
    for _ in range(12):
        _set(clinic)
    seen: list[object] = []
    work = {"escalate": lambda deadline, by, now: seen.append(deadline.id) or "told"}
    done = at_once(2, lambda: work_deadlines(by=jobs(clinic), now=NOW, work=work))
    assert sum(done) == len(seen) == len(set(seen)) == 12


def test_two_workers_send_each_message_once(either_postgres: Any) -> None:
    clinic = make_clinic()
    for _ in range(12):
        _put(clinic)
    sent: list[Outgoing] = []
    compose = {"remind": _compose}
    done = at_once(2, lambda: send_outbox(by=jobs(clinic), now=NOW, post=sent.append, compose=compose))
    assert sum(done) == len(sent) == 12


@pytest.mark.django_db
def test_a_message_leaves_when_due() -> None:
    clinic = make_clinic()
    _put(clinic)
    _put(clinic, due_at=NOW.replace(year=2999))
    sent: list[Outgoing] = []
    given = {"by": jobs(clinic), "now": NOW, "post": sent.append, "compose": {"remind": _compose}}
    with scoped(clinic.scope):
        assert outbox.count_waiting(clinic.scope) == 1
    assert [send_outbox(**given) for _ in "12"] == [1, 0]
    assert sent == [Outgoing("mail", "a@example.org", "en", "remind", "/l/x")]
    assert _outcomes() == [("send_message", "sent")]


@pytest.mark.django_db
def test_a_message_for_nobody_is_given_up() -> None:
    clinic = make_clinic()
    _put(clinic, "unknown")
    assert send_outbox(by=jobs(clinic), now=NOW, post=print, compose={}, limit=1) == 0
    assert _outcomes() == [("send_message", "nobody_to_tell")]


@pytest.mark.django_db
def test_a_message_not_taken_waits_longer_each_time_and_is_given_up_at_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clinic = make_clinic()
    _put(clinic)

    def refuse(outgoing: Outgoing) -> None:
        raise CannotPost

    given = {"by": jobs(clinic), "now": NOW, "post": refuse, "compose": {"remind": _compose}}
    assert [send_outbox(**given) for _ in "12"] == [0, 0]
    assert _outcomes() == []
    monkeypatch.setattr(sending, "RETRY_AFTER", timedelta(0))
    monkeypatch.setattr(sending, "MOST_ATTEMPTS", 3)
    with scoped(clinic.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE store_outboxmessage SET due_at = '2001-01-01'")
    send_outbox(**given)
    send_outbox(**given)
    assert _outcomes() == [("send_message", "not_taken")]


@pytest.mark.django_db
def test_opening_a_chart_is_recorded() -> None:
    clinic = make_clinic()
    person_id, by = make_person(clinic), staff(clinic)
    record_access(person_id=person_id, what="chart", command_id=new_id(), by=by, now=NOW)
    auditor = staff(clinic, Role.AUDITOR)
    (event,) = newest_events(by=auditor)
    assert (event.actor, event.action, event.person_id) == (by.id, "record_access", person_id)
    assert event.details == {"what": "chart"}
    assert newest_events(by=auditor, person_id=new_id()) == ()


@pytest.mark.django_db
def test_a_chart_elsewhere_cannot_be_opened() -> None:
    person_id, by = make_person(make_clinic()), staff(make_clinic())
    with pytest.raises(Missing):
        record_access(person_id=person_id, what="chart", command_id=new_id(), by=by, now=NOW)


def _outcomes() -> list[tuple[str, str]]:
    with whole_audit(), connection.cursor() as cursor:
        cursor.execute("SELECT action, why FROM store_auditevent ORDER BY recorded_at")
        return cursor.fetchall()
