"""One question by a link, without a log-in: how are you? The page names nothing else."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kairos.actions.answer_check_in import answer_check_in
from kairos.queries.check_ins import CheckInHolder, check_in_holder
from kairos.vocab.errors import InvalidInput, Missing
from kairos.web.access import allow
from kairos.web.forms import CommandForm
from kairos.web.portal.help.views import crisis_ways

CLOSED_STATUS = 410
REASON = "whoever holds the link of one check-in; it names no person, drug or illness, and expires"


class CheckInForm(CommandForm):
    """How somebody is, and more in their own words."""

    answer = forms.CharField(required=False)
    words = forms.CharField(required=False)


@allow(public=True, reason=REASON)
@csrf_exempt  # the secret address proves the sender
@require_http_methods(["GET", "POST"])
def show_check_in(request: HttpRequest, address: str) -> HttpResponse:
    """Ask how somebody is; opening it changes nothing, a tap answers."""
    try:
        holder = check_in_holder(address, now=timezone.now())
    except Missing:
        return _kept_quiet(render(request, "portal/messages/closed.html", status=CLOSED_STATUS))
    form = CheckInForm(request.POST or None)
    found: dict[str, Any] = {"form": form, "ways": crisis_ways()}
    if request.method == "POST" and form.is_valid():
        found["how"] = _answered(holder, form)
    status = 400 if form.errors else 200
    return _kept_quiet(render(request, "portal/messages/check_in.html", found, status=status))


def _answered(holder: CheckInHolder, form: CheckInForm) -> str:
    """Keep the answer and return it; what is wrong stands in the form."""
    asked: dict[str, Any] = {
        "planned_session_id": holder.planned_id,
        "moment": holder.moment,
        "by": holder.actor,
    }
    try:
        return answer_check_in(now=timezone.now(), **asked, **form.cleaned_data).value
    except InvalidInput as error:
        form.take_problems(error)
        return ""


def _kept_quiet(response: HttpResponse) -> HttpResponse:
    # The address is a secret: Django logs the path of whatever it refuses, unless told that is done.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
