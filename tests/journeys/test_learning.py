"""Anyone compares routes on one picture; another is drawn at the press of a button."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_routes_are_compared_on_one_picture(live_server, open_screen, size):
    screen = open_screen(size)
    screen.goto(f"{live_server.url}/learn/routes/")
    page = screen.page
    assert "Nose" not in page.locator("#routes-picture tbody").inner_text()
    page.get_by_label("Nose").check()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Draw").click()
    assert "studies say 11 to 45" in page.locator("#routes-picture tbody").inner_text()
    assert page.get_by_text("Simulation, not a measurement").locator("visible=true").count()
    screen.picture("routes-compared")
    screen.check()
