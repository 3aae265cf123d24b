"""What a patient shares of their journal with whoever asks."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.actions.record_access import record_access
from kairos.queries.journal import shared_journal
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import new_id


@allow(Permission.SEE_CHART)
@require_GET
def show_shared(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the entries that the patient shares with whoever asks; that they were opened is recorded."""
    by = cast(Actor, request.actor)
    record_access(person_id=person_id, what="shared_journal", command_id=new_id(), by=by, now=timezone.now())
    shared = shared_journal(person_id=person_id, by=by)
    return render(request, "clinic/journal/shared.html", {"person_id": person_id, "shared": shared})
