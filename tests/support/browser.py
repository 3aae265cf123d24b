"""A real Chromium for the journeys: sizes, themes, pictures, and axe on every page."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900), "narrow": (320, 720)}
THEMES = ("light", "dark")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_FAULTS = (
    "only => axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(found => found.violations)"
)
"""Runs every rule asked for; what is in order is not written out, which costs more than to find it so."""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
STREAM = """
window.EventSource = class extends EventTarget {
  constructor() {
    super();
    window.liveStream = this;
    setTimeout(() => this.dispatchEvent(new Event("open")));
  }
};
"""
"""Stands in for the stream, which a process gives that these tests do not start: open, and no word."""
PATIENT = """
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => timeout(Math.max(ms, 18000));
"""
"""A device waits some seconds for an answer and sends again later; a busy machine of tests takes longer."""
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def chromium_path() -> str:
    """Return where Chromium is; its absence is a failure, never a skipped test."""
    given = os.environ.get("KAIROS_CHROMIUM", "")
    found = next((place for place in (given, *PLACES) if place and Path(place).exists()), "")
    assert found, "no Chromium here: set KAIROS_CHROMIUM to its path, or install Debian's package chromium"
    return found


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)


def pictures_folder() -> Path:
    """Return where pictures go; git ignores it."""
    folder = Path(os.environ.get("KAIROS_PICTURES", ROOT / "var" / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Screen:
    """One page of one person on one device; remembers what the browser complained about."""

    page: Page
    size: str
    themes: tuple[str, ...]
    complaints: list[str] = field(default_factory=list)

    def goto(self, url: str) -> None:
        """Open an address and wait until it is quiet."""
        self.page.goto(url, wait_until="load")

    def log_in(self, base_url: str, username: str, password: str) -> None:
        """Log in by the form, as people do."""
        self.goto(f"{base_url}/log-in/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        with leaving(self.page):
            self.page.get_by_role("button", name="Log in", exact=True).click()

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page as ``name-size-theme.png``, in each theme."""
        for theme in self._each_theme():
            self.page.screenshot(path=pictures_folder() / f"{name}-{self.size}-{theme}.png", full_page=True)
        # It leaves empty style attributes behind, which htmx would copy, against the content policy.
        self.page.evaluate(
            """() => document.querySelectorAll('[style=""]').forEach((e) => e.removeAttribute("style"))"""
        )

    def _each_theme(self) -> Iterator[str]:
        """Give each theme while the page wears it; the first one stays on."""
        self.page.wait_for_load_state("load")
        for theme in reversed(self.themes):
            if len(self.themes) > 1:
                self.page.emulate_media(color_scheme=cast("Any", theme))
                self.page.evaluate(PAINTED)  # else the colours of the links may be those of the other theme
            yield theme

    def hear(self, topic: str, *, event: str = "changed") -> None:
        """Let the page hear over the stream that something changed, as its process would say."""
        told = {"kind": event, "data": json.dumps({"topic": topic, "id": "", "urgent": True})}
        self.page.evaluate(
            "told => window.liveStream.dispatchEvent(new MessageEvent(told.kind, {data: told.data}))", told
        )

    def axe(self) -> list[str]:
        """Return what axe finds against WCAG 2.0 to 2.2 A and AA and best practice, one line each.

        The whole of it is asked in one theme; in the other only what colours decide.
        """
        self.page.evaluate(AXE_SCRIPT)
        tags = {"type": "tag", "values": AXE_TAGS}
        colours = {"type": "rule", "values": ["color-contrast"]}
        return [
            f"{theme}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
            for theme in self._each_theme()
            for fault in self._violations(tags if theme == self.themes[0] else colours)
            for node in fault["nodes"]
        ]

    def _violations(self, only: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(AXE_FAULTS, only)
        return found

    def scrolls_sideways(self) -> list[str]:
        """Return what makes the page wider than the screen; nothing where it is not."""
        found: list[str] = self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const found = [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll"))
                .map((e) => e.outerHTML.slice(0, 120));
              return found.length ? found : ["something positioned out of a scrolling region"];
            }"""
        )
        return found

    def check(self) -> None:
        """Fail on axe violations, sideways scrolling, or anything the browser complained about."""
        # A bar at the foot lies over whatever is scrolled below it; at the end of the page nothing is.
        self.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        faults = self.axe()
        self.page.evaluate("scrollTo(0, 0)")
        assert not faults, "\n".join([self.page.url, *faults])
        wide = self.scrolls_sideways()
        assert not wide, f"{self.page.url} scrolls sideways at {self.size}: {wide}"
        assert not self.complaints, self.complaints


@contextmanager
def screen_on(
    browser: Browser, size: str = "desk", *themes: str, is_keeping: bool = False
) -> Iterator[Screen]:
    """Open a fresh browser session of one size, looked at in these themes; in both where none is named.

    Only one that is ``keeping`` has a service worker: it fetches the whole program once.
    """
    looks = themes or THEMES
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if looks[0] == "dark" else "light",
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
        service_workers="allow" if is_keeping else "block",
    )
    context.set_default_timeout(30_000)  # only a failure waits so long; a busy machine may need some of it
    screen = Screen(context.new_page(), size, looks)
    context.add_init_script(STREAM + PATIENT)
    screen.page.on("console", lambda message: _note(screen, message))
    screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
    try:
        yield screen
    finally:
        context.close()


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """Wait until what the block presses has brought another page, and all of it.

    Pressing alone waits for nothing: asked at once, the page that is left says that it has loaded, and
    what was sent is dropped by the next address.
    """
    with page.expect_navigation(wait_until="load"):
        yield


@contextmanager
def swapping(page: Page) -> Iterator[None]:
    """Wait until what the block asks for has been put into the page.

    The page has to have loaded first: a button pressed while its script is still on the way sends the
    form the plain way, and the whole page comes anew.
    """
    page.wait_for_load_state("load")
    page.evaluate(
        "() => { window.swapped = new Promise("
        "(done) => document.body.addEventListener('htmx:afterSettle', done, { once: true })) }"
    )
    yield
    page.evaluate("() => window.swapped.then(() => true)")


def _note(screen: Screen, message: ConsoleMessage) -> None:
    if message.type == "error":
        screen.complaints.append(message.text)
