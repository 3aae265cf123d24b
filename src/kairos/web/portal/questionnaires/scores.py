"""A patient's own scores: the same drawing, in words for the person."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.domain.evidence.texts import Audience
from kairos.queries.progress import own_progress
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.score_drawing import shown_progress


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_own_scores(request: ActingRequest) -> HttpResponse:
    """Show a person their own scores."""
    now = timezone.now()
    found = own_progress(by=cast(Actor, request.actor), now=now)
    return render(request, "portal/questionnaires/scores.html", shown_progress(found, now, Audience.PATIENT))
