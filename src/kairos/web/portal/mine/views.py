"""What is mine: the way to each part of it, and who looked at my record."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kairos.queries.own_log import own_log
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.portal.mine.log import log_lines, mark_of, place_of

NEWEST = 3


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_mine(request: ActingRequest) -> HttpResponse:
    """Show what is mine, the newest looks at my record first."""
    by = cast(Actor, request.actor)
    lines = log_lines(own_log(by=by, limit=NEWEST), by.id)
    return render(request, "portal/mine/mine.html", {"lines": lines})


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_log(request: ActingRequest) -> HttpResponse:
    """Show who looked at my record, page by page; all that was done with it, if asked for."""
    by = cast(Actor, request.actor)
    is_all, before = request.GET.get("all") == "1", request.GET.get("before", "")
    log = own_log(by=by, only_looks=not is_all, before=place_of(before))
    kept = {"all": "1"} if is_all else {}
    found = {
        "lines": log_lines(log, by.id),
        "is_all": is_all,
        "zone": log.zone,
        "older": "?" + urlencode(kept | {"before": mark_of(log.older)}) if log.older else "",
        "newest": ("?" + urlencode(kept)) if before else "",
    }
    return render(request, "portal/mine/log.html", found)
