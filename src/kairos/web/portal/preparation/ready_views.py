"""What a patient makes ready for one session: themselves, the place, the way there and home."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kairos.actions.say_of_preparation import say_of_preparation
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.preparation import own_preparation
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.preparation_words import ReadyForm, item_words
from kairos.web.therapy_words import refusal, said


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def show_ready(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Show what is still to do, and take in what is ready and what is not."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = own_preparation(planned_session_id=planned_session_id, by=by, now=now)
    form = ReadyForm(request.POST or None, page=page, audience=Audience.PATIENT)
    if request.method == "POST" and form.is_valid():
        try:
            say_of_preparation(planned_session_id=planned_session_id, by=by, now=now, **form.given())
            messages.info(request, _("Saved. Your team sees it now."))
            return redirect("portal_ready", planned_session_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    found = {
        "form": form,
        "page": page,
        "at": page.planned.starts_at.astimezone(page.zone),
        "todo": [item_words(each, Audience.PATIENT) for each in page.unmet],
        "is_planned": page.planned.status == PlannedStatus.PLANNED,
        "medicines_rule": said("preparation.medicines_rule", Audience.PATIENT),
    }
    return render(request, "portal/preparation/ready.html", found, status=400 if form.errors else 200)
