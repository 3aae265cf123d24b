"""A page of the caseload with one form: shown, refused beside its fields, or done."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest
from kairos.web.clinic.sessions.acting import sentence_of
from kairos.web.forms import CommandForm


def actor(request: ActingRequest) -> Actor:
    """Return who acts; the door has let nobody else in."""
    return cast(Actor, request.actor)


def form_page(
    request: ActingRequest,
    form: CommandForm,
    act: Callable[[], object],
    *,
    told: str,
    back: tuple[Any, ...],
    template: str,
    found: dict[str, Any],
) -> HttpResponse:
    """Show a page with a form, or do what the form says and go on."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.info(request, told)
            return redirect(*back)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, sentence_of(error))
    return render(request, template, {**found, "form": form}, status=400 if form.errors else 200)
