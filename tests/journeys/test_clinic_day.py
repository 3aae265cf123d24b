"""A day at a clinic of six, from opening to closing: the desk, two nurses and the prescriber, on screen.

Whoever lacks something is stopped, and the screen says why: no consent, no order, an order nobody checked, no
enrolment, nobody to take them home, a medicines list nobody confirmed.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.actions.cancel_planned_session import cancel_planned_session
from tests.support.accounts import PASSWORD
from tests.support.clinic_days import ON_FORM
from tests.support.clinic_of_six import (
    ABSENT,
    ALONE,
    READY,
    UNENROLLED,
    UNORDERED,
    UNSIGNED,
    ClinicOfSix,
    make_clinic_of_six,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LACKED_IN_THE_MORNING = {
    READY: "Nobody is named to watch",
    UNSIGNED: "No current consent",
    UNORDERED: "No dose order",
    UNENROLLED: "No enrolment in the REMS",
    ALONE: "The order waits for its second check",
    ABSENT: "The medicines list is not confirmed",
}


class Walk:
    """Everybody's screen, and the clinic they look at."""

    def __init__(self, open_screen, url: str, six: ClinicOfSix) -> None:
        self.six, self.url = six, url
        team = six.team
        self.desk, self.nurse, self.second, self.clinician = (
            self._screen(open_screen, account, size)
            for account, size in (
                (team.desk, "desk"),
                (team.nurse, "tablet"),
                (team.second, "phone"),
                (team.clinician, "desk"),
            )
        )

    def _screen(self, open_screen, account, size):
        screen = open_screen(size, "light")
        screen.log_in(self.url, account.username, PASSWORD)
        return screen

    def line(self, screen, name: str):
        """Return somebody's line of the day's list."""
        shown = "Canaryfield" if name == READY else name.split()[1]
        return screen.page.locator(".daylist > li", has_text=shown)

    def day(self, screen):
        screen.goto(f"{self.url}/day/")
        return screen

    def press(self, screen, name: str, within=None):
        """Press a button or a way on, and wait for the page after it."""
        where = within or screen.page
        role = "button" if where.get_by_role("button", name=name).count() else "link"
        with screen.page.expect_navigation(wait_until="load"):
            where.get_by_role(role, name=name).first.click()


def seen(screen, name):
    screen.picture(name)
    screen.check()


def refused(screen, words):
    """Assert that the page refuses with these words; the browser's own remark on its status is expected."""
    assert words in screen.page.inner_text("main")
    assert all("status of 400" in each for each in screen.complaints), screen.complaints
    screen.complaints.clear()


def test_a_day_from_opening_to_closing(live_server, open_screen):
    six = make_clinic_of_six(timezone.now())
    walk = Walk(open_screen, live_server.url, six)
    the_morning_s_list(walk)
    the_room_is_checked(walk)
    the_order_is_placed_and_checked(walk)
    sessions = who_lacks_something_is_stopped(walk)
    who_does_not_come_is_moved(walk)
    the_day_closes_with_nothing_open(walk, sessions)


def the_morning_s_list(walk):
    desk = walk.day(walk.desk)
    assert "The day is not opened: no dose starts" in desk.page.inner_text("h1")
    for name, words in LACKED_IN_THE_MORNING.items():
        assert words in walk.line(desk, name).inner_text(), name
    assert "Late by 75 min" in walk.line(desk, ABSENT).inner_text()
    seen(desk, "day-morning")
    walk.press(desk, "Who is there", walk.line(desk, READY))
    desk.page.get_by_label("Watches").select_option(label="Nurse-One")
    desk.page.get_by_label("Prescribes").select_option(label="Prescriber")
    seen(desk, "day-staff")
    walk.press(desk, "Keep this")
    assert "Watches: Nurse-One" in walk.line(desk, READY).inner_text()
    walk.press(desk, "Is here", walk.line(desk, READY))


def the_room_is_checked(walk):
    nurse = walk.day(walk.nurse)
    walk.press(nurse, "Check the room and open the day")
    for group in nurse.page.get_by_role("group").all():
        if group.get_by_label("Ready", exact=True).count():
            group.get_by_label("Ready", exact=True).check()
    for name, until in ON_FORM.items():
        nurse.page.locator(f'[name="{name}"]').fill("2026-01-31" if name == "rescue.anaphylaxis" else until)
    nurse.page.get_by_label("Prescriber on site today").select_option(label="Prescriber")
    nurse.page.get_by_label("Trained in resuscitation, on site today").select_option(label="Nurse-Two")
    walk.press(nurse, "Open the day")
    refused(nurse, "could be used until 2026-01-31; replace it")
    seen(nurse, "day-open-refused")
    nurse.page.locator('[name="rescue.anaphylaxis"]').fill(ON_FORM["rescue.anaphylaxis"])
    walk.press(nurse, "Open the day")
    assert "The day is open" in nurse.page.inner_text("h1")


def the_order_is_placed_and_checked(walk):
    planned, page = walk.six.planned[UNORDERED], walk.clinician.page
    walk.clinician.goto(f"{walk.url}/planned/{planned.id}/order/")
    fields = {"Weight": "68", "Weighed on": timezone.now().date().isoformat(), "Height": "176"}
    for label, value in (fields | {"Concentration in the bag": "1"}).items():
        page.get_by_label(label, exact=True).fill(value)
    walk.press(walk.clinician, "Work out the dose")
    walk.press(walk.clinician, "Order 34 mg")
    assert "Waits for a second person" in page.inner_text("main")
    second = walk.day(walk.second)
    assert "The order waits for its second check" in walk.line(second, UNORDERED).inner_text()
    walk.press(second, "The order waits for its second check", walk.line(second, UNORDERED))
    second.page.get_by_label("Dose, as I work it out").fill("34")
    second.page.get_by_label("Concentration, as I read it on the bag").fill("1")
    walk.press(second, "I have checked this order")
    walk.day(second)
    assert "waits for its second check" not in walk.line(second, UNORDERED).inner_text()


def who_lacks_something_is_stopped(walk):
    six, nurse = walk.six, walk.nurse
    nurse.goto(f"{walk.url}/sessions/open/{six.planned[UNSIGNED].id}/")
    walk.press(nurse, "Open the session")
    refused(nurse, "no current consent; a session opens once it is signed")
    seen(nurse, "day-stopped-consent")
    sessions = [
        six.opened(UNENROLLED, 3, patient_enrolled="not_enrolled"),
        six.opened(ALONE, 4, escort="not_confirmed"),
    ]
    nurse.goto(f"{walk.url}/sessions/{sessions[0]}/check/")
    assert "No dose today" in nurse.page.inner_text("main")
    seen(nurse, "day-stopped-enrolment")
    nurse.goto(f"{walk.url}/sessions/{sessions[1]}/check/")
    assert "Not yet: something is open" in nurse.page.inner_text("main")
    walk.day(nurse)
    for name, words in (
        (UNENROLLED, ("No enrolment in the REMS", "Questions of the check")),
        (ALONE, ("The way home", "The order waits for its second check", "Food and drink")),
        (ABSENT, ("The medicines list is not confirmed",)),
    ):
        assert all(each in walk.line(nurse, name).inner_text() for each in words), name
    seen(nurse, "day-stopped")
    return sessions


def who_does_not_come_is_moved(walk):
    desk = walk.day(walk.desk)
    walk.press(desk, "Did not come", walk.line(desk, ABSENT))
    walk.press(desk, "Move", walk.line(desk, ABSENT))
    to = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    desk.page.get_by_label("Starts at").fill(to)
    walk.press(desk, "Move the session")
    refused(desk, "ask whether the symptoms are worse since")
    desk.page.get_by_label("Worse: a prescriber").check()
    walk.press(desk, "Move the session")
    refused(desk, "a prescriber moves it")
    seen(desk, "day-move-missed")
    desk.page.get_by_label("No worse").check()
    walk.press(desk, "Move the session")
    assert "The session is moved." in desk.page.inner_text("body")


def the_next_order_looks_back(walk):
    planned_id = walk.six.next_session(timezone.now() + timedelta(days=3))
    walk.clinician.goto(f"{walk.url}/planned/{planned_id}/order/")
    said = walk.clinician.page.inner_text("main")
    assert "The dose before" in said
    assert "34 mg, 0.5 mg/kg" in said
    seen(walk.clinician, "day-next-order")


def the_day_closes_with_nothing_open(walk, sessions):
    six, nurse = walk.six, walk.day(walk.nurse)
    walk.press(nurse, "Close the day")
    assert "the day cannot close: 2 sessions still open; 3 expected" in nurse.page.inner_text("body").lower()
    seen(nurse, "day-cannot-close")
    six.treat()
    the_next_order_looks_back(walk)
    for session_id in sessions:
        six.cancel(session_id)
    for name in (UNSIGNED, UNORDERED):
        told = {"planned_session_id": six.planned[name].id, "reason": "staff", "by": six.floor.prescriber}
        six.floor.do(cancel_planned_session, 146, **told)
    walk.day(nurse)
    walk.press(nurse, "Close the day")
    assert "The day is closed" in nurse.page.inner_text("h1")
    seen(nurse, "day-closed")
