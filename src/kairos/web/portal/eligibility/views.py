"""May I start? What the rules say about oneself, and the two ways to object."""

from datetime import timedelta
from math import ceil
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.object_to_finding import object_to_finding
from kairos.domain.eligibility.objections import ObjectionKind
from kairos.queries.own_eligibility import OwnEligibility, own_eligibility
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import HOUR
from kairos.web.access import ActingRequest, allow
from kairos.web.portal.eligibility.forms import ObjectionForm
from kairos.web.portal.eligibility.shown import OwnReader, own_page, own_row


def _page(request: ActingRequest) -> OwnEligibility:
    return own_eligibility(by=cast(Actor, request.actor), now=timezone.now())


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_own(request: ActingRequest) -> HttpResponse:
    """Show what the rules say, what can change it, and what to do where it is not right."""
    return render(request, "portal/eligibility/may_i_start.html", own_page(_page(request)))


@allow(Permission.OBJECT_TO_FINDING)
@require_http_methods(["GET", "POST"])
def contest(request: ActingRequest) -> HttpResponse:
    """Say that one finding is not right."""
    page, rule = _page(request), request.GET.get("rule", "")
    finding = next((f for f in page.screening.findings if f.rule == rule), None)
    if finding is None or rule not in page.content.release.rules:
        raise Http404
    return _objection(request, page, ObjectionKind.NOT_RIGHT, rule, own_row(OwnReader.of(page), finding))


@allow(Permission.OBJECT_TO_FINDING)
@require_http_methods(["GET", "POST"])
def ask_again(request: ActingRequest) -> HttpResponse:
    """Ask that another clinician looks at it."""
    return _objection(request, _page(request), ObjectionKind.SECOND_LOOK, "", None)


def _objection(
    request: ActingRequest, page: OwnEligibility, kind: ObjectionKind, rule: str, row: dict[str, Any] | None
) -> HttpResponse:
    """Show the form, or send what was written and go back to the page that says so."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"kind": kind, "rule": rule, **form.cleaned_data}
        try:
            object_to_finding(by=cast(Actor, request.actor), now=timezone.now(), **given)
            messages.success(request, _("Your team has it now."))
        except NotAllowed:
            messages.info(request, _("Your team has this already. Nothing more is needed from you."))
        return redirect("portal_may_i_start")
    found = {"form": form, "row": row, "within": _within(page, kind)}
    status = 400 if form.is_bound else 200
    return render(request, "portal/eligibility/object.html", found, status=status)


def _within(page: OwnEligibility, kind: ObjectionKind) -> str:
    on = page.screening.as_of.on
    hours = page.content.parameters.quantity(kind.answer_within, on=on).value_in(HOUR)
    days = ceil(timedelta(hours=hours) / timedelta(days=1))
    return ngettext("within one day", "within %(n)d days", days) % {"n": days}
