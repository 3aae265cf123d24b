"""A patient answers on a phone and mentions self-harm; the team is told, calls, asks, and sees the scores."""

from datetime import timedelta

import pytest

from kairos.domain.protocols.course import PlannedStatus
from kairos.store.repositories import people
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import PASSWORD, make_login
from tests.support.asking import make_link, plan_session, real_now
from tests.support.browser import leaving
from tests.support.clinic import make_clinic, make_person
from tests.support.scores import add_course, add_score

SCORES = ((42, 19, 14), (36, 15, 12), (32, 12, 10), (29, 10, 9), (22, 8, 8), (9, 6, 7), (2, 9, 7))

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def look(screen, name):
    screen.picture(name)
    screen.check()


def choose(page, words):
    page.get_by_label(words, exact=True).check()
    with leaving(page):
        page.get_by_role("button", name="Go on").click()


def answer_on_the_phone(screen, server, asked):
    page = screen.page
    screen.goto(server.url + asked.path)
    assert canaries.found_in(page.content()) == []
    look(screen, "link-start")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Question 1 of 17").wait_for()
    look(screen, "link-question")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("There is one thing to fix").wait_for()
    screen.complaints.clear()  # the browser reports the 400 that was asked for
    look(screen, "link-nothing-chosen")
    for _ in range(2):
        choose(page, "Several days")
    page.get_by_role("button", name="I would rather not answer").click()
    page.get_by_text("Question 4 of 17").wait_for()
    with leaving(page):
        page.get_by_role("link", name="Back").click()
    with leaving(page):
        page.get_by_role("link", name="Back").click()
    assert page.get_by_label("Several days").is_checked()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Question 3 of 17").wait_for()
    page.get_by_role("button", name="I would rather not answer").click()
    page.get_by_text("Question 4 of 17").wait_for()
    for _ in range(5):
        choose(page, "Several days")
    page.get_by_text("Question 9 of 17").wait_for()
    choose(page, "More than half the days")
    page.get_by_text("Thank you for telling us").wait_for()
    look(screen, "link-care")
    page.get_by_role("link", name="Go on").click()
    choose(page, "Somewhat difficult")
    for _ in range(7):
        choose(page, "Not at all")
    page.get_by_role("heading", name="Look over your answers").wait_for()
    look(screen, "link-review")
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    look(screen, "link-thanks")
    screen.goto(server.url + asked.path)
    screen.complaints.clear()  # the browser reports the 410 that a spent link answers
    look(screen, "link-spent")


def team_answers(screen, server, clinician):
    page = screen.page
    screen.log_in(server.url, clinician.username, PASSWORD)
    screen.goto(server.url + "/inbox/")
    look(screen, "inbox")
    page.get_by_role("button", name="I am calling").click()
    page.get_by_text("It is yours").wait_for()
    look(screen, "task")
    page.get_by_label("Spoke with the person").check()
    page.get_by_role("button", name="Finish the task").click()
    page.get_by_text("Done, and written down").wait_for()
    assert page.get_by_role("button", name="I am calling").count() == 0


def nurse_asks(screen, server, nurse):
    page = screen.page
    screen.log_in(server.url, nurse.username, PASSWORD)
    screen.goto(server.url + "/inbox/")
    with leaving(page):
        page.get_by_role("link", name="Ask the C-SSRS screener").click()
    with leaving(page):
        page.get_by_role("link", name="Ask the screener").click()
    assert not page.get_by_text("Have you been thinking about how").is_visible()
    groups = page.get_by_role("group")
    groups.filter(has_text="wished you were dead").get_by_label("Yes").check()
    groups.filter(has_text="actually had any thoughts").get_by_label("Yes").check()
    page.get_by_text("Have you been thinking about how").wait_for()
    for words in (
        "thinking about how",
        "some intention of acting",
        "worked out the details",
        "ever done anything",
    ):
        groups.filter(has_text=words).get_by_label("No").check()
    look(screen, "screener")
    page.get_by_role("button", name="Record the screener").click()
    page.get_by_text("Numbers for the person").wait_for()
    look(screen, "screened")


def test_an_answer_on_a_phone_reaches_the_team_and_the_chart(live_server, open_screen):
    clinic = make_clinic()
    contacts = ({"kind": "phone", "value": canaries.PHONE},)
    person_id = make_person(clinic, people.Identity(canaries.FAMILY, canaries.GIVEN, contacts=contacts))
    session = plan_session(clinic, person_id, real_now() - timedelta(days=1), PlannedStatus.DONE)
    add_score(clinic, person_id, "phq9", 19, days_ago=2)
    add_score(clinic, person_id, "gad7", 14, days_ago=2)
    asked = make_link(clinic, person_id, subject=session.id)
    clinician, nurse = make_login(clinic, Role.CLINICIAN), make_login(clinic, Role.NURSE)
    answer_on_the_phone(open_screen("phone"), live_server, asked)
    team_answers(open_screen("desk"), live_server, clinician)
    nurse_asks(open_screen("tablet"), live_server, nurse)
    screen = open_screen("desk")
    screen.log_in(live_server.url, clinician.username, PASSWORD)
    screen.goto(f"{live_server.url}/people/{person_id}/progress/")
    assert screen.page.get_by_text("Task, done").count() == 2  # the call and the screener
    look(screen, "progress-in-part")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_course_of_scores(live_server, open_screen, size):
    clinic = make_clinic()
    person_id = make_person(clinic, people.Identity("Nair", "Priya"))
    add_course(clinic, person_id, 40, 37, 33, 30, 26, 23)
    for days, phq9, gad7 in (
        (42, 19, 14),
        (36, 15, 12),
        (32, 12, 10),
        (29, 10, 9),
        (22, 8, 8),
        (9, 6, 7),
        (2, 9, 7),
    ):
        add_score(clinic, person_id, "phq9", phq9, days_ago=days)
        add_score(clinic, person_id, "gad7", gad7, days_ago=days)
    login = make_login(clinic, Role.CLINICIAN)
    screen = open_screen(size)
    screen.log_in(live_server.url, login.username, PASSWORD)
    for name, path in {"progress": "progress/", "progress-print": "progress/print/"}.items():
        screen.goto(f"{live_server.url}/people/{person_id}/{path}")
        look(screen, name)
    patient = make_login(clinic, Role.PATIENT, person_id=person_id)
    own = open_screen(size)
    own.log_in(live_server.url, patient.username, PASSWORD)
    own.goto(f"{live_server.url}/my/scores/")
    look(own, "my-scores")


def test_empty_pages_say_what_is_true(live_server, open_screen):
    clinic = make_clinic()
    person_id = make_person(clinic)
    screen = open_screen("tablet")
    screen.log_in(live_server.url, make_login(clinic, Role.CLINICIAN).username, PASSWORD)
    screen.goto(f"{live_server.url}/inbox/")
    look(screen, "inbox-empty")
    screen.goto(f"{live_server.url}/people/{person_id}/progress/")
    look(screen, "progress-empty")
