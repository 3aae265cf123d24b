"""Every page of the frame, on every device, light and dark: axe finds nothing, nothing is cut off."""

import pytest

from tests.support.browser import SIZES, THEMES

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OPEN_PAGES = {"log-in": "/log-in/", "design": "/design/", "nothing-here": "/nothing-here/"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_open_pages(live_server, open_screen, size, theme):
    screen = open_screen(size, theme)
    for name, path in OPEN_PAGES.items():
        screen.goto(live_server.url + path)
        screen.picture(name)
        if name == "nothing-here":
            screen.complaints.clear()
        screen.check()
