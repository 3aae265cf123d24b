"""A supply for home never exceeds the doses until the next review, and the sum is shown."""

import pytest

from kairos.actions.order_home_supply import order_home_supply
from kairos.queries.home_supplies import home_supplies
from kairos.store.repositories import courses
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.home_sessions import Home, make_home
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    return make_home()


def course_of(home: Home):
    with scoped(home.floor.clinic.scope):
        return courses.find_planned_session(home.floor.clinic.scope, home.planned_id).course_id


def order(home: Home, doses: int):
    floor = home.floor
    return floor.do(order_home_supply, -20, by=floor.prescriber, course_id=course_of(home), doses=doses)


def test_one_dose_reaches_to_the_review_after_the_first_session_and_two_do_not(home: Home) -> None:
    with pytest.raises(InvalidInput, match="until the review after session 1 there are 1 to take"):
        order(home, 2)
    order(home, 1)
    page = home_supplies(planned_session_id=home.planned_id, by=home.floor.prescriber)
    assert (page.supply.at_home, page.supply.most, page.ordered[0][1]) == (1, 0, 1)
    with pytest.raises(InvalidInput, match="1 asked \\+ 1 still at home = 2"):
        order(home, 1)


def test_a_supply_is_of_a_checked_order(home: Home, monkeypatch) -> None:
    monkeypatch.setattr("kairos.actions.order_home_supply.dose_in_force", lambda scope, course_id: None)
    with pytest.raises(NotAllowed, match="no order of this course was checked"):
        order(home, 1)


def test_a_course_in_the_clinic_has_no_supply() -> None:
    floor = make_floor()
    with scoped(floor.clinic.scope):
        course_id = courses.find_planned_session(floor.clinic.scope, floor.planned_id).course_id
    with pytest.raises(NotAllowed, match="no running course at home"):
        floor.do(order_home_supply, 0, by=floor.prescriber, course_id=course_id, doses=1)
    assert home_supplies(planned_session_id=floor.planned_id, by=floor.prescriber) is None
