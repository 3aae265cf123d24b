"""PHQ-03 from the answer to the end: tasks at once, taken or escalated once, ended with an outcome."""

from datetime import timedelta
from typing import Any

import pytest

from kairos.actions.escalate_task import escalate_task
from kairos.actions.finish_task import finish_task
from kairos.actions.record_screener import Screened, record_screener
from kairos.actions.save_answer import save_answer
from kairos.actions.take_task import take_task
from kairos.actions.work_deadlines import work_deadlines
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, facts, tasks
from kairos.store.repositories.tasks import Task
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.facts import Presence
from kairos.vocab.people import Role
from tests.support.asking import Asked, make_link, real_now
from tests.support.clinic import Clinic, jobs, make_clinic, make_person, staff
from tests.support.instruments import the_instrument, yes_to

pytestmark = pytest.mark.django_db

NOW = real_now()
PAST = NOW - timedelta(days=2)


@pytest.fixture
def asked() -> Asked:
    clinic = make_clinic()
    return make_link(clinic, make_person(clinic))


def _answer_nine(asked: Asked, value: int) -> Any:
    given = {"instrument": "phq9", "item_id": "phq9.9", "value": value, "command_id": new_id()}
    return save_answer(**given, by=asked.holder, now=NOW)


def _tasks(asked: Asked) -> dict[str, Task]:
    with scoped(asked.clinic.scope):
        return {task.kind: task for task in reversed(tasks.tasks_of(asked.clinic.scope, asked.person_id))}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, {}),
        (1, {"cssrs_screener": "routine_plus", "clinician_review": "routine_plus"}),
        (
            2,
            {
                "cssrs_screener": "routine_plus",
                "clinician_review": "routine_plus",
                "clinician_call": "urgent",
            },
        ),
    ],
)
def test_the_answer_opens_its_tasks_before_the_form_is_sent(
    asked: Asked, value: int, expected: dict[str, str]
) -> None:
    """PHQ-03: 1 asks for a C-SSRS screener the same day, 2 or more also for an urgent call."""
    saved = _answer_nine(asked, value)
    found = _tasks(asked)
    assert {kind: task.details["level"] for kind, task in found.items()} == expected
    assert saved.tasks == len(expected)
    assert bool(saved.crisis_card) is bool(expected)
    for task in found.values():
        assert task.due_at is not None
        assert NOW < task.due_at <= NOW + timedelta(days=1)


def test_a_heavier_answer_adds_and_taking_it_back_removes_nothing(asked: Asked) -> None:
    assert [_answer_nine(asked, value).tasks for value in (1, 1, 3, 0)] == [2, 0, 1, 0]
    assert len(_tasks(asked)) == 3


def _due_now(asked: Asked, kind: str, task: Task) -> None:
    with scoped(asked.clinic.scope):
        assert deadlines.move_deadline(asked.clinic.scope, kind, task.id, PAST)


def _work(clinic: Clinic) -> int:
    return work_deadlines(by=jobs(clinic), now=NOW)


def test_a_task_nobody_takes_goes_to_the_medical_director_once(asked: Asked) -> None:
    _answer_nine(asked, 2)
    call = _tasks(asked)["clinician_call"]
    _due_now(asked, "task_untaken", call)
    assert [_work(asked.clinic) for _ in "12"] == [1, 0]
    assert _tasks(asked)["clinician_call"].details["escalated_to"] == "medical_director"
    _due_now(asked, "task_overdue", call)
    assert _work(asked.clinic) == 1
    assert _tasks(asked)["clinician_call"].details["escalated_why"] == "task_untaken"


def test_a_task_that_was_taken_escalates_only_when_it_is_late(asked: Asked) -> None:
    _answer_nine(asked, 2)
    call, clinician = _tasks(asked)["clinician_call"], staff(asked.clinic)
    assert take_task(task_id=call.id, command_id=new_id(), by=clinician, now=NOW) == call.id
    with scoped(asked.clinic.scope):
        assert not deadlines.move_deadline(asked.clinic.scope, "task_untaken", call.id, PAST)
    given = {"task_id": call.id, "by": jobs(asked.clinic), "now": NOW}
    assert escalate_task(why="task_untaken", command_id=new_id(), **given) == "taken"
    _due_now(asked, "task_overdue", call)
    assert _work(asked.clinic) == 1
    assert _tasks(asked)["clinician_call"].details["escalated_why"] == "task_overdue"


def test_a_finished_task_is_watched_no_more(asked: Asked) -> None:
    _answer_nine(asked, 2)
    call = _tasks(asked)["clinician_call"]
    given = {"task_id": call.id, "command_id": new_id(), "by": staff(asked.clinic), "now": NOW}
    assert [finish_task(outcome="spoke_with_person", **given) for _ in "12"] == [call.id] * 2
    assert _tasks(asked)["clinician_call"].details["outcome"] == "spoke_with_person"
    escalation = {"task_id": call.id, "why": "task_overdue", "command_id": new_id()}
    assert escalate_task(**escalation, by=jobs(asked.clinic), now=NOW) == "needs_nothing"
    with pytest.raises(NotAllowed, match="finished already"):
        finish_task(**{**given, "command_id": new_id()}, outcome="spoke_with_person")


def test_not_having_reached_somebody_ends_nothing(asked: Asked) -> None:
    _answer_nine(asked, 2)
    call = _tasks(asked)["clinician_call"]
    with pytest.raises(InvalidInput):
        finish_task(
            task_id=call.id, outcome="not_reached", command_id=new_id(), by=staff(asked.clinic), now=NOW
        )


def test_a_task_has_one_owner_of_its_role(asked: Asked) -> None:
    _answer_nine(asked, 2)
    call = _tasks(asked)["clinician_call"]
    given = {"task_id": call.id, "now": NOW}
    with pytest.raises(NotAllowed, match="for a clinician"):
        take_task(command_id=new_id(), by=staff(asked.clinic, Role.NURSE), **given)
    take_task(command_id=new_id(), by=staff(asked.clinic, Role.MEDICAL_DIRECTOR), **given)
    with pytest.raises(NotAllowed, match="somebody has taken"):
        take_task(command_id=new_id(), by=staff(asked.clinic), **given)


def test_a_task_that_went_further_up_is_the_directors_too(asked: Asked) -> None:
    _answer_nine(asked, 1)
    screener = _tasks(asked)["cssrs_screener"]
    director = staff(asked.clinic, Role.MEDICAL_DIRECTOR)
    with pytest.raises(NotAllowed):
        take_task(task_id=screener.id, command_id=new_id(), by=director, now=NOW)
    _due_now(asked, "task_untaken", screener)
    _work(asked.clinic)
    assert take_task(task_id=screener.id, command_id=new_id(), by=director, now=NOW) == screener.id


def _screen(asked: Asked, *yes: str, answers: dict[str, int] | None = None) -> Screened:
    given = answers if answers is not None else yes_to(*yes, instrument=the_instrument("cssrs_screener"))
    task = _tasks(asked)["cssrs_screener"]
    return record_screener(
        task_id=task.id, answers=given, command_id=new_id(), by=staff(asked.clinic, Role.NURSE), now=NOW
    )


@pytest.mark.parametrize(
    ("yes", "expected"),
    [
        ((), Screened("none", "", 0)),
        (("1",), Screened("low", "crisis.card", 2)),
        (("2", "3"), Screened("moderate", "crisis.card", 2)),
        (("2", "4"), Screened("high", "crisis.card_now", 3)),
        (("6", "6b"), Screened("high", "crisis.card_now", 3)),
    ],
)
def test_a_screener_starts_its_tier_and_ends_its_task(
    asked: Asked, yes: tuple[str, ...], expected: Screened
) -> None:
    """CS-02, CS-03."""
    _answer_nine(asked, 1)
    assert _screen(asked, *yes) == expected
    assert _tasks(asked)["cssrs_screener"].details["outcome"] == f"tier_{expected.tier}"
    with scoped(asked.clinic.scope):
        stated = {f.concept: f.presence for f in facts.facts_of(asked.clinic.scope, asked.person_id)}
    assert stated["cssrs.1"] is (Presence.PRESENT if "1" in yes else Presence.ABSENT)


def test_an_old_attempt_keeps_its_tier_and_starts_nothing_again(asked: Asked) -> None:
    _answer_nine(asked, 1)
    assert _screen(asked, "6").tasks == 2
    again = make_link(asked.clinic, asked.person_id)
    _answer_nine(again, 1)
    assert _screen(again, "6") == Screened("moderate", "", 0)


def test_a_screener_that_tells_nothing_is_refused_and_one_told_is_told_once(asked: Asked) -> None:
    _answer_nine(asked, 1)
    with pytest.raises(InvalidInput, match="left open"):
        _screen(asked, answers={"cssrs.1": 0})
    _screen(asked)
    with pytest.raises(NotAllowed, match="recorded already"):
        _screen(asked)


def test_another_task_takes_no_screener(asked: Asked) -> None:
    _answer_nine(asked, 1)
    review = _tasks(asked)["clinician_review"]
    with pytest.raises(NotAllowed, match="does not ask"):
        record_screener(task_id=review.id, answers={}, command_id=new_id(), by=staff(asked.clinic), now=NOW)
