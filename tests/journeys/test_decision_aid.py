"""A stranger goes from "could this help me?" to a printed sheet, on a phone, and leaves nothing behind."""

import pytest

from kairos.store.records.audit import AuditEvent
from kairos.web.public.aid.shown import STEPS
from tests.support.browser import leaving

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_could_it_help_me_to_a_printed_sheet(live_server, open_screen):
    screen = open_screen("phone")
    page = screen.page
    screen.goto(f"{live_server.url}/log-in/")
    page.get_by_role("link", name="Could ketamine help me?").click()
    for step in STEPS[:-2]:
        page.wait_for_url(f"**/aid/{step.slug}/")
        page.wait_for_load_state("load")
        screen.picture(f"aid-{step.page}")
        screen.check()
        page.get_by_role("link", name="Next: ").click()
    page.wait_for_url("**/aid/my-questions/")
    page.get_by_label("What I want help for").select_option(label="Anxiety")
    page.get_by_label("I have to know what all of it costs").check()
    page.get_by_text("what makes you stop?").click()
    page.get_by_label("A question of my own").fill("May my sister sit beside me?")
    screen.picture("aid-questions")
    screen.check()
    with leaving(page):
        page.get_by_role("button", name="Put it on one sheet").click()
    for words in (
        "May my sister sit beside me?",
        "what makes you stop?",
        "I have to know what all of it costs",
    ):
        page.get_by_text(words).wait_for()
    screen.picture("aid-sheet")
    screen.check()
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("() => window.printed")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="What I want to ask").is_visible()
    assert not page.get_by_role("link", name="Back").is_visible()
    screen.page.pdf()
    assert AuditEvent.objects.count() == 0
