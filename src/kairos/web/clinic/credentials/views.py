"""See which licences hold, and record that one was looked at."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kairos.actions.record_credential import record_credential
from kairos.domain.protocols.credentials import Credential
from kairos.queries.credentials import LicenceRow, licences
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import DATE
from kairos.web.forms import CommandForm
from kairos.web.frames import ROLE_WORDS

STANDING_WORDS = {
    Verdict.MET: gettext_lazy("Holds"),
    Verdict.NOT_MET: gettext_lazy("Expired: the role is blocked"),
    Verdict.UNKNOWN: gettext_lazy("Nobody looked at it yet"),
}


class LicenceForm(CommandForm):
    """Where it was looked at, under which number, on which day, and its last day."""

    source = forms.CharField(label=gettext_lazy("Register or paper that was looked at"), max_length=200)
    reference = forms.CharField(label=gettext_lazy("Number it stands under"), max_length=100)
    checked_on = forms.DateField(label=gettext_lazy("Looked at on"), widget=DATE)
    until = forms.DateField(label=gettext_lazy("Its last day"), widget=DATE)

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides of whom."""
        told = dict(self.cleaned_data)
        return {"command_id": told.pop("command_id"), "found": Credential(**told)}


def _shown(row: LicenceRow) -> dict[str, Any]:
    return {
        "row": row,
        "role": ROLE_WORDS[row.role],
        "standing": STANDING_WORDS[row.standing],
        "look": {Verdict.MET: "done", Verdict.NOT_MET: "caution", Verdict.UNKNOWN: "unknown"}[row.standing],
    }


@allow(Permission.SEE_PROGRAMME)
@require_safe
def show_licences(request: ActingRequest) -> HttpResponse:
    """Show every role that has a licence, those that do not hold first."""
    by = cast(Actor, request.actor)
    rows = [_shown(row) for row in licences(by=by, now=timezone.now())]
    shown = {"rows": rows, "may_keep": by.may(Permission.KEEP_READINESS)}
    return render(request, "clinic/credentials/licences.html", shown)


@allow(Permission.KEEP_READINESS)
@require_http_methods(["GET", "HEAD", "POST"])
def check_licence(request: ActingRequest, programme_id: UUID, user_id: UUID, role: str) -> HttpResponse:
    """Record that one licence was looked at."""
    by, now = cast(Actor, request.actor), timezone.now()
    asked = (programme_id, user_id, role)
    all_rows = licences(by=by, now=now)
    row = next((r for r in all_rows if (r.programme_id, r.user_id, r.role.value) == asked), None)
    if row is None:
        raise Http404
    form = LicenceForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            record_credential(
                programme_id=programme_id, user_id=user_id, role=row.role, by=by, now=now, **form.given()
            )
            messages.info(request, _("Kept. The earlier checks stay in the record."))
            return redirect("licences")
        except InvalidInput as error:
            form.take_problems(error)
    shown = _shown(row) | {"form": form}
    return render(request, "clinic/credentials/licence.html", shown, status=400 if form.errors else 200)
