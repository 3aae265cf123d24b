"""The journal, all of it to take away, and the page for writing without a network."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kairos.queries.journal import own_journal
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.portal.journal.shown import page_of

SHOWN = 20
"""So many entries are on the first view; the others are one press away: a phone may have little network."""


@allow(Permission.SEE_OWN_RECORD)
@never_cache
@require_GET
def show_journal(request: ActingRequest) -> HttpResponse:
    """Show the journal; before it is set up, or where both its secrets are lost, how a key is made."""
    journal = own_journal(by=cast(Actor, request.actor))
    shown = journal if "older" in request.GET else journal.newest(SHOWN)
    found = page_of(shown)
    found["has_older"] = len(shown.entries) < len(journal.entries)
    found["sets_up"] = not found["is_set_up"] or "anew" in request.GET
    name = "set_up" if found["sets_up"] else "journal"
    return render(request, f"portal/journal/{name}.html", found)


@allow(Permission.SEE_OWN_RECORD)
@never_cache
@require_GET
def show_all(request: ActingRequest) -> HttpResponse:
    """Show all entries, opened on the device, to save or print."""
    return render(request, "portal/journal/all.html", page_of(own_journal(by=cast(Actor, request.actor))))


@allow(public=True, reason="the page for writing without a network; nothing about anyone")
@require_GET
def show_without_network(request: HttpRequest) -> HttpResponse:
    """Show the page that a device keeps for writing when the server is out of reach."""
    return render(request, "portal/journal/without_network.html")
