"""The list of people, one person's chart, and the original behind each fact."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.admit_person import admit_person
from kairos.actions.record_access import record_access
from kairos.queries.charts import chart_with_course
from kairos.queries.originals import original_entry
from kairos.queries.people import chart, list_people
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.calendar_sheet import course_rule
from kairos.web.clinic.own_programme import own_programme
from kairos.web.clinic.people.forms import AdmissionForm
from kairos.web.clinic.people.shown import chart_shown, entry_shown, facts_shown, rows_shown
from kairos.web.clinic.words import STAGE_WORDS
from kairos.web.forms import new_id


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.SEE_PEOPLE)
@require_GET
def show_people(request: ActingRequest) -> HttpResponse:
    """List people, those who wait for a decision first."""
    search, stage = request.GET.get("q", ""), request.GET.get("stage", "")
    stages = [stage] if stage in list(Stage) else []
    found = list_people(by=_actor(request), search=search, stages=stages)
    words = {"q": search, "stage": stage, "stages": STAGE_WORDS.items()}
    rows = rows_shown(found, _actor(request))
    return render(request, "clinic/people/people.html", {**words, "list": found, "rows": rows})


@allow(Permission.IMPORT_RECORD)
@require_http_methods(["GET", "POST"])
def show_new_person(request: ActingRequest) -> HttpResponse:
    """Admit somebody who brings no record."""
    actor = _actor(request)
    form = AdmissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            programme_id = own_programme(actor)
            given = {**form.cleaned_data, "programme_id": programme_id}
            person_id = admit_person(by=actor, now=timezone.now(), **given)
            seen = "eligibility" if actor.may(Permission.SEE_CHART) else "people"
            return HttpResponseRedirect(reverse(seen, args=[person_id] if seen == "eligibility" else []))
        except InvalidInput as error:
            form.take_problems(error)
    return render(request, "clinic/people/new.html", {"form": form}, status=400 if form.errors else 200)


def _open(request: ActingRequest, person_id: UUID, what: str) -> None:
    """Record that somebody opens a person's record, before anything of it is read."""
    record_access(person_id=person_id, what=what, command_id=new_id(), by=_actor(request), now=timezone.now())


@allow(Permission.SEE_CHART)
@require_GET
def show_chart(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show a person's chart."""
    _open(request, person_id, "chart")
    actor, now = _actor(request), timezone.now()
    known, course = chart_with_course(person_id=person_id, by=actor, now=now)
    shown = chart_shown(known, now, actor)
    drawn = course_rule(course.rows, now=now) if course.is_running else ""
    rule = mark_safe(drawn)  # nosec B308 B703 - escaped as drawn
    return render(request, "clinic/people/chart.html", shown | {"course": course, "rule": rule})


@allow(Permission.SEE_CHART)
@require_GET
def show_facts(request: ActingRequest, person_id: UUID, kind: str) -> HttpResponse:
    """Show all facts of one kind."""
    _open(request, person_id, "facts")
    found = chart(person_id=person_id, by=_actor(request))
    shown = facts_shown(found, kind, request.GET.get("page", ""))
    return render(request, "clinic/people/facts.html", shown)


@allow(Permission.SEE_ORIGINAL)
@require_GET
def show_entry(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the original entry that a fact was read from, word for word."""
    _open(request, person_id, "original")
    found = original_entry(person_id=person_id, fact_id=request.GET.get("fact", ""), by=_actor(request))
    return render(request, "clinic/people/entry.html", entry_shown(found, person_id, _actor(request)))
