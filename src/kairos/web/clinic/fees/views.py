"""Say what is so of somebody's fee; see who reaches treatment, by group, small counts hidden."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kairos.actions.say_of_fee import say_of_fee
from kairos.domain.outcomes.access_report import GROUPS, FeeState, Grouping
from kairos.queries.access_reports import AccessReport, access_reports, fee_of
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm

FEE_WORDS = {
    FeeState.ASKED: gettext_lazy("Asked to pay less"),
    FeeState.WAIVED: gettext_lazy("Fee waived, in whole or in part"),
    FeeState.REFUSED: gettext_lazy("Asked, and not waived"),
    FeeState.ENDED: gettext_lazy("Was waived, and is no longer"),
}
GROUPING_WORDS = {
    Grouping.SEX: gettext_lazy("By sex"),
    Grouping.AGE: gettext_lazy("By age"),
    Grouping.LANGUAGE: gettext_lazy("By language"),
    Grouping.FEE: gettext_lazy("By fee"),
}
GROUP_WORDS: dict[str, Any] = {
    **{state.value: word for state, word in FEE_WORDS.items()},
    "full": gettext_lazy("Did not ask to pay less"),
    "female": gettext_lazy("Women"),
    "male": gettext_lazy("Men"),
    "other": gettext_lazy("Other"),
    "not_known": gettext_lazy("Not known"),
    "under_30": gettext_lazy("Under 30 years"),
    "30_to_44": gettext_lazy("30 to 44 years"),
    "45_to_59": gettext_lazy("45 to 59 years"),
    "60_on": gettext_lazy("60 years and older"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
}


class FeeForm(CommandForm):
    """What is so of a fee."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("What is so"), coerce=FeeState, choices=FEE_WORDS.items(), widget=forms.RadioSelect
    )


@allow(Permission.PLAN_COURSE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_fee(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what is known of a fee, and keep what is so now."""
    by = cast(Actor, request.actor)
    identity, state = fee_of(person_id=person_id, by=by)
    form = FeeForm(request.POST or None, initial={"state": state})
    if request.method == "POST" and form.is_valid():
        say_of_fee(person_id=person_id, by=by, now=timezone.now(), **form.cleaned_data)
        messages.info(request, _("Kept. Nothing of the treatment depends on it."))
        return redirect("fee", person_id=person_id)
    shown = {"form": form, "name": identity.shown_name, "person_id": person_id}
    shown["standing"] = FEE_WORDS[state] if state else _("Nobody asked to pay less.")
    return render(request, "clinic/fees/fee.html", shown, status=400 if form.errors else 200)


@allow(Permission.SEE_PROGRAMME)
@require_safe
def show_access(request: ActingRequest) -> HttpResponse:
    """Show who reaches treatment, by group."""
    found = [_shown(each) for each in access_reports(by=cast(Actor, request.actor), now=timezone.now())]
    return render(request, "clinic/fees/access.html", {"programmes": found})


def _shown(report: AccessReport) -> dict[str, Any]:
    tables = []
    for grouping, groups in GROUPS.items():
        shown = report.tables[grouping]
        rows = [{"word": GROUP_WORDS[group], "counts": shown.rows[group]} for group in groups]
        tables.append({"heading": GROUPING_WORDS[grouping], "rows": rows, "totals": shown.totals})
    return {"name": report.name, "smallest": report.smallest, "tables": tables}
