"""Every page for patients and strangers, found by its route: a page that comes later is found too."""

from collections.abc import Iterator

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kairos.web.public.aid.shown import STEPS

AREAS = ("kairos.web.portal.", "kairos.web.public.")
EXAMPLES = {
    "aid_step": [f"/aid/{step.slug}/" for step in STEPS if step.slug],
    "portal_consent_part": ["/my/consent/read/before/"],
    "portal_fact_not_right": ["/my/record/known/not-right/?entry=identity.family_name"],
}
"""How to open a page that needs something in its address. Those about a row are opened by their own tests."""
ALSO = ("/log-in/",)
"""Pages of other areas that a patient opens first."""


def addresses() -> list[str]:
    """Return the addresses of these pages that open without a row of their own."""
    return [*ALSO, *(address for name, path in _routes() for address in EXAMPLES.get(name, _plain(path)))]


def pages(client: Client) -> dict[str, bytes]:
    """Return what each address answers that is a page, as it travels; what leads on or is a file is none."""
    found = {}
    for address in addresses():
        reply = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert reply.status_code < 500, address
        if reply.status_code == 200 and reply["Content-Type"].startswith("text/html"):
            assert reply.get("Content-Encoding") == "gzip", f"{address} travels as it is"
            found[address] = reply.content
    return found


def _plain(path: str) -> list[str]:
    return [] if "<" in path else [path]


def _routes() -> list[tuple[str, str]]:
    return list(_walk(get_resolver().url_patterns, "/"))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path)
        elif entry.callback.__module__.startswith(AREAS):
            yield entry.name or "", path
