"""Every page of the frame, on every device, light and dark: axe finds nothing, nothing is cut off."""

import pytest
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone

from kairos.vocab.people import Permission, Role
from kairos.web.access import allow
from kairos.web.design.views import one_of_each
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import SIZES, leaving
from tests.support.clinic import make_clinic, make_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@allow(Permission.SEE_BOARD, watchable=True)
def watch(request):
    """A page that may be watched while locked, made of the parts."""
    live = {"live_url": "/live/events"} if "live" in request.GET else {}
    return render(request, "design/page.html", one_of_each(timezone.now()) | live)


urlpatterns = [path("", include("kairos.web.urls")), path("watch/", watch)]
handler404 = "kairos.settings.errors.not_found"

OPEN_PAGES = {"log-in": "/log-in/", "design": "/design/", "help": "/help/", "nothing-here": "/nothing-here/"}
OWN_PAGES = {
    "account": "/account/",
    "password": "/account/password/",
    "second-factor": "/account/second-factor/",
    "authenticator-app": "/account/second-factor/app/",
    "passkey": "/account/second-factor/keys/add/",
    "unlock": "/account/unlock/",
    "log-out": "/log-out/",
}
ADMIN_PAGES = {"accounts": "/accounts/", "account-new": "/accounts/new/"}


def look(screen, server, pages):
    for name, address in pages.items():
        screen.goto(server.url + address)
        screen.picture(name)
        if name == "nothing-here":
            screen.complaints.clear()  # the browser reports the 404 that was asked for
        screen.check()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_frame(live_server, open_screen, size):
    clinic = make_clinic()
    nurse, admin = make_login(clinic, Role.NURSE), make_login(clinic, Role.ADMINISTRATOR)
    screen = open_screen(size)
    look(screen, live_server, OPEN_PAGES)
    screen.log_in(live_server.url, nurse.username, PASSWORD)
    look(screen, live_server, OWN_PAGES)
    screen = open_screen(size)
    screen.log_in(live_server.url, admin.username, PASSWORD)
    look(screen, live_server, ADMIN_PAGES)


@pytest.mark.parametrize("size", SIZES)
def test_a_locked_screen_stays_in_sight_and_the_next_person_takes_over(
    live_server, open_screen, size, settings
):
    settings.ROOT_URLCONF = __name__
    clinic = make_clinic()
    nurse, after = make_login(clinic, Role.NURSE), make_login(clinic, Role.CLINICIAN)
    screen = open_screen(size)
    page = screen.page
    screen.log_in(live_server.url, nurse.username, PASSWORD)
    screen.goto(live_server.url + "/watch/")
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("Locked since").wait_for()
    assert page.get_by_role("button", name="I am going").count() == 0
    screen.picture("locked")
    screen.check()
    page.get_by_role("link", name="Sign in to go on").click()
    page.get_by_label("User name").fill(after.username)
    page.get_by_label("Password").nth(1).fill(PASSWORD)
    page.get_by_role("button", name="Take over").click()
    page.wait_for_url("**/watch/")
    assert page.get_by_role("button", name="I am going").count() == 1
    assert page.get_by_text("Locked since").count() == 0


def test_a_screen_without_a_stream_says_so_in_large_words(live_server, open_screen, settings):
    settings.ROOT_URLCONF = __name__
    screen = open_screen("desk")
    screen.page.clock.install()
    screen.log_in(live_server.url, make_login(make_clinic(), Role.NURSE).username, PASSWORD)
    screen.goto(live_server.url + "/watch/?live")
    assert not screen.page.get_by_text("NOT LIVE since").first.is_visible()
    screen.page.clock.fast_forward(17_000)
    screen.page.locator("#not-live b").wait_for(state="visible")
    screen.picture("not-live")
    assert screen.axe() == []


def test_a_choice_of_colours_is_remembered(live_server, open_screen):
    screen = open_screen("phone", "light")
    screen.goto(live_server.url + "/log-in/")
    with leaving(screen.page):
        screen.page.get_by_role("button", name="dark", exact=True).click()
    assert screen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 20)"
    screen.goto(live_server.url + "/help/")
    assert screen.page.locator("html").get_attribute("data-theme") == "dark"


def test_a_patient_opens_without_staff_ways(live_server, open_screen):
    clinic = make_clinic()
    patient = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    screen = open_screen("phone")
    screen.log_in(live_server.url, patient.username, PASSWORD)
    assert screen.page.get_by_role("link", name="Board").count() == 0
