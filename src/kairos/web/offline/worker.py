"""The service worker: one small script at the root, made of parts, its version the hash of what it keeps."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kairos.content.release import load_release
from kairos.web.access import allow
from kairos.web.frames import address_of
from kairos.web.offline.kept import open_pages

PARTS = ("js/offline_worker.js", "js/push_worker.js")
"""What the worker is made of, in this order; a part that is not there is left out."""
KEPT_KINDS = frozenset({".js", ".css", ".svg", ".woff2"})
_OF_OTHERS = ("django_htmx/htmx-2.min.js",)
_DIGITS = 16
_STILL: dict[str, Promise] = {
    "portal_home_sessions": _("Your session at home"),
    "portal_practices": _("Exercises"),
    "portal_journal": _("Your journal: what you write waits on this device"),
}
"""Own pages that a patient may look for without a network."""


@allow(public=True, reason="the program of the service worker; nothing about anyone")
@require_GET
def show_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; the browser asks for it anew each time."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@allow(public=True, reason="says that the server is out of reach; nothing about anyone")
@require_GET
def show_out_of_reach(request: HttpRequest) -> HttpResponse:
    """Show the page that a device keeps for when the server is out of reach."""
    return render(request, "offline/out_of_reach.html")


@allow(public=True, reason="says what works without a network; nothing about anyone")
@require_GET
def show_without_network(request: HttpRequest) -> HttpResponse:
    """Show what a patient can do while there is no network; their device keeps this page."""
    pages = [{"url": address_of(name), "words": words} for name, words in _STILL.items() if address_of(name)]
    return render(request, "offline/without_network.html", {"pages": pages})


@lru_cache(maxsize=1)
def _worker() -> str:
    pages = {"offline": reverse("out_of_reach"), "journal": reverse("journal_without_network")}
    pages["patient"] = reverse("without_network")
    kept = {"version": _version(), "shell": _shell(), "open": open_pages(), **pages}
    parts = json.dumps([static(name) for name in PARTS if finders.find(name)])
    return f"const KAIROS = {json.dumps(kept)};\nimportScripts(...{parts});\n"


def _shell() -> list[str]:
    """Return what a page is drawn with: under its hashed name, and scripts as other scripts import them."""
    imported = [f"/static/{name}" for name in _ours() if name.startswith("js/")]
    return sorted({static(name) for name in (*_ours(), *_OF_OTHERS)} | set(imported))


def _version() -> str:
    digest = sha256(load_release().version.encode())
    for name in _ours():
        digest.update(name.encode() + (_folder() / name).read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _ours() -> list[str]:
    folder = _folder()
    found = (path for path in folder.rglob("*") if path.suffix in KEPT_KINDS)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _folder() -> Path:
    return Path(__file__).resolve().parent.parent / "design" / "static"
