"""The preparation of a person's next session: how each item stands, and entering what the patient told."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.say_of_preparation import say_of_preparation
from kairos.domain.evidence.texts import Audience
from kairos.queries.goals import goals_shown
from kairos.queries.preparation import preparation_shown, preparation_to_say
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.goal_drawing import goals_context
from kairos.web.preparation_words import ReadyForm, item_words, shown_items
from kairos.web.therapy_words import refusal


@allow(Permission.SEE_PEOPLE)
@require_GET
def show_preparation(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the lists of the next session, and what the patient shared."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = preparation_shown(person_id=person_id, by=by, now=now)
    found = {
        "person_id": person_id,
        "page": page,
        "at": page.planned.starts_at.astimezone(page.zone) if page else None,
        "lists": shown_items(page) if page else [],
        "todo": [item_words(each) for each in page.unmet if each.item.is_gate] if page else [],
        "may_say": by.may(Permission.PREPARE_HOME),
    }
    if by.may(Permission.SEE_CHART):
        found |= goals_context(goals_shown(person_id=person_id, by=by, now=now), now)
    return render(request, "clinic/preparation/preparation.html", found)


@allow(Permission.PREPARE_HOME)
@require_http_methods(["GET", "POST"])
def show_saying(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Enter what the patient told of their preparation, by telephone or at the desk."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = preparation_to_say(planned_session_id=planned_session_id, by=by, now=now)
    form = ReadyForm(request.POST or None, page=page, audience=Audience.CLINICIAN)
    if request.method == "POST" and form.is_valid():
        try:
            say_of_preparation(planned_session_id=planned_session_id, by=by, now=now, **form.given())
            messages.info(request, _("Saved. The patient sees it too."))
            return redirect("preparation", page.planned.person_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    found = {"form": form, "page": page, "at": page.planned.starts_at.astimezone(page.zone)}
    return render(request, "clinic/preparation/say.html", found, status=400 if form.errors else 200)
