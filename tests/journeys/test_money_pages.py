"""Money and choosing, seen by a stranger on a phone and by the programme's lead at a desk; light and dark."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from kairos.actions.publish_prices import publish_prices
from kairos.actions.publish_transparency import publish_transparency
from kairos.domain.eligibility.decision import Decision
from kairos.domain.evidence.price_list import PriceItem, PriceLine, PriceList
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.browser import leaving
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.courses import keep_decision

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LINES = (
    PriceLine(PriceItem.EVALUATION, Decimal(250), "90792", "an hour with a prescriber"),
    PriceLine("visit.iv_racemic_clinic", Decimal("485.50"), "96365", "medicine and watching"),
)


def publish(clinic, today: date) -> None:
    """Publish a price list, and the figures of twelve people who were decided about."""
    for number in range(12):
        keep_decision(clinic, make_person(clinic), Decision.START if number < 7 else Decision.NO)
    given = {
        "programme_id": clinic.programme_id,
        "by": staff(clinic, Role.PROGRAMME_LEAD),
        "now": timezone.now(),
    }
    publish_prices(prices=PriceList("USD", today, LINES), newest=0, command_id=new_id(), **given)
    publish_transparency(command_id=new_id(), **given)


def test_a_stranger_compares_and_a_lead_publishes(live_server, open_screen):
    clinic = make_clinic()
    publish(clinic, timezone.localdate())
    screen = open_screen("phone")
    screen.goto(f"{live_server.url}/choosing/")
    screen.page.get_by_role("group", name="Do they promise").get_by_label("Yes").check()
    with leaving(screen.page):
        screen.page.get_by_role("button", name="Add it up").click()
    screen.page.get_by_role("heading", name="These should make you stop").wait_for()
    screen.picture("scorecard")
    screen.goto(f"{live_server.url}/how-we-do/")
    screen.picture("figures")
    screen.check()
    desk = open_screen("desk")
    desk.log_in(live_server.url, make_login(clinic, Role.PROGRAMME_LEAD).username, PASSWORD)
    desk.goto(f"{live_server.url}/programme/{clinic.programme_id}/prices/new/")
    desk.picture("new-prices")
    desk.check()
