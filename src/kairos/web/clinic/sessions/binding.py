"""The order of a session, and with it where its dose comes from: a lot, or a pharmacy's label."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kairos.actions.bind_order import bind_order
from kairos.queries.dose_sources import dose_sources
from kairos.queries.dosing_sessions import session_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, saved, sentence_of
from kairos.web.forms import CommandForm

CHECK = "session_check"


class BindForm(CommandForm):
    """The order, and its source."""

    lot_id = forms.UUIDField(required=False)
    reference = forms.CharField(required=False, max_length=200)


@allow(Permission.RUN_SESSION)
@require_POST
def bind(request: ActingRequest, session_id: UUID, order_id: UUID) -> HttpResponse:
    """Bind an order to the session; what it needs is taken out of the lot named."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    form = BindForm(request.POST)
    if form.is_valid():
        try:
            given = {**form.cleaned_data, "order_id": order_id}
            return saved(request, page, bind_order(session_id=session_id, by=by, now=now, **given), CHECK)
        except (InvalidInput, NotAllowed) as error:
            messages.warning(request, sentence_of(error))
    return redirect(CHECK, session_id)


def with_sources(shown: list[dict[str, Any]], *, by: Actor) -> list[dict[str, Any]]:
    """Return the orders of the check, each with where its dose comes from."""
    sources = dose_sources(order_ids=[each["id"] for each in shown], by=by, now=timezone.now())
    return [each | {"source": sources[each["id"]]} for each in shown]
