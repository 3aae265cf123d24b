"""The twelve main screens of strangers and patients on a phone, in English and Spanish, light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import give_consent, make_course

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FOR_ANYONE = {
    "help": "/help/",
    "when-to-call": "/help/when-to-call/",
    "what-is-it": "/aid/what-is-it/",
    "ways": "/aid/compare-the-ways/",
    "log-in": "/log-in/",
}
FOR_PATIENTS = {
    "today": "/my/today/",
    "sessions": "/my/sessions/",
    "may-i-start": "/my/may-i-start/",
    "consent": "/my/consent/",
    "preparation": "/my/preparation/",
    "messages": "/my/messages/",
    "what-is-mine": "/my/record/",
}


def look(screen, base, pages, language):
    """Look at pages in one language; their tongue is told, and English is looked at closely elsewhere."""
    for name, path in pages.items():
        screen.goto(base + path)
        assert screen.page.locator("html").get_attribute("lang") == language
        screen.picture(f"{name}-{language}")
        if language == "es":
            screen.check()


def switch(screen, word):
    """Press the name of the other language, which stands on every page."""
    with leaving(screen.page):
        screen.page.get_by_role("button", name=word, exact=True).click()


def test_the_main_screens_in_both_languages(live_server, open_screen):
    clinic = make_clinic()
    person_id, now = make_person(clinic), timezone.now()
    give_consent(clinic, person_id, now=now)
    make_course(clinic, person_id, first=now.date() + timedelta(days=7 - now.weekday()), now=now)
    screen = open_screen("phone")
    look(screen, live_server.url, FOR_ANYONE, "en")
    switch(screen, "Español")
    look(screen, live_server.url, FOR_ANYONE, "es")
    switch(screen, "English")
    screen.log_in(live_server.url, make_login(clinic, Role.PATIENT, person_id=person_id).username, PASSWORD)
    look(screen, live_server.url, FOR_PATIENTS, "en")
    switch(screen, "Español")
    look(screen, live_server.url, FOR_PATIENTS, "es")
