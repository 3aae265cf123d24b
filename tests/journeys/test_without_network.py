"""The network dies at the chair: entries wait on the device, belong to their maker, and arrive once.

One tablet, walked by two nurses; the network is cut in the browser, and the answer of one entry is lost on
its way back.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.domain.sessions.events import VitalsRecorded
from kairos.queries.dosing_sessions import session_page
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import screen_on
from tests.support.processes import wait_until
from tests.support.running_session import infusing, make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEPT = """async (urls) => {
  for (const end = Date.now() + 30000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    const found = await Promise.all(urls.map((url) => caches.match(url, { cacheName: "kairos-pages" })));
    if (found.every(Boolean)) return;
  }
  throw new Error("the pages were not kept");
}"""
ON_DISK = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos");
  opening.onsuccess = () => {
    const all = opening.result.transaction("entries").objectStore("entries").getAll();
    all.onsuccess = () => { opening.result.close(); done(all.result.map((one) => Object.keys(one).sort())); };
  };
})"""
KEYS = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos");
  opening.onsuccess = () => {
    const all = opening.result.transaction("keys").objectStore("keys").getAllKeys();
    all.onsuccess = () => { opening.result.close(); done(all.result.length); };
  };
})"""
UNREACHED = """
const real = window.fetch;
const is = (name) => sessionStorage.getItem("test-" + name) === "on";
window.fetch = async (...told) => {
  const url = String(told[0]);
  if (is("cut") && url.includes("/device/standing/")) throw new TypeError("out of reach");
  const reply = await real(...told);
  if (!is("lost") || !url.endsWith("/vitals/")) return reply;
  sessionStorage.removeItem("test-lost");
  throw new TypeError("the answer was lost");
};
"""
KEPT_PAGES = """() => caches.open("kairos-pages").then((pages) => pages.keys())
  .then((found) => found.filter((each) => each.url.includes("/sessions/")).length)"""


HAS_KEY = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos");
  opening.onsuccess = () => {
    const keys = opening.result.transaction("keys").objectStore("keys").count();
    keys.onsuccess = () => { opening.result.close(); done(keys.result > 0); };
  };
})"""


REFUSED_IS_HERE = """() => [...document.querySelectorAll("[name=heart_rate]")]
  .some((each) => each.value === "1200")"""


class Tablet:
    """One tablet at one chair, and what the server holds of the session."""

    def __init__(self, screen, base, floor, session_id):
        self.screen, self.page, self.base = screen, screen.page, base
        self.floor, self.session_id = floor, session_id
        self.console = f"{base}/sessions/{session_id}/"
        self.vitals = f"{self.console}vitals/"

    def pulses(self):
        """Return the pulses that the server holds, in the order in which they arrived."""
        page = session_page(session_id=self.session_id, by=self.floor.nurse, now=timezone.now())
        return [e.event.heart_rate for e in page.entries if isinstance(e.event, VitalsRecorded)]

    def fill(self, pulse):
        self.page.goto(self.vitals, wait_until="load")
        self.page.get_by_label("Pulse, a minute").locator("visible=true").fill(str(pulse))

    def save(self):
        self.page.get_by_role("button", name="Save the reading").locator("visible=true").click()

    def enter(self, pulse):
        self.fill(pulse)
        self.save()
        self.page.wait_for_url(self.console)
        self.page.wait_for_load_state("load")

    def cut(self, is_cut):
        self.page.context.set_offline(is_cut)

    def sleep(self, is_asleep):
        """Freeze the page, as a tablet does that sleeps, or wake it."""
        session = self.page.context.new_cdp_session(self.page)
        state = "frozen" if is_asleep else "active"
        session.send("Page.setWebLifecycleState", {"state": state})
        session.detach()

    def says(self, words):
        self.page.locator("#waiting", has_text=words).wait_for()

    def server_has(self, pulses):
        wait_until(lambda: self.pulses() == pulses, f"the server has {pulses}", 30)

    def lock(self):
        self.page.get_by_role("button", name="Lock", exact=True).click()
        self.page.get_by_role("link", name="Sign in to go on").wait_for()

    def take_over(self, username):
        """The next person goes on with their own proof."""
        self.page.get_by_role("link", name="Sign in to go on").click()
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").nth(1).fill(PASSWORD)
        self.page.get_by_role("button", name="Take over").click()
        self.page.wait_for_url(self.console)
        self.page.wait_for_load_state("load")


def test_a_tablet_without_its_network(live_server, browser):
    floor = make_floor(timezone.now() - timedelta(minutes=12))
    session_id = infusing(floor)
    ana, ben = (make_login(floor.clinic, Role.NURSE).username for _ in range(2))
    with screen_on(browser, "tablet", is_keeping=True) as screen:
        tablet = Tablet(screen, live_server.url, floor, session_id)
        page, before = tablet.page, len(tablet.pulses())
        page.add_init_script(UNREACHED)
        screen.log_in(live_server.url, ana, PASSWORD)
        screen.goto(tablet.console)
        page.evaluate(KEPT, [f"/sessions/{session_id}/", f"/sessions/{session_id}/without-network/"])

        tablet.cut(True)
        tablet.enter(71)
        tablet.fill(72)
        page.get_by_role("button", name="Save the reading").locator("visible=true").dblclick()
        page.wait_for_url(tablet.console)
        tablet.says("2 entries wait on this device")
        assert "NOT LIVE since" in page.locator("#not-live b").text_content()
        assert page.evaluate(ON_DISK) == [["box", "id", "iv", "owner", "place"]] * 2
        screen.picture("session-without-network")
        page.get_by_role("button", name="Emergency").first.click()
        page.get_by_role("alert").filter(has_text="nobody has been told").wait_for()
        tablet.fill(1200)
        tablet.save()
        page.wait_for_url(tablet.console)
        tablet.says("4 entries wait on this device")
        page.goto(f"{tablet.console}release/", wait_until="load")
        assert page.get_by_role("heading", name="The server is out of reach").is_visible()
        assert len(tablet.pulses()) == before

        screen.goto(tablet.console)
        tablet.sleep(True)
        tablet.cut(False)
        tablet.sleep(False)
        tablet.says("1 entry was not taken")
        assert tablet.pulses()[before:] == [71, 72]
        screen.picture("session-entry-refused")
        screen.complaints.clear()  # of addresses out of reach
        screen.check()
        page.get_by_role("link", name="Mend").click()
        page.wait_for_function(REFUSED_IS_HERE)
        page.get_by_label("Pulse, a minute").fill("73")
        tablet.save()
        page.wait_for_url(tablet.console)
        all_saved = [*tablet.pulses()[:before], 71, 72, 73]
        tablet.server_has(all_saved)

        # The answer is lost after the server has saved: the same entry is sent again, and counts once.
        page.evaluate("() => sessionStorage.setItem('test-lost', 'on')")
        tablet.enter(74)
        tablet.server_has([*all_saved, 74])
        page.go_back(wait_until="load")
        page.go_forward(wait_until="load")

        # What Ana made is hers: Ben neither sees nor sends it; it goes out when she is back.
        page.goto(tablet.console, wait_until="load")
        wait_until(lambda: page.evaluate(HAS_KEY), "the key is here", 30)
        wait_until(lambda: page.evaluate(ON_DISK) == [], "what was sent twice has left the tablet", 30)
        page.evaluate("() => sessionStorage.setItem('test-cut', 'on')")
        tablet.enter(75)
        tablet.says("1 entry waits on this device")
        tablet.lock()
        page.evaluate("() => sessionStorage.removeItem('test-cut')")
        tablet.take_over(ben)
        tablet.says("Entries of others wait here too: 1")
        assert "75" not in page.locator("#waiting").inner_text()
        tablet.enter(76)
        tablet.server_has([*all_saved, 74, 76])
        assert len(page.evaluate(ON_DISK)) == 1
        tablet.lock()
        tablet.take_over(ana)
        tablet.server_has([*all_saved, 74, 76, 75])
        page.wait_for_function("() => document.getElementById('waiting').hidden")
        assert page.evaluate(ON_DISK) == []
        assert page.evaluate(KEPT_PAGES) > 0
        screen.goto(f"{live_server.url}/log-out/")
        page.get_by_role("main").get_by_role("button", name="Log out").click()
        page.wait_for_url("**/log-in/**")
        wait_until(lambda: page.evaluate(KEPT_PAGES) == 0, "no page is left on the tablet", 30)


def test_left_alone_without_its_network_it_stays_in_sight_and_takes_no_entry(live_server, browser):
    floor = make_floor(timezone.now() - timedelta(minutes=12))
    session_id = infusing(floor)
    with screen_on(browser, "tablet") as screen:
        page = screen.page
        page.clock.install()
        screen.log_in(live_server.url, make_login(floor.clinic, Role.NURSE).username, PASSWORD)
        screen.goto(f"{live_server.url}/sessions/{session_id}/")
        wait_until(lambda: page.evaluate(KEYS) == 1, "the key of the maker is here", 30)
        page.context.set_offline(True)
        page.clock.fast_forward("11:00")
        page.locator("#locked-here").wait_for()
        assert page.get_by_role("heading", name="Timeline").is_visible()
        assert page.locator("main form, .idbar form").count() == 0
        assert page.evaluate(KEYS) == 0
        screen.picture("session-locked-without-network")
