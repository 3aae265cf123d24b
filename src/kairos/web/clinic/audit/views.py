"""The audit: what happened, newest first, and whether the chain is whole."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.check_audit import check_audit
from kairos.queries.audit import audit_chain, audit_page
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.audit.forms import LookForm, mark_of
from kairos.web.clinic.audit.lines import lines_of
from kairos.web.forms import CommandForm


@allow(Permission.SEE_AUDIT)
@require_GET
def show_audit(request: ActingRequest) -> HttpResponse:
    """Show one page of events, and where the chain stands."""
    by = cast(Actor, request.actor)
    form = LookForm(request.GET)
    is_valid = form.is_valid()
    page = audit_page(by=by, **(form.cleaned_data if is_valid else {}))
    found = {
        "form": form,
        "lines": lines_of(page) if is_valid else [],
        "chain": audit_chain(by=by),
        "zone": page.zone,
        "is_narrowed": any(form.cleaned_data.get(name) for name in ("day", "action", "person_id")),
        "older": _with(request, before=mark_of(page.older)) if is_valid and page.older else "",
        "newest": _with(request, before="") if request.GET.get("before") else "",
    }
    return render(request, "clinic/audit/audit.html", found, status=200 if is_valid else 400)


@allow(Permission.SEE_AUDIT)
@require_POST
def check(request: ActingRequest) -> HttpResponse:
    """Verify the whole audit now; the result stands on the page, and in the audit."""
    form = CommandForm(request.POST)
    if form.is_valid():
        check_audit(by=cast(Actor, request.actor), now=timezone.now(), **form.cleaned_data)
    return redirect("audit")


def _with(request: HttpRequest, **changed: str) -> str:
    """Return this page's question with a part of it changed."""
    kept = {name: request.GET.get(name, "") for name in ("day", "action", "person_id")} | changed
    return "?" + urlencode({name: value for name, value in kept.items() if value})
