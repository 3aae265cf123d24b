"""A visit for esketamine on screen: arrival, two devices, two hours, home; the form signed and sent."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.queries.accounts import actor_for
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clock import JourneyClock
from tests.support.route_sessions import protocol_of
from tests.support.running_session import NAME, make_floor
from tests.wired.sessions.test_esketamine_session import (
    ESKETAMINE,
    EXPIRES,
    checked,
    ordered,
    planned,
    seen_well,
    signed_for_esketamine,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Visit:
    """The clinic, its clock, and the nurse's two screens: the desk's and the telephone."""

    def __init__(self, live_server, open_screen, clock, floor, login):
        self.url, self.clock, self.floor = live_server.url, clock, floor
        self.desk, self.phone = open_screen("desk", "light"), open_screen("phone")
        for screen in (self.desk, self.phone):
            screen.log_in(self.url, login.username, PASSWORD)

    def at(self, minute, path, screen=None):
        """Set the clock to a minute of the visit and open a page."""
        self.clock.now = self.floor.at(minute)
        screen = screen or self.desk
        screen.goto(self.url + path)
        return screen.page

    def press(self, name, screen=None, role="button"):
        """Press something that leads to another page, and wait for it."""
        page = (screen or self.desk).page
        with page.expect_navigation(wait_until="load"):
            page.get_by_role(role, name=name).first.click()

    def seen(self, name, *screens):
        """Keep a picture of what each screen shows, and let axe look at it."""
        for screen in screens or (self.desk,):
            screen.picture(f"esketamine-{name}")
            screen.check()


def test_a_visit_from_arrival_to_the_signed_form(live_server, open_screen, monkeypatch, settings):
    floor = signed_for_esketamine(make_floor())
    infusion = {"planned_session_id": floor.planned_id, "by": floor.prescriber}
    floor.do(cancel_planned_session, -70, reason="other", **infusion)
    session = planned(floor)[0]
    login = make_login(floor.clinic, Role.NURSE, username="sana")
    floor = replace(floor, nurse=actor_for(login.id))
    order_id = ordered(floor, session)
    clock = JourneyClock(monkeypatch, settings, starts=floor.at(-25))
    visit = Visit(live_server, open_screen, clock, floor, login)

    arrives(visit)
    session_id = checked(floor, session, order_id)
    console = f"/sessions/{session_id}/"
    takes_two_devices(visit, console)
    stays_two_hours(visit, session_id, console)
    goes_home(visit, console)
    the_form_is_signed_and_sent(visit, session_id, console)
    the_pages_beside_the_visit(visit, console)


def arrives(visit):
    page = visit.at(-25, "/day/")
    visit.press("Is here")
    assert "Is here" in page.inner_text("main")
    visit.seen("arrival")


def takes_two_devices(visit, console):
    page = visit.at(0, console)
    assert "Device 1 of 2, 28 mg" in page.inner_text("main")
    for minute, lot in ((0, "L1"), (5, "L1")):
        page = visit.at(minute, f"{console}portion/")
        page.get_by_label("Lot").fill(lot)
        page.get_by_label("Expires on").fill(EXPIRES.isoformat())
        visit.press("It is given")
    visit.seen("dosed", visit.desk)
    visit.at(6, console, visit.phone)
    visit.seen("exposure", visit.phone)


def stays_two_hours(visit, session_id, console):
    floor = visit.floor
    for minute in (20, 40, 60, 90, 118):
        seen_well(floor, session_id, minute)
    for item in protocol_of(ESKETAMINE).release:
        answer = next(word for word, meets in item.answers.items() if meets)
        floor.do(record_release_criterion, 118, session_id=session_id, criterion=item.id, answer=answer)
    page = visit.at(119, f"{console}release/")
    assert page.get_by_role("button", name="Release").first.get_attribute("aria-disabled") == "true"
    assert "cannot leave yet" in page.inner_text("main")
    visit.seen("119-minutes")


def goes_home(visit, console):
    page = visit.at(120, f"{console}release/")
    assert "can leave" in page.inner_text("main")
    visit.press("Release")
    assert "Released" in page.inner_text("body")


def the_form_is_signed_and_sent(visit, session_id, console):
    for screen in (visit.phone, visit.desk):
        page = visit.at(130, f"{console}form/", screen)
        assert "Missing" in page.inner_text("main")
        visit.seen("form", screen)
    for label, value in {
        "Sex": "female",
        "Telephone of who monitored": "0100 200",
        "Address of the setting": "1 Harbour Road",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("group", name="Serious adverse event", exact=True).get_by_label("No", exact=True).check()
    visit.press("Sign the form")
    assert "Signed by Sana" in page.inner_text("main")
    answer = page.request.get(f"{visit.url}{console}form/file/")
    words = " ".join(PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())
    for said in (NAME.split()[0], "56", "L1", "Signed by Sana", "Released, with an escort"):
        assert said in words, said
    page.get_by_role("radio", name="Fax").check()
    page.get_by_label("Day of sending").fill(visit.floor.start.date().isoformat())
    page.get_by_label("Confirmation number").fill("FX-1")
    visit.press("Record it")
    assert "reference FX-1" in page.inner_text("main")
    visit.seen("form-signed")


def the_pages_beside_the_visit(visit, console):
    """What the team keeps besides: devices, who is on call, how one is reached, and the way in from paper."""
    paths = {"devices": "/devices/", "on-call": "/on-call/", "notices": "/account/notices/"}
    for name, path in {**paths, "paper": f"{console}paper/"}.items():
        visit.at(132, path, visit.phone)
        visit.seen(name, visit.phone)
