"""A language in which every string is marked: what stands on a page unmarked was not given to gettext."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from kairos.content.release import load_release
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db

OPEN, CLOSE = "⟦", "⟧"
NO_WORDS = re.compile(r"^[\W\d_]*$")
# The name of the program, and of languages in their own words; on the page of all parts an invented person, a
# key and a unit.
DATA = {"Kairos", "Español", "Tomasz Wolski", "A", "mg"}

PAGES = {
    "stranger": ["/log-in/", "/help/", "/nothing-here/", "/design/"],
    Role.NURSE: [
        "/",
        "/account/",
        "/account/password/",
        "/account/second-factor/",
        "/account/unlock/",
        "/content/?q=nothing-has-this-name",
        "/log-out/",
    ],
    Role.ADMINISTRATOR: ["/accounts/", "/accounts/new/"],
    Role.PROGRAMME_LEAD: ["/programme/"],
}


class Visible(HTMLParser):
    """Collects the words a person sees or hears on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style")
        given = dict(attrs)
        spoken = ("aria-label", "alt", "title", "placeholder")
        self.words += [given[name] for name in spoken if given.get(name)]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


@pytest.fixture
def marked(monkeypatch):
    """Make every translation come back between marks."""

    def mark(text: str) -> str:
        return text if not text.strip() else f"{OPEN}{text}{CLOSE}"

    plain, plural, in_context = trans_real.gettext, trans_real.ngettext, trans_real.pgettext
    monkeypatch.setattr(translation._trans, "gettext", lambda text: mark(plain(text)))
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, n: mark(plural(one, many, n)))
    monkeypatch.setattr(translation._trans, "pgettext", lambda context, text: mark(in_context(context, text)))


def unmarked(page: str, data: set[str]) -> list[str]:
    """Return what stands on the page outside all marks, other than data and signs."""
    seen = Visible()
    seen.feed(page)
    text = "\n".join(seen.words)
    while OPEN in text:
        before, text = text, re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
        assert text != before, "marks that do not close"
    left = (line.strip() for line in text.splitlines())
    return [line for line in left if not NO_WORDS.match(line) and line.strip(":,. ") not in data | DATA]


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_every_word_of_the_frame_is_translated(who, marked):
    client, clinic = Client(), make_clinic()
    account = make_login(clinic, Role.NURSE if who == "stranger" else who)
    if who != "stranger":
        client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    contacts = {
        contact.label for book in load_release().crisis.values() for contact in book.contacts.values()
    }
    data = {account.display_name, account.username, "Ketamine", *contacts}
    for path in PAGES[who]:
        assert unmarked(client.get(path).content.decode(), data) == [], path
