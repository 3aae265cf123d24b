"""A patient reads and signs on the phone; the clinic plans the course, orders the dose and checks it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.content.consent_in_force import expectation_check
from kairos.content.release import load_release
from kairos.store.ids import new_id
from kairos.store.repositories import organisations
from kairos.store.repositories.people import Identity
from kairos.store.scope import scoped
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import document, keep_decision, make_course

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHO = Identity("Chen", "Mei-Lin", born_on=PartialDate.parse("1984-05-17"))
NAME = "Mei-Lin Chen"
ASKED = expectation_check(load_release(), "en")


def next_monday():
    today = timezone.now().date()
    return today + timedelta(days=7 - today.weekday())


def look(screen, name):
    screen.picture(name)
    screen.check()


def press(screen, words):
    """Press a button and wait for the page that follows: an entry at the chair is saved by then."""
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role("button", name=words, exact=True).click()


def follow(screen, words):
    with leaving(screen.page):
        screen.page.get_by_role("link", name=words, exact=True).first.click()


def answer_wrong_then_right(screen, question, pictured):
    wrong = next(answer for answer in question.answers if not answer.is_right)
    right = next(answer for answer in question.answers if answer.is_right)
    screen.page.get_by_label(wrong.text).check()
    press(screen, "This is my answer")
    if pictured:
        look(screen, "consent-question-wrong")
    screen.page.get_by_label(right.text).check()
    press(screen, "This is my answer")
    if pictured:
        look(screen, "consent-question-right")
    follow(screen, "Go on")


def read_to_the_signature(screen):
    text, is_first = document(), True
    for section in text.sections:
        screen.page.get_by_label(section.acknowledgement).check()
        if is_first or section.id == "depression_evidence":
            look(screen, f"consent-section-{section.id.replace('_', '-')}")
        press(screen, "Go on")
        for question in (q for q in text.questions if q.section == section.id):
            answer_wrong_then_right(screen, question, pictured=question is text.questions[0])
        is_first = False
    tell_what_is_expected(screen)


def tell_what_is_expected(screen):
    """Hope for more than anybody can promise: that is answered kindly, becomes a talk, and stops nobody."""
    for question in ASKED.questions:
        doubtful = next(answer for answer in question.answers if not answer.is_realistic)
        screen.page.get_by_role("radio", name=doubtful.text, exact=True).check()
    screen.page.get_by_label(ASKED.own_words).fill("That I can work again, for years")
    press(screen, "This is what I expect")
    screen.page.get_by_text(ASKED.talk).wait_for()
    look(screen, "consent-expectation")
    follow(screen, "Go on")


def sign(screen):
    screen.page.get_by_label("Your full name").fill(NAME)
    look(screen, "consent-sign")
    press(screen, "Look once more, then sign")
    look(screen, "consent-second-look")
    press(screen, "Sign now")
    screen.page.get_by_text(f"Signed by {NAME}").wait_for()


def share_an_intention(screen, url):
    """Write what one wants to explore in the first session, and share it with the team."""
    screen.goto(f"{url}/my/preparation/")
    with leaving(screen.page):
        screen.page.locator('a[href$="/intention/"]').first.click()
    screen.page.get_by_label("In your own words").fill("To sit with the fear, and let it pass")
    press(screen, "Save")
    press(screen, "Share it with my team")
    screen.page.get_by_role("heading", name="Shared now").wait_for()
    look(screen, "intention-shared")


def test_a_patient_reads_signs_and_takes_it_back_on_the_phone(live_server, open_screen):
    clinic = make_clinic()
    person_id = make_person(clinic, WHO)
    patient = make_login(clinic, Role.PATIENT, person_id=person_id)
    make_login(clinic, Role.CLINICIAN, username="ana vale")
    screen = open_screen("phone")
    screen.log_in(live_server.url, patient.username, PASSWORD)
    look(screen, "today-before-consent")
    follow(screen, "Open the document")
    look(screen, "consent-overview")
    press(screen, "No, I do not want this")
    screen.page.get_by_text("It has no price").wait_for()
    look(screen, "consent-no")
    follow(screen, "Start reading")
    read_to_the_signature(screen)
    sign(screen)
    look(screen, "consent-signed")
    follow(screen, "The whole document, to print")
    look(screen, "consent-whole")
    make_course(clinic, person_id, first=next_monday(), now=timezone.now())
    for name in ("today", "sessions", "team"):
        screen.goto(f"{live_server.url}/my/{name}/")
        look(screen, f"patient-{name}")
    share_an_intention(screen, live_server.url)
    for name in ("home-or-clinic", "talk"):
        screen.goto(f"{live_server.url}/my/{name}/")
        look(screen, f"choosing-{name}")
    screen.goto(f"{live_server.url}/my/consent/withdraw/")
    look(screen, "consent-withdraw")
    press(screen, "Take back my consent")
    look(screen, "consent-withdrawn")


def test_the_tablet_is_handed_over_and_given_back(live_server, open_screen):
    clinic = make_clinic()
    person_id = make_person(clinic, WHO)
    doctor = make_login(clinic, Role.CLINICIAN, username="ana vale")
    screen = open_screen("tablet")
    screen.log_in(live_server.url, doctor.username, PASSWORD)
    screen.goto(f"{live_server.url}/people/{person_id}/consent/")
    look(screen, "consent-staff-before")
    press(screen, "Hand the tablet over")
    look(screen, "consent-tablet")
    follow(screen, "Start reading")
    read_to_the_signature(screen)
    sign(screen)
    follow(screen, "Give the tablet back")
    screen.page.locator("#id_password").fill(PASSWORD)
    with leaving(screen.page):
        screen.page.get_by_role("button", name="Unlock").click()
    look(screen, "consent-staff-after")


@pytest.mark.parametrize("size", ["desk", "tablet", "phone"])
def test_a_course_is_planned_and_a_dose_ordered_and_checked(live_server, open_screen, size):
    clinic = make_clinic()
    with scoped(clinic.scope):
        chair = organisations.Place(new_id(), clinic.programme_id, clinic.site_id, "Chair 3")
        organisations.add_place(clinic.scope, chair)
    person_id = make_person(clinic, WHO)
    doctor = make_login(clinic, Role.CLINICIAN, username="ana vale")
    pharmacist = make_login(clinic, Role.PHARMACIST, username="sana")
    screen = open_screen(size)
    screen.log_in(live_server.url, doctor.username, PASSWORD)
    screen.goto(f"{live_server.url}/people/{person_id}/course/")
    look(screen, "course-no-decision")
    keep_decision(clinic, person_id, at=timezone.now())
    screen.goto(f"{live_server.url}/people/{person_id}/course/")
    follow(screen, "Plan a course")
    screen.page.get_by_label("First session on").fill(next_monday().isoformat())
    screen.page.get_by_label("Starting at").fill("09:00")
    press(screen, "Propose the days")
    screen.page.get_by_label("Chair or bed").select_option("Chair 3")
    second = screen.page.get_by_label("Session 2", exact=True)
    kept = second.input_value()
    second.fill(f"{next_monday() + timedelta(days=1)}T09:00")
    press(screen, "Plan these sessions")
    screen.complaints.clear()  # the browser reports the refusal that was asked for
    look(screen, "course-plan-refused")
    screen.page.get_by_label("Session 2", exact=True).fill(kept)
    press(screen, "Plan these sessions")
    look(screen, "course")
    with leaving(screen.page):
        screen.page.get_by_role("link", name="End the course").click()
    look(screen, "course-end")
    follow(screen, "Back")
    with leaving(screen.page):
        screen.page.get_by_role("link", name="Order for session 1").click()
    for label, value in (("Weight", "118"), ("Weighed on", timezone.now().date().isoformat())):
        screen.page.get_by_label(label, exact=True).fill(value)
    screen.page.get_by_label("Height").fill("170")
    screen.page.get_by_label("Concentration in the bag").fill("0.5")
    press(screen, "Work out the dose")
    screen.complaints.clear()
    look(screen, "order-refused")
    screen.page.get_by_label("Constants for the adjusted weight").select_option("Woman")
    press(screen, "Work out the dose")
    look(screen, "order-second-look")
    with leaving(screen.page):
        screen.page.get_by_role("button", name="Order 42").click()
    look(screen, "order-placed")
    order_url = screen.page.url
    other = open_screen(size)
    other.log_in(live_server.url, pharmacist.username, PASSWORD)
    other.goto(order_url)
    look(other, "order-check")
    other.page.get_by_label("Dose, as I work it out").fill("42")
    other.page.get_by_label("Concentration, as I read it on the bag").fill("0.5")
    press(other, "I have checked this order")
    shown = other.page.locator("#main").inner_text()
    if "is not what was ordered" in shown:
        other.complaints.clear()
        look(other, "order-check-refused")
        other.page.get_by_label("Dose, as I work it out").fill(ordered_dose(screen))
        press(other, "I have checked this order")
    other.page.get_by_text("The order is checked.").wait_for()
    look(other, "order-checked")


def ordered_dose(screen):
    return screen.page.locator(".big-numbers b").first.inner_text()
