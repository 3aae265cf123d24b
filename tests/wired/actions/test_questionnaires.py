"""Askings, links, answers and scores: asked once, reminded once, kept as given, watched for worsening."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from kairos.actions.ask_for_measure import ask_for_measure
from kairos.actions.measures import drop_measure_before, plan_measure_before, plan_measures
from kairos.actions.question_messages import NOT_SENT
from kairos.actions.record_crisis_shown import record_crisis_shown
from kairos.actions.record_questionnaire import record_questionnaire
from kairos.actions.save_answer import Answered, save_answer
from kairos.actions.send_outbox import Outgoing, send_outbox
from kairos.actions.send_questionnaire_link import send_questionnaire_link
from kairos.actions.start_questionnaire import start_questionnaire
from kairos.actions.submit_questionnaire import submit_questionnaire
from kairos.actions.withdraw_links import withdraw_links
from kairos.actions.work_deadlines import work_deadlines
from kairos.domain.instruments.answer_link import LinkState
from kairos.domain.instruments.asking import Asking
from kairos.domain.outcomes.schedule import Moment, kind_of
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.answering import holder_of
from kairos.queries.audit import newest_events
from kairos.store import outbox
from kairos.store.ids import new_id
from kairos.store.repositories import courses, deadlines, facts, links, people, questionnaires, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.asking import Asked, answer_all, make_link, phq9_of, plan_session, real_now
from tests.support.clinic import Clinic, jobs, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db

NOW = real_now()
MAIL = {"kind": "email", "value": canaries.EMAIL}
PHONE = {"kind": "phone", "value": canaries.PHONE}


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def _person(clinic: Clinic, *contacts: dict[str, str]) -> Any:
    return make_person(clinic, people.Identity(canaries.FAMILY, canaries.GIVEN, contacts=contacts))


def _asks(clinic: Clinic, person_id: Any) -> list[tuple[str, bool]]:
    with scoped(clinic.scope):
        kinds = [kind_of(m) for m in Moment] + [f"measure_again.{m}" for m in Moment]
        held = deadlines.deadlines_of_person(clinic.scope, person_id, kinds)
        return [(d.kind, d.done_at is not None) for d in held]


def _post(clinic: Clinic) -> Iterator[Outgoing]:
    sent: list[Outgoing] = []
    send_outbox(by=jobs(clinic), now=real_now(), post=sent.append)
    return iter(sent)


def _work(clinic: Clinic) -> int:
    return work_deadlines(by=jobs(clinic), now=real_now())


def test_after_a_session_three_askings_are_planned_once(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic, MAIL), NOW)
    with scoped(clinic.scope):
        for _ in "12":
            plan_measures(clinic.scope, session, ended_at=NOW)
    names = ["measure.hour_24", "measure.hour_72", "measure.day_7"]
    assert _asks(clinic, session.person_id) == [(name, False) for name in names]
    assert _work(clinic) == 0


def test_a_due_asking_sends_one_link_and_sets_one_reminder(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic, PHONE, MAIL), NOW)
    with scoped(clinic.scope):
        plan_measures(clinic.scope, session, ended_at=NOW - timedelta(hours=25))
    assert [_work(clinic) for _ in "12"] == [1, 0]
    (letter,) = _post(clinic)
    assert (letter.channel, letter.address, letter.text) == ("mail", canaries.EMAIL, "message.questions")
    holder = holder_of(letter.path.split("/")[2], now=real_now())
    assert holder.state is LinkState.OPEN
    assert holder.actor.scope.patient_id == session.person_id
    assert ("measure_again.hour_24", False) in _asks(clinic, session.person_id)


def test_an_unanswered_asking_is_sent_once_more_and_an_answered_one_is_not(clinic: Clinic) -> None:
    answered, silent = (plan_session(clinic, _person(clinic, MAIL), NOW) for _ in "12")
    for session in (answered, silent):
        with scoped(clinic.scope):
            plan_measures(clinic.scope, session, ended_at=NOW - timedelta(hours=25))
    _work(clinic)
    list(_post(clinic))
    asked = make_link(clinic, answered.person_id, subject=answered.id)
    answer_all(asked, {"phq9": phq9_of(3), "gad7": {}}, now=real_now())
    with scoped(clinic.scope):
        for session in (answered, silent):
            deadlines.move_deadline(
                clinic.scope, "measure_again.hour_24", session.id, NOW - timedelta(hours=1)
            )
    assert _work(clinic) == 2
    (letter,) = _post(clinic)
    assert letter.text == "message.questions_again"
    assert _work(clinic) == 0


def test_before_a_session_it_is_asked_at_the_time_the_session_moved_to(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic, MAIL), NOW + timedelta(days=9))
    with scoped(clinic.scope):
        plan_measure_before(clinic.scope, session)
    assert _work(clinic) == 0
    moved = _move(clinic, session, NOW + timedelta(hours=30))
    assert _work(clinic) == 1
    _move(clinic, moved, NOW + timedelta(hours=36))
    assert _work(clinic) == 1
    assert len(list(_post(clinic))) == 2
    assert [link.expires_at for link in _links(clinic, session)] == [
        NOW + timedelta(hours=36),
        NOW + timedelta(hours=30),
    ]


def _move(clinic: Clinic, session: courses.PlannedSession, to: datetime) -> courses.PlannedSession:
    from dataclasses import replace

    moved = replace(session, starts_at=to, ends_at=to + timedelta(hours=2))
    with scoped(clinic.scope):
        courses.change_planned_session(clinic.scope, moved)
        plan_measure_before(clinic.scope, moved)
    return moved


def _links(clinic: Clinic, session: courses.PlannedSession) -> tuple[links.OneTapLink, ...]:
    with scoped(clinic.scope):
        return links.links_of(clinic.scope, session.person_id)


def test_nothing_is_asked_before_a_session_that_will_not_be_held(clinic: Clinic) -> None:
    person_id = _person(clinic, MAIL)
    dropped = plan_session(clinic, person_id, NOW + timedelta(hours=30))
    called_off = plan_session(clinic, person_id, NOW + timedelta(hours=30), PlannedStatus.CANCELLED)
    with scoped(clinic.scope):
        for session in (dropped, called_off):
            plan_measure_before(clinic.scope, session)
        drop_measure_before(clinic.scope, dropped.id)
    assert _work(clinic) == 1
    assert list(_post(clinic)) == []


def test_what_is_closed_is_not_asked(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic, MAIL), NOW)
    with scoped(clinic.scope):
        plan_measures(clinic.scope, session, ended_at=NOW - timedelta(days=40))
    assert _work(clinic) == 3
    assert list(_post(clinic)) == []


def test_a_late_asking_gets_no_reminder_that_would_come_too_late(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic, MAIL), NOW)
    with scoped(clinic.scope):
        plan_measures(clinic.scope, session, ended_at=NOW - timedelta(hours=47))
    _work(clinic)
    assert len(list(_post(clinic))) == 1
    assert not any(kind.startswith("measure_again") for kind, _ in _asks(clinic, session.person_id))


def test_a_deadline_about_nobody_asks_nobody(clinic: Clinic) -> None:
    details = {"instruments": ["phq9"], "closes_at": (NOW + timedelta(days=1)).isoformat()}
    with scoped(clinic.scope):
        deadlines.set_deadline(
            clinic.scope,
            deadlines.Deadline(new_id(), clinic.programme_id, "measure.hour_24", new_id(), NOW, details),
        )
        outbox.put(clinic.scope, "questions", {}, programme_id=clinic.programme_id, due_at=NOW)
    assert _work(clinic) == 1
    assert list(_post(clinic)) == []


def test_somebody_who_cannot_be_written_to_becomes_a_task_of_the_desk_once(clinic: Clinic) -> None:
    session = plan_session(clinic, _person(clinic), NOW)
    with scoped(clinic.scope):
        plan_measures(clinic.scope, session, ended_at=NOW - timedelta(hours=25))
    _work(clinic)
    assert list(_post(clinic)) == []
    with scoped(clinic.scope):
        deadlines.move_deadline(clinic.scope, "measure_again.hour_24", session.id, NOW - timedelta(hours=1))
    _work(clinic)
    list(_post(clinic))
    with scoped(clinic.scope):
        (task,) = tasks.tasks_of(clinic.scope, session.person_id)
    assert (task.kind, task.owner_role) == (NOT_SENT, Role.COORDINATOR)


def test_nobody_writes_to_the_erased(clinic: Clinic) -> None:
    person_id = _person(clinic, MAIL)
    send_questionnaire_link(person_id=person_id, command_id=new_id(), by=staff(clinic), now=NOW)
    _work(clinic)
    with scoped(clinic.scope):
        people.erase(clinic.scope, person_id, by=new_id(), now=NOW)
    assert list(_post(clinic)) == []
    with scoped(clinic.scope):
        assert tasks.tasks_of(clinic.scope, person_id) == ()


def test_asking_is_done_by_our_own_processes_only(clinic: Clinic) -> None:
    given = {
        "person_id": new_id(),
        "programme_id": clinic.programme_id,
        "closes_at": NOW,
        "is_reminder": False,
    }
    with pytest.raises(NotAllowed):
        ask_for_measure(
            **given, asking=Asking(new_id(), "hour_24", ()), command_id=new_id(), by=staff(clinic), now=NOW
        )


def test_the_team_sends_a_link_by_hand_and_closes_it(clinic: Clinic) -> None:
    person_id, command_id, nurse = _person(clinic, PHONE), new_id(), staff(clinic, Role.NURSE)
    given = {"person_id": person_id, "by": nurse, "now": NOW}
    assert [send_questionnaire_link(command_id=command_id, **given) for _ in "12"] == [command_id] * 2
    assert _work(clinic) == 1
    (letter,) = _post(clinic)
    assert (letter.channel, letter.address) == ("text", canaries.PHONE)
    assert withdraw_links(command_id=new_id(), **given) == 1
    assert holder_of(letter.path.split("/")[2], now=real_now()).state is LinkState.REVOKED
    for action in (send_questionnaire_link, withdraw_links):
        with pytest.raises(Missing):
            action(person_id=new_id(), command_id=new_id(), by=nurse, now=NOW)


@pytest.fixture
def asked(clinic: Clinic) -> Asked:
    return make_link(clinic, _person(clinic, MAIL))


def _answer(asked: Asked, item: str, value: int | None, **more: Any) -> Answered:
    given = {
        "instrument": item.split(".", maxsplit=1)[0],
        "item_id": item,
        "value": value,
        "command_id": new_id(),
    }
    return save_answer(**{**given, **more}, by=asked.holder, now=real_now())


def test_starting_twice_keeps_what_was_answered(asked: Asked) -> None:
    for _ in "12":
        subject = start_questionnaire(command_id=new_id(), by=asked.holder, now=NOW)
        _answer(asked, "phq9.1", 2)
    assert subject == asked.link.subject
    assert _draft(asked) == {"phq9.1": 2}


def _draft(asked: Asked) -> Any:
    with scoped(asked.clinic.scope):
        request_id = Asking(asked.link.subject or new_id(), "hour_24", ()).request_id("phq9")
        draft = questionnaires.find_draft(asked.clinic.scope, request_id)
        return draft.answers if draft else None


def test_an_answer_twice_is_one_answer_and_one_audit_event(asked: Asked) -> None:
    command_id = new_id()
    assert [_answer(asked, "phq9.1", 1, command_id=command_id) for _ in "12"] == [Answered()] * 2
    events = newest_events(by=staff(asked.clinic, Role.AUDITOR), person_id=asked.person_id)
    assert [event.action for event in events] == ["save_answer"]


def test_what_is_left_out_is_kept_as_left_out(asked: Asked) -> None:
    assert _answer(asked, "phq9.9", None) == Answered()
    assert _draft(asked) == {"phq9.9": None}


@pytest.mark.parametrize(("item", "value"), [("phq9.1", 4), ("phq9.11", 1), ("phq9.11", None), ("gad7.9", 0)])
def test_what_is_no_answer_is_refused(asked: Asked, item: str, value: int | None) -> None:
    with pytest.raises((InvalidInput, Missing)):
        _answer(asked, item, value)
    assert _draft(asked) is None


def test_a_link_takes_only_what_it_asks_and_only_while_it_is_open(asked: Asked) -> None:
    with pytest.raises(NotAllowed):
        _answer(asked, "cssrs_screener.1", 1)
    holder = asked.holder
    with scoped(asked.clinic.scope):
        links.mark_used(asked.clinic.scope, asked.link.id)
    with pytest.raises(NotAllowed):
        save_answer(instrument="phq9", item_id="phq9.1", value=1, command_id=new_id(), by=holder, now=NOW)


def test_a_link_used_faster_than_people_can_waits(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kairos.actions.answering.HOURLY_LIMIT", 1)
    for _ in "12":
        with contextlib.suppress(NotAllowed):
            _answer(asked, "phq9.1", 1)
    with pytest.raises(NotAllowed, match="very often"):
        _answer(asked, "phq9.2", 1)
    assert _draft(asked) == {"phq9.1": 1}


def test_only_who_holds_the_link_answers(asked: Asked) -> None:
    with pytest.raises(NotAllowed):
        start_questionnaire(command_id=new_id(), by=staff(asked.clinic), now=NOW)


def test_sending_in_keeps_answers_scores_and_facts(asked: Asked) -> None:
    answer_all(asked, {"phq9": phq9_of(13) | {"phq9.9": 0}, "gad7": {"gad7.1": 2}}, now=real_now())
    with scoped(asked.clinic.scope):
        phq9, gad7 = questionnaires.scores_of(asked.clinic.scope, asked.person_id)
        stated = {f.concept: f for f in facts.facts_of(asked.clinic.scope, asked.person_id)}
    assert (phq9.value, phq9.band, phq9.missing) == (13.0, "moderate", ())
    assert (gad7.value, len(gad7.missing)) == (None, 6)
    assert set(stated) == {"phq9_total", "phq9_item9"}
    assert stated["phq9_total"].code is not None
    assert stated["phq9_total"].code.code == "44261-6"  # LOINC, PHQ-9 total score


def test_nothing_can_be_sent_before_anything_was_started(asked: Asked) -> None:
    with pytest.raises(InvalidInput):
        submit_questionnaire(command_id=new_id(), by=asked.holder, now=NOW)


def test_sending_twice_is_sending_once(asked: Asked) -> None:
    start_questionnaire(command_id=new_id(), by=asked.holder, now=NOW)
    holder, command_id = asked.holder, new_id()
    sent = [submit_questionnaire(command_id=command_id, by=holder, now=real_now()) for _ in "12"]
    assert sent[0] == sent[1]
    with pytest.raises(NotAllowed):
        submit_questionnaire(command_id=new_id(), by=holder, now=real_now())


def test_a_rise_over_the_baseline_opens_a_task_within_two_days(clinic: Clinic) -> None:
    person_id = _person(clinic)
    plan_session(clinic, person_id, NOW - timedelta(days=8), PlannedStatus.DONE)
    earlier = make_link(clinic, person_id)
    answer_all(earlier, {"phq9": phq9_of(8), "gad7": {}}, now=real_now() - timedelta(days=9))
    answer_all(make_link(clinic, person_id), {"phq9": phq9_of(13), "gad7": {}}, now=real_now())
    with scoped(clinic.scope):
        (task,) = tasks.tasks_of(clinic.scope, person_id)
    assert task.kind == "outcome_worsening"
    assert task.due_at is not None
    assert timedelta(hours=47) < task.due_at - real_now() <= timedelta(hours=48)


def test_that_the_card_was_shown_is_recorded_once(asked: Asked) -> None:
    command_id = new_id()
    given = {"item_id": "phq9.9", "crisis_card": "crisis.card", "by": asked.holder, "now": NOW}
    assert [record_crisis_shown(command_id=command_id, **given) for _ in "12"] == ["crisis.card"] * 2
    (event,) = newest_events(by=staff(asked.clinic, Role.AUDITOR), person_id=asked.person_id)
    assert (event.action, event.why) == ("record_crisis_shown", "crisis_card_shown")


def _record(clinic: Clinic, person_id: Any, **more: Any) -> Any:
    given = {"instrument": "phq9", "answers": phq9_of(8), "command_id": new_id(), "now": NOW}
    return record_questionnaire(**{**given, **more}, person_id=person_id, by=staff(clinic, Role.NURSE))


def test_a_paper_form_is_entered_once_and_starts_what_it_starts(clinic: Clinic) -> None:
    person_id, session_id = _person(clinic), new_id()
    _record(clinic, person_id, subject=session_id, timepoint=Moment.HOUR_24, answers=phq9_of(26))
    with scoped(clinic.scope):
        (score,) = questionnaires.scores_of(clinic.scope, person_id)
        assert score.value == 26.0
        assert len(tasks.tasks_of(clinic.scope, person_id)) == 3
    with pytest.raises(InvalidInput, match="already"):
        _record(clinic, person_id, subject=session_id, timepoint=Moment.HOUR_24)
    with pytest.raises(InvalidInput, match="not asked"):
        _record(clinic, person_id, instrument="cssrs_screener")
    with pytest.raises(Missing):
        _record(clinic, new_id())
