"""From the plan of a course to the end of follow-up: stages move by actions, and nothing is left behind."""

from uuid import UUID

import pytest

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.end_course import end_course
from kairos.actions.enrolments import move_on
from kairos.actions.finish_follow_up import finish_follow_up
from kairos.actions.invalidate_dose_order import invalidate_dose_order
from kairos.queries.courses import course_page
from kairos.store.ids import new_id
from kairos.store.repositories import courses, orders, people, tasks
from kairos.store.repositories.tasks import Task
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from tests.support.clinic import NOW, Clinic, make_clinic, make_person, staff
from tests.support.courses import make_course, make_order

pytestmark = pytest.mark.django_db


def stage_of(clinic: Clinic, person_id: UUID) -> str:
    with scoped(clinic.scope):
        return people.find_person(clinic.scope, person_id).enrolments[0].stage


def test_from_a_plan_to_the_end_of_follow_up() -> None:
    clinic = make_clinic()
    person_id, doctor = make_person(clinic), staff(clinic)
    sessions = make_course(clinic, person_id)
    order_id = make_order(sessions[0], doctor)
    assert stage_of(clinic, person_id) == "in_course"
    given = {"course_id": sessions[0].course_id, "by": doctor, "now": NOW}
    with pytest.raises(InvalidInput, match="still planned"):
        end_course(reason="as_planned", command_id=new_id(), **given)
    with pytest.raises(NotAllowed, match="end the course first"):
        finish_follow_up(person_id=person_id, reason="other", command_id=new_id(), by=doctor, now=NOW)
    end_course(reason="no_benefit", command_id=new_id(), **given)
    with pytest.raises(NotAllowed, match="ended already"):
        end_course(reason="no_benefit", command_id=new_id(), **given)
    with scoped(clinic.scope):
        left = {s.status for s in courses.sessions_of_course(clinic.scope, sessions[0].course_id)}
        order = orders.find_order(clinic.scope, order_id)
    assert left == {"cancelled"}
    assert order.invalidation is not None
    page = course_page(person_id=person_id, by=doctor, now=NOW)
    assert (page.stage, page.is_running, page.ended) == ("follow_up", False, "no_benefit")


def test_follow_up_ends_when_nothing_about_the_person_is_open() -> None:
    clinic = make_clinic()
    person_id, doctor = make_person(clinic), staff(clinic)
    sessions = make_course(clinic, person_id)
    end_course(
        course_id=sessions[0].course_id, reason="patient_asked", command_id=new_id(), by=doctor, now=NOW
    )
    task = Task(new_id(), clinic.programme_id, person_id, "clinician_call", new_id(), Role.CLINICIAN)
    with scoped(clinic.scope):
        tasks.add_task(clinic.scope, task)
    given = {"person_id": person_id, "by": doctor, "now": NOW}
    with pytest.raises(NotAllowed, match="open tasks about this person: 1"):
        finish_follow_up(reason="handed_over", command_id=new_id(), **given)
    with scoped(clinic.scope):
        tasks.finish_task(clinic.scope, task.id, by=doctor.id)
    with pytest.raises(InvalidInput, match="choose why follow-up ends"):
        finish_follow_up(reason="", command_id=new_id(), **given)
    finish_follow_up(reason="handed_over", command_id=new_id(), **given)
    assert stage_of(clinic, person_id) == "finished"


def test_what_was_cancelled_or_withdrawn_before_stays_as_it_was() -> None:
    clinic = make_clinic()
    person_id, doctor = make_person(clinic), staff(clinic)
    first, second, *_ = make_course(clinic, person_id)
    order_id = make_order(first, doctor)
    given = {"by": doctor, "now": NOW}
    invalidate_dose_order(order_id=order_id, reason="wrong weight", command_id=new_id(), **given)
    cancel_planned_session(planned_session_id=second.id, reason="staff", command_id=new_id(), **given)
    end_course(course_id=first.course_id, reason="other", command_id=new_id(), **given)
    with scoped(clinic.scope):
        withdrawn = orders.find_order(clinic.scope, order_id).invalidation
    assert withdrawn is not None
    assert withdrawn.words == {"reason": "wrong weight"}


def test_a_stage_that_is_reached_is_not_reached_again() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        for _ in range(2):
            move_on(person_id, Stage.FINISHED, scope=clinic.scope)
    assert stage_of(clinic, person_id) == "finished"


def test_a_nurse_ends_no_course() -> None:
    clinic = make_clinic()
    sessions = make_course(clinic, make_person(clinic))
    with pytest.raises(NotAllowed, match="end course is done by"):
        end_course(
            course_id=sessions[0].course_id,
            reason="other",
            command_id=new_id(),
            by=staff(clinic, Role.NURSE),
            now=NOW,
        )
