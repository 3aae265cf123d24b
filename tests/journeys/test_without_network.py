"""The network dies at the chair: entries wait on the device, belong to their maker, and arrive once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.domain.sessions.events import VitalsRecorded
from kairos.queries.dosing_sessions import session_page
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import screen_on
from tests.support.running_session import infusing, make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEPT = """async (urls) => {
  for (const end = Date.now() + 30000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    const found = await Promise.all(urls.map((url) => caches.match(url, { cacheName: "kairos-pages" })));
    if (found.every(Boolean)) return;
  }
  throw new Error("the pages were not kept");
}"""


def entries(floor, session_id, kind):
    page = session_page(session_id=session_id, by=floor.nurse, now=timezone.now())
    return [each for each in page.entries if isinstance(each.event, kind)]


def wait_for(page, words):
    page.locator("#waiting", has_text=words).wait_for()


def take_vitals(page, url, pulse):
    page.goto(url, wait_until="load")
    page.get_by_label("Pulse, a minute").locator("visible=true").fill(str(pulse))
    page.get_by_role("button", name="Save the reading").locator("visible=true").click()


def test_entries_wait_and_arrive_once(live_server, browser):
    floor = make_floor(timezone.now() - timedelta(minutes=12))
    session_id = infusing(floor)
    base = live_server.url
    console, vitals = f"{base}/sessions/{session_id}/", f"{base}/sessions/{session_id}/vitals/"
    login = make_login(floor.clinic, Role.NURSE)
    with screen_on(browser, "tablet", is_keeping=True) as screen:
        page, context = screen.page, screen.page.context
        screen.log_in(base, login.username, PASSWORD)
        screen.goto(console)
        page.evaluate(KEPT, [f"/sessions/{session_id}/", f"/sessions/{session_id}/without-network/"])
        context.set_offline(True)
        for pulse in (71, 72):
            take_vitals(page, vitals, pulse)
            page.wait_for_url(console)
        wait_for(page, "2 entries wait on this device")
        screen.picture("session-without-network")
        context.set_offline(False)
        page.locator("#waiting").wait_for(state="hidden")
        assert [each.event.heart_rate for each in entries(floor, session_id, VitalsRecorded)][-2:] == [71, 72]
