"""A patient's journal on a phone: locked on the device, shared and taken back, written on a train.

Then everything that the server holds is searched for the words, in a dump as a superuser takes it.
"""

import base64
import os
import subprocess

import pytest
from django.db import connection
from playwright.sync_api import expect

from kairos.cli.postgres_binaries import find_binaries
from kairos.cli.postgres_places import SUPERUSER
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import screen_on
from tests.support.clinic import make_clinic, make_person
from tests.support.log_watch import nothing_of_a_person_is_logged  # noqa: F401 - a fixture
from tests.support.processes import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSPHRASE = "otter lantern seven canal"
PRIVATE = f"the lake house {canaries.FREE_TEXT}"
SHARED = "I felt light as a boat"
ON_THE_TRAIN = "fields and fields from the window"
SHELL_HAS_JOURNAL = """async () => {
  for (const end = Date.now() + 30000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    if (navigator.serviceWorker.controller && await caches.match("/journal/without-network/")) return true;
  }
  return false;
}"""


def answer_is_lost(route):
    """Let the entry reach the server, and lose what it says to it."""
    route.fetch()
    route.abort()


def dump(server):
    """Return the whole database as text, as a superuser takes it."""
    at = server.address(SUPERUSER, connection.settings_dict["NAME"])
    program = find_binaries().folder / "pg_dump"
    words = [str(program), "--host", at["host"], "--username", at["user"], "--inserts", at["dbname"]]
    given = {**os.environ, "PGPASSWORD": at["password"]}
    return subprocess.run(words, env=given, check=True, capture_output=True, text=True).stdout


def forms_of(words):
    """Return how words would stand in a dump: as they are, in hexadecimal, in base64 at any place."""
    plain = words.encode()
    shifted = (base64.b64encode(bytes(n) + plain).decode()[(0, 2, 3)[n] :][:12] for n in range(3))
    return [words.lower(), plain.hex(), *(each.lower() for each in shifted)]


OPEN_KEYS = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos");
  opening.onsuccess = () => {
    const all = opening.result.transaction("keys").objectStore("keys").getAllKeys();
    all.onsuccess = () => {
      opening.result.close();
      done(all.result.filter((each) => each.endsWith("/journal")).length);
    };
  };
})"""
HAS_DRAFT = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos-journal");
  opening.onsuccess = () => {
    const all = opening.result.transaction("boxes").objectStore("boxes").getAll();
    all.onsuccess = () => {
      opening.result.close();
      done(all.result.length === 1 && !JSON.stringify(all.result).includes("thought"));
    };
  };
})"""
LEFT_ALONE = """() => new Promise((done) => {
  const opening = indexedDB.open("kairos");
  opening.onsuccess = () => {
    const keys = opening.result.transaction("keys", "readwrite").objectStore("keys");
    const all = keys.getAll();
    all.onsuccess = () => {
      for (const each of all.result) if (each.until) keys.put({ ...each, until: Date.now() - 1 });
      keys.transaction.oncomplete = () => { opening.result.close(); done(true); };
    };
  };
})"""


class Phone:
    """A patient's phone."""

    def __init__(self, screen, base):
        self.screen, self.page, self.base = screen, screen.page, base

    def journal(self):
        self.screen.goto(f"{self.base}/my/journal/")

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()

    def set_up(self):
        page = self.page
        self.press("Make my code")
        page.get_by_text("Say that you have read what is lost.").wait_for()
        page.get_by_label("I have read this.").check()
        page.get_by_label("Choose a passphrase").fill(PASSPHRASE)
        page.get_by_label("The same again").fill(PASSPHRASE)
        self.press("Make my code")
        code = page.locator("#code").inner_text()
        self.screen.picture("journal-code")
        page.get_by_label("Type the last four letters").fill(code[-4:])
        self.press("I have it. Open my journal")
        page.locator("#opened").wait_for()
        page.wait_for_load_state("load")
        return code

    def write(self, text):
        self.page.locator("#text").fill(text)
        self.press("Keep it")

    def entry(self, text):
        return self.page.locator("#entries > li", has_text=text)

    def unlock(self, secret=PASSPHRASE):
        self.page.get_by_label("Your passphrase", exact=True).fill(secret)
        self.press("Open it")


def test_a_journal_is_shared_taken_back_and_arrives_once_from_a_train(live_server, browser, postgres_server):
    clinic = make_clinic()
    person_id = make_person(clinic)
    patient = make_login(clinic, Role.PATIENT, person_id=person_id).username
    coach = make_login(clinic, Role.COACH).username
    with screen_on(browser, "phone", is_keeping=True) as screen, screen_on(browser, "desk", "light") as desk:
        phone, page = Phone(screen, live_server.url), screen.page
        screen.log_in(live_server.url, patient, PASSWORD)
        phone.journal()
        screen.picture("journal-before-the-first-word")
        screen.check()
        code = phone.set_up()
        page.locator("#text").fill("Sometimes I don't want to live")
        page.get_by_text("nobody was told.").wait_for()
        phone.write(PRIVATE)
        phone.entry(PRIVATE).get_by_text("Only you can read this").wait_for()
        page.wait_for_load_state("load")
        phone.write(SHARED)
        phone.entry(SHARED).get_by_text("Share it").click()
        screen.picture("journal")
        screen.check()
        phone.entry(SHARED).get_by_label(coach.title()).check()
        phone.entry(SHARED).get_by_role("button", name="Share this entry").click()
        phone.entry(SHARED).get_by_text(f"Shared with {coach.title()}").wait_for()

        desk.log_in(live_server.url, coach, PASSWORD)
        there = f"{live_server.url}/people/{person_id}/journal/"
        desk.goto(there)
        assert desk.page.get_by_text(SHARED).is_visible()
        assert PRIVATE not in desk.page.content()
        desk.picture("journal-shared")
        desk.check()
        phone.entry(SHARED).get_by_role("button", name="Take it back").click()
        page.get_by_text("Taken back.").wait_for()
        desk.goto(there)
        assert SHARED not in desk.page.content()
        assert desk.page.get_by_text("was taken back on").is_visible()

        # On the train: signed out by nobody, but without a network.
        page.wait_for_load_state("load")
        phone.press("Let me write here without a network")
        page.get_by_role("button", name="No longer on this device").wait_for()
        assert page.evaluate(SHELL_HAS_JOURNAL)
        page.context.set_offline(True)
        phone.journal()
        phone.unlock("not the passphrase")
        page.get_by_text("This does not open it.").wait_for()
        phone.unlock()
        phone.write(ON_THE_TRAIN)
        page.get_by_text("1 entry waits on this device.").wait_for()
        screen.picture("journal-without-network")
        page.route("**/my/journal/entries/", answer_is_lost, times=1)
        page.context.set_offline(False)
        page.get_by_text("Sent.").wait_for()
        screen.complaints.clear()  # of addresses out of reach, and of the answer that was lost
        phone.journal()
        expect(phone.entry(ON_THE_TRAIN)).to_have_count(1)

        phone.screen.goto(f"{live_server.url}/my/journal/all/")
        with page.expect_download() as saving:
            phone.press("Save as a table")
        saved = saving.value.path().read_text(encoding="utf-8-sig")
        assert all(words in saved for words in (PRIVATE, SHARED, ON_THE_TRAIN))
        screen.check()
        screen.goto(f"{live_server.url}/log-out/")
        page.get_by_role("main").get_by_role("button", name="Log out").click()
        page.wait_for_url("**/log-in/**")
        page.go_back(wait_until="load")
        page.go_back(wait_until="load")
        assert PRIVATE not in page.content()
        screen.log_in(live_server.url, patient, PASSWORD)
        phone.journal()
        page.locator("#unlock").wait_for()
        assert page.evaluate(OPEN_KEYS) == 0

        # The passphrase is lost: the code opens, and a new one is chosen.
        page.get_by_text("A new passphrase").click()
        page.get_by_label("Your code, or your passphrase").fill(code.lower().replace("-", " "))
        page.get_by_label("Choose a passphrase").fill("a wholly other sentence")
        page.get_by_label("The same again").fill("a wholly other sentence")
        phone.press("Use the new passphrase")
        page.get_by_text("Your new passphrase opens the journal").wait_for()
        phone.entry(PRIVATE).wait_for()
        screen.check()

        # Opened and left alone: after the time in which entry locks no page finds the key.
        assert page.evaluate(OPEN_KEYS) == 1
        page.locator("#text").fill("half a thought")
        wait_until(lambda: page.evaluate(HAS_DRAFT), "the draft is on the disk, closed", 30)
        page.evaluate(LEFT_ALONE)
        screen.goto(f"{live_server.url}/my/today/")
        wait_until(lambda: page.evaluate(OPEN_KEYS) == 0, "the key is gone", 30)
        phone.journal()
        phone.unlock("a wholly other sentence")
        expect(page.locator("#text")).to_have_value("half a thought")
    held = dump(postgres_server)
    assert "journalentry" in held
    for words in (PRIVATE, SHARED, ON_THE_TRAIN, PASSPHRASE, code, code.replace("-", "")):
        assert not [form for form in forms_of(words) if form in held.lower()], words
