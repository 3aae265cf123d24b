"""A patient's pages by keyboard alone, at four times the size, on paper, and without a network.

One patient, one phone. Axe, width, paper and movement are asked of every own page that a route leads to.
"""

import pytest
from django.test import Client

from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving, screen_on
from tests.support.clinic import make_clinic, make_person
from tests.support.facts import yes
from tests.support.patient_pages import pages
from tests.support.screened import keep

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BY_KEYBOARD = (
    *("/my/today/", "/my/record/known/?kind=answer", "/my/sharing/", "/my/record/forgetting/"),
    "/aid/my-questions/",
)
"""Walked from the first stop to the last: pages of forms and lists."""
STOPS = """() => {
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  return stops.filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility()).length;
}"""
WALKED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll("*")].indexOf(e),
    radio: e.type === "radio",
    marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== "none",
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    what: e.outerHTML.slice(0, 120),
  };
}"""
ON_PAPER = """() => [...document.querySelectorAll(".tabs, .skip, .band, nav, .ptbar .btn, .btn, button")]
  .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 100))"""
MOVES = """() => document.getAnimations().filter((each) => each.playState === "running").length"""
KEPT = """async (urls) => {
  for (const end = Date.now() + 30000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    const found = await Promise.all(urls.map((url) => caches.match(url, { cacheName: "kairos-pages" })));
    if (navigator.serviceWorker.controller && found.every(Boolean)) return;
  }
  throw new Error("the pages were not kept");
}"""
PRIVATE = """() => caches.open("kairos-pages").then((kept) => kept.keys())
  .then((pages) => pages.filter((each) => each.url.includes("/my/")).length)"""


def own_pages(client):
    """Return the patient's own pages that routes lead to; those for anyone have journeys of their own."""
    return ["/help/", *(address for address in pages(client) if address.startswith("/my/"))]


def walk_by_keyboard(page):
    """Press Tab from the top to the end; return how many stops there are, after asking each what it shows."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    first, last, count = None, -1, 0
    most = page.evaluate(STOPS) + 2
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WALKED)
        if stop is None or stop["place"] == first:
            break
        first = stop["place"] if first is None else first
        assert stop["marked"], f"{page.url}: no mark on {stop['what']}"
        assert stop["seen"], f"{page.url}: out of sight: {stop['what']}"
        assert stop["place"] > last, f"{page.url}: goes back to {stop['what']}"
        last, count = stop["place"], count + 1
    else:
        raise AssertionError(f"{page.url}: Tab does not leave the page after {most} stops")
    return count


def test_the_pages_of_a_patient_for_everybody(live_server, browser):
    clinic = make_clinic()
    person_id = make_person(clinic)
    keep(clinic, person_id, [yes("aneurysm_or_malformation")])
    username = make_login(clinic, Role.PATIENT, person_id=person_id).username
    signed_in = Client()
    signed_in.post("/log-in/", {"login": username, "password": PASSWORD})
    with screen_on(browser, "narrow", "light") as screen:
        page = screen.page
        screen.log_in(live_server.url, username, PASSWORD)
        screen.goto(f"{live_server.url}/my/today/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.id") == "main", (
            "the first stop leads to the main part"
        )
        for address in BY_KEYBOARD:
            screen.goto(live_server.url + address)
            assert walk_by_keyboard(page) > 5
        wide, printed, moving, faults = {}, {}, {}, {}
        for address in own_pages(signed_in):
            screen.goto(live_server.url + address)
            wide[address] = screen.scrolls_sideways()
            moving[address] = page.evaluate(MOVES)
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            faults[address] = screen.axe()
            page.emulate_media(media="print")
            printed[address] = page.evaluate(ON_PAPER)
            page.emulate_media(media="screen")
        assert len(wide) > 25
        assert {address: found for address, found in wide.items() if found} == {}, "wider than 320 pixels"
        assert {address: found for address, found in faults.items() if found} == {}, "by axe"
        assert {address: found for address, found in printed.items() if found} == {}, "on paper"
        assert {address: found for address, found in moving.items() if found} == {}, "moves"


def test_without_a_network_and_after_log_out(live_server, browser):
    clinic = make_clinic()
    username = make_login(clinic, Role.PATIENT, person_id=make_person(clinic)).username
    with screen_on(browser, "phone", "light", is_keeping=True) as screen:
        page, base = screen.page, live_server.url
        screen.log_in(base, username, PASSWORD)
        screen.goto(f"{base}/my/today/")
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        screen.goto(f"{base}/my/today/")
        page.evaluate(KEPT, ["/my/today/", "/my/home/"])
        page.context.set_offline(True)
        assert "What works now" in text_of(screen, f"{base}/my/team/")
        assert "Hello" in text_of(screen, f"{base}/my/today/")
        assert page.evaluate("() => 'keptAt' in document.documentElement.dataset")
        assert "988" in text_of(screen, f"{base}/help/")
        text_of(screen, f"{base}/help/when-to-call/")
        page.context.set_offline(False)
        screen.goto(f"{base}/my/record/")
        assert page.evaluate(PRIVATE) > 1
        with leaving(page):
            page.get_by_role("button", name="Log out", exact=True).click()
        assert page.evaluate(PRIVATE) == 0


def text_of(screen, address):
    screen.goto(address)
    return screen.page.locator("main").text_content()
