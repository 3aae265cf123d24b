"""The list of people and the ways between one person's pages."""

from uuid import UUID

import pytest
from django.test import Client

from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from kairos.web.clinic.own_programme import own_programme
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned():
    clinic = make_clinic()
    person_id = make_person(clinic)
    make_course(clinic, person_id)
    return clinic, person_id


def signed_in(clinic, role):
    client = Client()
    client.post("/log-in/", {"login": make_login(clinic, role).username, "password": PASSWORD})
    return client


def test_a_nurse_goes_from_the_chart_to_every_page_of_the_person(planned):
    clinic, person_id = planned
    page = signed_in(clinic, Role.NURSE).get(f"/people/{person_id}/").content.decode()
    nav = page[page.index("person-nav") : page.index("</nav>", page.index("person-nav"))]
    for place in ("eligibility", "consent", "course", "progress"):
        assert f"/people/{person_id}/{place}/" in nav
    assert nav.count('aria-current="page"') == 1


def test_a_chart_says_first_where_the_person_stands(planned):
    clinic, person_id = planned
    page = signed_in(clinic, Role.NURSE).get(f"/people/{person_id}/").content.decode()
    assert "Next: session 1, Monday" in page
    assert "0 of 6 sessions held" in page
    newcomer = make_person(clinic)
    page = signed_in(clinic, Role.NURSE).get(f"/people/{newcomer}/").content.decode()
    assert "No course is running." in page


def test_the_front_desk_is_led_to_the_course_and_to_what_a_home_needs_only(planned):
    clinic, person_id = planned
    page = signed_in(clinic, Role.COORDINATOR).get(f"/people/{person_id}/course/").content.decode()
    nav = page[page.index("person-nav") : page.index("</nav>", page.index("person-nav"))]
    ways = [part.partition('"')[0] for part in nav.split('href="')[1:]]
    assert ways == [f"/people/{person_id}/course/", f"/people/{person_id}/home/"]


def test_the_list_opens_for_a_nurse(planned):
    clinic, person_id = planned
    page = signed_in(clinic, Role.NURSE).get("/people/")
    assert f"/people/{person_id}/" in page.content.decode()


def test_with_several_programmes_nothing_is_chosen_in_silence():
    actor = Actor(
        UUID(int=1), frozenset({Role.NURSE}), Scope(UUID(int=2), frozenset({UUID(int=3), UUID(int=4)}))
    )
    with pytest.raises(NotAllowed, match="2 programmes"):
        own_programme(actor)
