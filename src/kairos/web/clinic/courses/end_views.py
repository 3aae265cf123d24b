"""The end of a course, and the end of follow-up: each signed by a prescriber with a reason."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kairos.actions.end_course import end_course
from kairos.actions.finish_follow_up import finish_follow_up
from kairos.queries.courses import course_page
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import EndCourseForm, EndFollowUpForm


@allow(Permission.END_COURSE)
@require_http_methods(["GET", "POST"])
def show_end(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what ending the course does, and end it."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = course_page(person_id=person_id, by=by, now=now)
    if page.course_id is None or not page.is_running:
        raise Missing(_("no course is running for this person"))
    form = EndCourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_course(course_id=page.course_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("The course is ended. Follow-up goes on."))
            return redirect("course", person_id)
        except InvalidInput as error:
            form.take_problems(error)
    found = {"page": page, "form": form, "left": [r for r in page.rows if r.status == "planned"]}
    return render(request, "clinic/courses/end.html", found, status=400 if form.errors else 200)


@allow(Permission.END_COURSE)
@require_http_methods(["GET", "POST"])
def show_follow_up_end(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what the end of follow-up means, and note it."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = course_page(person_id=person_id, by=by, now=now)
    form = EndFollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        finish_follow_up(person_id=person_id, by=by, now=now, **form.cleaned_data)
        messages.info(request, _("Follow-up is finished. The record stays."))
        return redirect("chart", person_id)
    found = {"page": page, "form": form}
    return render(request, "clinic/courses/end_follow_up.html", found, status=400 if form.errors else 200)
