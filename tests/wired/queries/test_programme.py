"""The programme's numbers: honest denominators, and no small count for who may not see people."""

from datetime import timedelta
from uuid import UUID

import pytest

from kairos.queries.programme import programme, stage_counts
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, courses, deadlines, questionnaires, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import NOW, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


def numbers(clinic, role=Role.PROGRAMME_LEAD):
    return programme(by=staff(clinic, role), now=NOW)


def counts(found):
    return {each.stage: each.count for each in found.stages if each.count != 0}


def test_an_empty_programme_says_nought_of_nought(clinic) -> None:
    found = numbers(clinic)
    assert (found.people, counts(found), found.running, dict(found.sessions)) == (0, {}, 0, {})
    assert (found.askings.due, found.askings.missing) == (0, 0)


def test_people_stand_at_stages_of_their_own_programme(clinic) -> None:
    for stage in ("screening", "screening", "in_course"):
        make_person(clinic, stage=stage)
    make_person(make_clinic(clinic.organisation_id), stage="screening")
    found = numbers(clinic)
    assert (found.people, counts(found)) == (3, {"screening": 2, "in_course": 1})


def test_small_counts_are_hidden_from_who_may_not_see_people(clinic) -> None:
    for stage in ["screening"] * 6 + ["in_course"] * 2:
        make_person(clinic, stage=stage)
    found = numbers(clinic, Role.AUDITOR)
    assert found.people == 8
    assert counts(found) == {"screening": None, "in_course": None}
    assert [each.stage for each in found.stages if each.is_small] == ["in_course"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            {"screening": 9, "eligible": 8, "in_course": 3},
            {"screening": 9, "eligible": None, "in_course": None},
        ),
        (
            {"screening": 9, "eligible": 2, "in_course": 3},
            {"screening": 9, "eligible": None, "in_course": None},
        ),
        ({"screening": 3}, {"screening": None}),
        ({"screening": 5, "a stage of before": 7}, {"screening": 5, "a stage of before": 7}),
    ],
)
def test_where_one_is_hidden_the_total_does_not_tell_it(given, shown) -> None:
    found = {each.stage: each.count for each in stage_counts(given, hides_small=True)}
    assert {stage: found[stage] for stage in given} == shown


def test_sessions_of_this_week_by_what_became_of_them(clinic) -> None:
    person_id = make_person(clinic)
    course = courses.Course(new_id(), clinic.programme_id, person_id, "iv", "v", "active", new_id(), {})
    monday = NOW.replace(hour=0)
    times = [monday - timedelta(minutes=1), monday, NOW, monday + timedelta(days=7)]
    with scoped(clinic.scope):
        sessions = [
            courses.PlannedSession(
                id=new_id(),
                programme_id=clinic.programme_id,
                person_id=person_id,
                course_id=course.id,
                number=number,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                status="done" if starts_at < NOW else "planned",
            )
            for number, starts_at in enumerate(times, start=1)
        ]
        courses.add_course(clinic.scope, course, sessions)
    assert dict(numbers(clinic).sessions) == {"done": 1, "planned": 1}


def test_alarms_and_tasks_that_wait_are_counted_among_all_that_stand_open(clinic) -> None:
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        for is_taken in (True, False):
            alarm = alarms.Alarm(
                new_id(), clinic.programme_id, person_id, new_id(), "rule", "urgent", NOW, NOW
            )
            alarms.raise_alarm(clinic.scope, alarm)
            assert not is_taken or alarms.take_alarm(clinic.scope, alarm.id, by=UUID(int=9))
        for due_at in (NOW - timedelta(hours=1), NOW + timedelta(hours=1), None):
            task = tasks.Task(
                new_id(), clinic.programme_id, person_id, "call", new_id(), owner_role="nurse", due_at=due_at
            )
            tasks.add_task(clinic.scope, task)
    found = numbers(clinic)
    assert (found.alarms.open, found.alarms.late) == (2, 1)
    assert (found.tasks.open, found.tasks.late) == (3, 1)


def ask(clinic, person_id, subject, *, due_at, closes_at, timepoint="hour_24"):
    details = {"instruments": ["phq9", "gad7"], "closes_at": closes_at.isoformat()}
    kind = f"measure.{timepoint}"
    deadline = deadlines.Deadline(new_id(), clinic.programme_id, kind, subject, due_at, details, person_id)
    deadlines.set_deadline(clinic.scope, deadline)


def test_each_questionnaire_of_each_asking_is_answered_open_or_missing(clinic) -> None:
    person_id, subject = make_person(clinic), new_id()
    hour, day = timedelta(hours=1), timedelta(days=1)
    with scoped(clinic.scope):
        ask(clinic, person_id, subject, due_at=NOW - day, closes_at=NOW - hour)
        ask(clinic, person_id, new_id(), due_at=NOW - hour, closes_at=NOW + day)
        ask(clinic, person_id, new_id(), due_at=NOW + hour, closes_at=NOW + day)
        ask(clinic, person_id, new_id(), due_at=NOW - 40 * day, closes_at=NOW - 39 * day)
        response = questionnaires.QuestionnaireResponse(
            id=new_id(),
            programme_id=clinic.programme_id,
            person_id=person_id,
            instrument="phq9",
            version="1",
            language="en",
            answers={},
            answered_at=NOW - hour,
            by=new_id(),
            timepoint="hour_24",
            subject=subject,
        )
        questionnaires.add_response(clinic.scope, response, ())
    found = numbers(clinic).askings
    assert (found.due, found.answered, found.open, found.missing) == (4, 1, 2, 1)


def test_others_may_not_read_it(clinic) -> None:
    with pytest.raises(NotAllowed):
        numbers(clinic, Role.NURSE)
