"""The pages of the REMS: how sites and people stand, and what is recorded of one."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.record_rems_enrolment import record_rems_enrolment
from kairos.actions.record_site_certification import record_site_certification
from kairos.domain.protocols.rems import RemsState, RemsStatement
from kairos.queries.rems import RemsPage, Stated, rems_page
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import SentenceForm

VERDICT_WORDS = {
    Verdict.MET: gettext_lazy("Holds"),
    Verdict.NOT_MET: gettext_lazy("Ended or out of date: no dose starts"),
    Verdict.UNKNOWN: gettext_lazy("Not on record: no dose starts"),
}
_STATES = (
    (RemsState.HOLDS, gettext_lazy("It holds from this day")),
    (RemsState.ENDED, gettext_lazy("It has ended on this day")),
)


def _day(label: Any, *, required: bool) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class StatementForm(SentenceForm):
    """From which day it holds or has ended, its last day, and what proves it."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("What you record"), coerce=RemsState, choices=_STATES, widget=forms.RadioSelect
    )
    on = _day(gettext_lazy("From which day"), required=True)
    until = _day(gettext_lazy("Its last day, if it has one"), required=False)
    reference = forms.CharField(label=gettext_lazy("Number or paper that proves it"), required=False)

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides of whom."""
        told = dict(self.cleaned_data)
        return {"command_id": told.pop("command_id"), "statement": RemsStatement(**told)}


@allow(Permission.KEEP_REMS)
@require_GET
def show_rems(request: ActingRequest) -> HttpResponse:
    """Show how every site and every person with an esketamine course stands."""
    found = rems_page(by=cast(Actor, request.actor), now=timezone.now())
    return render(request, "clinic/rems/rems.html", {"rems": found, "words": VERDICT_WORDS})


@allow(Permission.KEEP_REMS)
@require_http_methods(["GET", "POST"])
def certify(request: ActingRequest, site_id: UUID) -> HttpResponse:
    """Record a site's certification."""
    return _record(request, lambda page: page.sites, site_id, record_site_certification, "site_id")


@allow(Permission.KEEP_REMS)
@require_http_methods(["GET", "POST"])
def enrol(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Record a person's enrolment."""
    return _record(request, lambda page: page.people, person_id, record_rems_enrolment, "person_id")


def _record(
    request: ActingRequest,
    of: Callable[[RemsPage], tuple[Stated, ...]],
    key: UUID,
    action: Callable[..., UUID],
    named: str,
) -> HttpResponse:
    by, now = cast(Actor, request.actor), timezone.now()
    stated = next((each for each in of(rems_page(by=by, now=now)) if each.id == key), None)
    if stated is None:
        raise Http404
    form = StatementForm(request.POST or None)
    if form.is_valid():
        try:
            action(by=by, now=now, **{named: key}, **form.given())
            messages.info(request, _("Recorded. The gate before a dose asks for it from now on."))
            return redirect("rems")
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, "stated": stated, "words": VERDICT_WORDS}
    return render(request, "clinic/rems/record.html", found, status=400 if form.errors else 200)
