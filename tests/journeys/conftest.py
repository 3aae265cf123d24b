"""A real browser against a real server and database. Without Chromium these tests fail."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import Screen, launch, screen_on

# Playwright's own loop runs in this thread; the database is used in it on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OpenScreen = Callable[..., Screen]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once a session."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def open_screen(browser: Browser) -> Iterator[OpenScreen]:
    """Open screens: ``open_screen("phone")``, or in one theme ``open_screen("phone", "dark")``."""
    with ExitStack() as stack:
        yield lambda size="desk", *themes: stack.enter_context(screen_on(browser, size, *themes))
