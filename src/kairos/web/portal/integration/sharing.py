"""Let one's own therapist outside the clinic read: make a link, see each look, end it."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.end_outside_share import end_outside_share
from kairos.actions.share_outside import share_outside
from kairos.domain.integration.sharing import SharePart
from kairos.queries.integration import IntegrationPage, own_integration
from kairos.queries.outside_share import fresh_address
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.integration.acting import actor, at_once

PARTS = {
    SharePart.DAYS: gettext_lazy("The days after my session: the steps and exercises I did"),
    SharePart.MEETINGS: gettext_lazy("Summaries of talks that I agreed to"),
    SharePart.INSIGHTS: gettext_lazy("Cards that my coach may read too"),
    SharePart.HABITS: gettext_lazy("Habits that my coach may see too"),
}
USUAL_DAYS = 7


class ShareForm(CommandForm):
    """For whom, which parts, for how long."""

    recipient = forms.CharField(label=gettext_lazy("Who may read it"), required=False)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What they may read"),
        choices=[(part.value, words) for part, words in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.IntegerField(label=gettext_lazy("For how many days"), initial=USUAL_DAYS)


@allow(Permission.INTEGRATE)
@require_http_methods(["GET", "POST"])
def show_shares(request: ActingRequest) -> HttpResponse:
    """Show the links with every look at them, and make one; its address is shown this once."""
    by, now, form = actor(request), timezone.now(), ShareForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        address = fresh_address()
        given = form.cleaned_data | {"parts": tuple(form.cleaned_data["parts"])}
        try:
            share_outside(address=address, by=by, now=now, **given)
            link = request.build_absolute_uri(reverse("outside", args=[address]))
            form = ShareForm()
        except InvalidInput as error:
            form.take_problems(error)
    page = own_integration(by=by, now=now)
    found = {"form": form, "link": link, "shares": _shown(page, now)}
    return render(request, "portal/integration/sharing.html", found, status=400 if form.errors else 200)


@allow(Permission.INTEGRATE)
@require_POST
def end_share(request: ActingRequest, share_id: UUID) -> HttpResponse:
    """End one link at once."""
    form = CommandForm(request.POST)

    def act() -> None:
        end_outside_share(share_id=share_id, by=actor(request), now=timezone.now(), **form.cleaned_data)

    return at_once(request, form, act, _("Ended. The link opens nothing now."), "portal_outside")


def _shown(page: IntegrationPage, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "share": share,
            "is_open": share.is_open(now),
            "until": share.expires_at.astimezone(page.zone),
            "parts": [PARTS[part] for part in share.parts],
            "looks": [look.astimezone(page.zone) for look in share.looks],
        }
        for share in page.shares
    ]
