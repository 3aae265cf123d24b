"""What a plan does otherwise than its protocol proposes is stored with the course, and its page says it."""

from datetime import timedelta

import pytest

from kairos.actions.plan_course import plan_course
from kairos.queries.courses import IV_PROTOCOL, course_page
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.courses import NEXT_MONDAY, keep_decision, make_course, starts_from
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


def page_of(clinic, person_id):
    browser = signed_in(clinic, Role.CLINICIAN)
    return browser.get(f"/people/{person_id}/course/").content.decode()


def test_a_plan_that_differs_says_where():
    clinic = make_clinic()
    person_id = make_person(clinic)
    keep_decision(clinic, person_id)
    usual = starts_from(NEXT_MONDAY)
    starts = [*usual[:1], usual[1] + timedelta(days=1), *usual[2:5]]
    given = {"site_id": clinic.site_id, "place_id": None, "command_id": new_id(), "by": staff(clinic)}
    plan_course(person_id=person_id, protocol=IV_PROTOCOL, starts=starts, now=NOW, **given)
    differs = course_page(person_id=person_id, by=staff(clinic), now=NOW).differs
    assert [(each.number, each.planned) for each in differs] == [(2, starts[1].date()), (6, None)]
    page = page_of(clinic, person_id)
    assert "No. 2 was planned for 13 March, proposed for 12 March" in page
    assert "No. 6, proposed for 26 March: not planned" in page


def test_a_plan_as_proposed_says_so():
    clinic = make_clinic()
    person_id = make_person(clinic)
    make_course(clinic, person_id)
    assert "Planned as the protocol proposes" in page_of(clinic, person_id)
