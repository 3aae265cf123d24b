"""What a patient's pages of these days share: who acts, a button that acts at once, a form that is kept."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import refusal


def actor(request: ActingRequest) -> Actor:
    """Return who acts; the door has let nobody else in."""
    return cast(Actor, request.actor)


def at_once(
    request: ActingRequest, form: CommandForm, act: Callable[[], object], told: str, back: str
) -> HttpResponse:
    """Do what a small form says and go back; a refusal is said there."""
    if form.is_valid():
        try:
            act()
            messages.info(request, told)
        except InvalidInput as error:
            messages.warning(request, "; ".join(problem.message for problem in error.problems))
        except NotAllowed as error:
            messages.warning(request, refusal(error))
    else:
        messages.warning(request, "; ".join(str(e[0]) for e in form.errors.values()))
    return redirect(back)


def kept(
    request: ActingRequest,
    form: CommandForm,
    act: Callable[[], object],
    told: str,
    back: str,
    page: tuple[str, dict[str, Any]],
) -> HttpResponse:
    """Show a page with a form, or do what the form says and go on."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.info(request, told)
            return redirect(back)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    template, found = page
    return render(request, template, {**found, "form": form}, status=400 if form.errors else 200)
