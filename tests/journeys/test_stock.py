"""A delivery is received, a nurse counts without seeing the book, and the pharmacist closes what differs."""

import pytest

from kairos.actions.dispense_stock import dispense_stock
from kairos.domain.stock.dose_source import Keeping
from kairos.store.repositories import stock
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import declare_keeping
from tests.support.running_session import make_floor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(screen, name):
    """Press a button or a way on, and wait for the page after it."""
    role = "button" if screen.page.get_by_role("button", name=name, exact=True).count() else "link"
    with screen.page.expect_navigation(wait_until="load"):
        screen.page.get_by_role(role, name=name, exact=True).click()


def seen(screen, name):
    screen.picture(name)
    screen.check()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_stock_is_received_counted_blind_and_a_difference_closed(live_server, open_screen, size):
    floor = make_floor()
    with scoped(floor.clinic.scope):
        declare_keeping(floor.clinic, Keeping.HERE)
    screen = open_screen(size)
    screen.log_in(live_server.url, make_login(floor.clinic, Role.PHARMACIST).username, PASSWORD)
    screen.goto(f"{live_server.url}/stock/")
    press(screen, "Receive a delivery")
    fields = {
        "As the label says it": "Ketamine 50 mg in 5 mL",
        "Lot number": "KT2502",
        "Use until": "2027-10-31",
    }
    fields |= {"Use until": "2027-10-31", "In one container": "50"}
    fields |= {"How many containers came": "40", "Invoice or order form": "2502"}
    screen.page.get_by_label("Medicine").select_option("racemic_injection")
    for label, value in fields.items():
        screen.page.get_by_label(label).fill(value)
    seen(screen, "stock-receive")
    press(screen, "Enter what came")
    with scoped(floor.clinic.scope):
        (lot,) = stock.lots_of(floor.clinic.scope)
    floor.do(dispense_stock, 0, order_id=floor.order_id, lot_id=lot.id)
    count(floor, live_server, open_screen(size))
    screen.goto(f"{live_server.url}/stock/")
    seen(screen, "stock")
    press(screen, "Look at it 1")
    screen.page.get_by_label("Spilled or broken unseen; the book follows the count").check()
    screen.page.get_by_label("What you looked at and found").fill("A drop on the tray, seen by both of us.")
    seen(screen, "stock-difference")
    press(screen, "Close it with this reason")
    press(screen, "KT2502")
    seen(screen, "stock-register")
    screen.goto(f"{live_server.url}/stock/lots/{lot.id}/destroy/")
    seen(screen, "stock-destroy")


def count(floor, live_server, screen):
    """Count as a nurse, who has accounted for nothing yet."""
    screen.log_in(live_server.url, make_login(floor.clinic, Role.NURSE).username, PASSWORD)
    screen.goto(f"{live_server.url}/stock/")
    press(screen, "Account for it 50 mg, " + floor_name(screen))
    seen(screen, "stock-account")
    screen.goto(f"{live_server.url}/stock/count/{floor.clinic.site_id}/")
    assert "1950" not in screen.page.inner_text("main")
    screen.page.get_by_label("closed containers").fill("38")
    screen.page.get_by_label("in opened containers").fill("49.375")
    seen(screen, "stock-count")
    press(screen, "This is what I counted")
    screen.page.get_by_text("One lot differs from the book").wait_for()


def floor_name(screen):
    """Return whose dose is out, as the list says it."""
    return screen.page.locator(".stocklist h3").first.inner_text()
