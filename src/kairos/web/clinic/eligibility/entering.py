"""What is entered on the way to a decision: answers, lists, results, treatments, entries set aside."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.add_treatment_trial import add_treatment_trial
from kairos.actions.answer_screening_question import answer_screening_question
from kairos.actions.confirm_list import confirm_list
from kairos.actions.enter_results import enter_results
from kairos.actions.record_access import record_access
from kairos.actions.set_entry_aside import set_entry_aside
from kairos.queries.eligibility import eligibility
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.eligibility.forms import AsideForm, ListForm
from kairos.web.clinic.eligibility.results import ResultsForm
from kairos.web.clinic.eligibility.trials import TrialForm
from kairos.web.clinic.words import day_words
from kairos.web.forms import CommandForm, new_id

ANSWER_PREFIX = "question."


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.ANSWER_SCREENING)
@require_POST
def answer(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep the answers of the sheet, or of one card."""
    form = CommandForm(request.POST)
    answers = {name: str(given) for name, given in request.POST.items() if name.startswith(ANSWER_PREFIX)}
    if form.is_valid():
        try:
            who: dict[str, Any] = {"by": _actor(request), "now": timezone.now(), "person_id": person_id}
            answer_screening_question(answers=answers, **who, **form.cleaned_data)
        except InvalidInput as error:
            messages.error(request, str(error))
    return redirect("eligibility", person_id)


@allow(Permission.ANSWER_SCREENING)
@require_POST
def confirm(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that a list is complete."""
    form = ListForm(request.POST)
    if form.is_valid():
        confirm_list(person_id=person_id, by=_actor(request), now=timezone.now(), **form.cleaned_data)
    return redirect("eligibility", person_id)


@allow(Permission.SIGN_ELIGIBILITY)
@require_POST
def set_aside(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that an entry does not hold."""
    form = AsideForm(request.POST)
    if form.is_valid():
        given = {**form.cleaned_data, "fact_id": form.cleaned_data["fact"]}
        del given["fact"]
        set_entry_aside(person_id=person_id, by=_actor(request), now=timezone.now(), **given)
        messages.info(request, _("Set aside under your name. The rules were asked again."))
    else:
        messages.error(request, _("Nothing was set aside: say why the entry does not count."))
    return redirect("eligibility", person_id)


@allow(Permission.ANSWER_SCREENING)
@require_http_methods(["GET", "POST"])
def show_results(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Enter measured values, each with its unit and its day."""
    form = ResultsForm(request.POST or None, wanted=request.GET.get("for", ""))
    if request.method == "POST" and form.is_valid():
        try:
            now, command_id = timezone.now(), form.cleaned_data["command_id"]
            given: dict[str, Any] = {"results": form.results(), "measured_at": form.measured_at(now)}
            enter_results(person_id=person_id, command_id=command_id, by=_actor(request), now=now, **given)
            return redirect("eligibility", person_id)
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, **_who(request, person_id)}
    return render(request, "clinic/eligibility/results.html", found, status=400 if form.errors else 200)


@allow(Permission.ANSWER_SCREENING)
@require_http_methods(["GET", "POST"])
def show_trial(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Add a treatment that was tried, or correct one."""
    who = _who(request, person_id)
    form = TrialForm(request.POST or None, facts=who["facts"], about=request.GET.get("about", ""))
    if request.method == "POST" and form.is_valid():
        try:
            given: dict[str, Any] = {"told": form.told(), "command_id": form.cleaned_data["command_id"]}
            add_treatment_trial(person_id=person_id, by=_actor(request), now=timezone.now(), **given)
            return redirect("eligibility", person_id)
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, **who}
    return render(request, "clinic/eligibility/trial.html", found, status=400 if form.errors else 200)


def _who(request: ActingRequest, person_id: UUID) -> dict[str, Any]:
    """Return who this is, after recording that their record was opened."""
    record_access(
        person_id=person_id, what="results", command_id=new_id(), by=_actor(request), now=timezone.now()
    )
    page = eligibility(person_id=person_id, now=timezone.now(), by=_actor(request))
    born = day_words(page.identity.born_on)
    return {"person_id": person_id, "name": page.identity.shown_name, "born": born, "facts": page.facts}
