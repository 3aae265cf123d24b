"""A session at home on three screens: the patient's telephone, the support person's, the clinician's desk.

The patient's network dies for ten minutes; nothing pressed is lost, and everything ends in order.
"""

from datetime import UTC, datetime, timedelta

import pytest

from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_home_reading import record_home_reading
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.release_patient import release_patient
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.domain.sessions.events import CheckedIn, DissociationScale
from kairos.domain.sessions.home_links import HomeLink
from kairos.jobs.wiring import load_actions
from kairos.queries.dosing_sessions import session_page
from kairos.store.records.work import Deadline
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import jobs
from tests.support.clock import JourneyClock
from tests.support.home_sessions import CALM, decided, link_to, make_home

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEAVING = {
    "orthostatic": "none",
    "orientation": "four_of_four",
    "mobility": "steady",
    "nausea": "none",
    "suicidality": "none",
    "escort": "stays_and_agreed",
}
NO_CALLS = """document.addEventListener("click", (event) => {
  const way = event.target instanceof Element ? event.target.closest("a[href^='tel:']") : null;
  if (!way) return;
  event.preventDefault();
  document.documentElement.dataset.called = way.getAttribute("href");
}, true);"""


class Evening:
    """Three screens and one clock."""

    def __init__(self, home, clock, patient, support, desk):
        self.home, self.clock = home, clock
        self.patient, self.support, self.desk = patient, support, desk

    def at(self, minute):
        """Set the clock of the server and of every telephone."""
        self.clock.now = START + timedelta(minutes=minute)
        for screen in (self.patient, self.support, self.desk):
            screen.page.clock.set_system_time(self.clock.now)

    def jobs_until(self, minute):
        """Let time pass to a minute, and let the jobs process do what is due until then and no more."""
        self.at(minute)
        while due := self._due():
            work_deadlines(by=jobs(self.home.floor.clinic), now=self.clock.now, limit=due)

    def _due(self):
        """Return how much is due; the database's own clock is far ahead of the story."""
        with scoped(self.home.floor.clinic.scope):
            rows = Deadline.objects.filter(due_at__lte=self.clock.now, done_at__isnull=True, kind__in=WORK)
            return rows.count()


def link(home, kind, url):
    """Make a link, as the desk does, and return its address."""
    return f"{url}/h/{link_to(home, kind)}/"


def press(screen, name):
    """Press a button of a link's page, and wait for the page that follows."""
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role("button", name=name).click()


def see(screen, name, words):
    """Wait for words, keep a picture, and look for faults."""
    screen.page.get_by_text(words).first.wait_for()
    screen.picture(f"home-{name}")
    screen.complaints[:] = [said for said in screen.complaints if "ERR_INTERNET_DISCONNECTED" not in said]
    screen.check()


def take_alarm(evening, words):
    """Take an alarm at the desk, by its promise."""
    page = evening.desk.page
    page.reload(wait_until="load")
    page.get_by_text(words).first.wait_for()
    with page.expect_navigation(wait_until="load"):
        page.locator("section.alarms button").first.click()


def let_go(evening, session_id):
    """See every criterion of release, and end the session."""
    home = evening.home
    evening.at(121)
    about = {"session_id": session_id}
    home.floor.do(record_home_reading, 121, by=home.support, values=CALM, **about)
    home.floor.do(rate_sedation, 121, score=5, **about)
    home.floor.do(rate_dissociation, 121, scale=DissociationScale.NOUGHT_TO_TEN, score=1, **about)
    for criterion, answer in LEAVING.items():
        home.floor.do(record_release_criterion, 121, criterion=criterion, answer=answer, **about)
    home.floor.do(release_patient, 122, **about)
    evening.at(122)


def test_a_session_at_home_in_which_the_network_dies_for_ten_minutes(
    live_server, open_screen, monkeypatch, settings
):
    load_actions()
    home = make_home(START)
    session_id = decided(home)
    clock = JourneyClock(monkeypatch, settings, starts=START)
    patient, support, desk = (
        open_screen("phone", "dark"),
        open_screen("phone", "light"),
        open_screen("desk", "light"),
    )
    evening = Evening(home, clock, patient, support, desk)
    for screen in (patient, support):
        screen.page.add_init_script(NO_CALLS)
    for screen in (patient, support, desk):
        screen.page.clock.install(time=START)
    evening.at(0)
    desk.log_in(live_server.url, make_login(home.floor.clinic, Role.NURSE).username, PASSWORD)
    console = f"{live_server.url}/sessions/{session_id}/"

    patient.goto(link(home, HomeLink.PATIENT, live_server.url))
    see(patient, "patient-ready", "Everything is in place")
    press(patient, "I have taken it now")
    see(patient, "patient-holding", "Hold it")
    evening.at(10)
    press(patient, "I have spat it out")
    see(patient, "patient-resting", "You can rest")

    evening.at(15)
    support.goto(link(home, HomeLink.SUPPORT, live_server.url))
    see(support, "support", "How is")
    press(support, "All is well")
    desk.goto(console)
    see(desk, "desk", "Support person: All is well")

    patient.page.context.set_offline(True)
    patient.page.locator("[data-offline]").wait_for()
    patient.page.get_by_role("button", name="I want help").click()
    patient.page.locator("#waiting", has_text="1 answer waits on this telephone").wait_for()
    assert patient.page.locator("html").get_attribute("data-called") == "tel:+15550177"
    see(patient, "patient-no-network", "The team has not been told yet")
    evening.jobs_until(25)
    take_alarm(evening, "no longer heard")
    see(desk, "desk-telephone-silent", "no longer heard")

    patient.page.context.set_offline(False)
    patient.page.locator("#waiting").wait_for(state="hidden")
    see(patient, "patient-heard", "The team has been told")
    take_alarm(evening, "Somebody at home is worried")
    see(desk, "desk-worried", "Worried")
    evening.at(28)
    support.page.reload(wait_until="load")
    press(support, "All is well")

    let_go(evening, session_id)
    for screen, name in ((patient, "patient"), (support, "support")):
        screen.page.reload(wait_until="load")
        see(screen, f"{name}-over", "The session is over")
    page = session_page(session_id=session_id, by=home.floor.nurse, now=clock.now)
    said = [(e.event.who, e.event.answer) for e in page.entries if isinstance(e.event, CheckedIn)]
    assert sorted(said) == [("patient", "worried"), ("support_person", "well"), ("support_person", "well")]
    assert page.picture.state.phase == "released"
