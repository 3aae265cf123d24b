"""A course: planned on the calendar, moved, cancelled."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.move_session import move_session
from kairos.actions.plan_course import plan_course
from kairos.content.release import load_release
from kairos.queries.choosing import preferred_place
from kairos.queries.courses import (
    IV_PROTOCOL,
    CoursePage,
    course_page,
    course_revisions,
    planned_session,
    proposed_days,
)
from kairos.queries.portion_orders import first_choices
from kairos.queries.preparation import preparation_shown
from kairos.queries.therapy import triads_shown
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.calendar_sheet import course_rule, weeks_of
from kairos.web.clinic.courses.forms import (
    COURSE_ENDS,
    CancelForm,
    FirstDayForm,
    MoveForm,
    PlanForm,
    at_site,
    place_of,
)
from kairos.web.clinic.courses.portions_expected import expected_of_first
from kairos.web.clinic.courses.preferred import place_shown
from kairos.web.portal.home.views import calendar_file
from kairos.web.preparation_words import item_words
from kairos.web.therapy_units import units_of

if TYPE_CHECKING:
    from kairos.web.clinic.courses.exposure_shown import ExposureShown

THERAPY_TYPE = "kap"
PREPARATION = 6
"""How many preparatory sessions the form has room for; how many are needed says the content."""
COURSE_END_WORDS = {str(code): words for code, words in COURSE_ENDS}


@allow(Permission.SEE_PEOPLE)
@require_GET
def show_course(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show a person's course on the calendar, or what is needed before one is planned."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = course_page(person_id=person_id, by=by, now=now)
    zone = page.rows[0].starts_at.tzinfo if page.rows else None
    found = {
        "page": page,
        "weeks": weeks_of(page.rows, today=now.astimezone(zone).date()),
        "rule": mark_safe(course_rule(page.rows, now=now)),  # nosec B308 B703 - escaped as drawn
        "may_plan": by.may(Permission.PLAN_COURSE),
        "may_end": by.may(Permission.END_COURSE),
        "may_keep_rems": page.asks_enrolment and by.may(Permission.KEEP_REMS),
        "ended": COURSE_END_WORDS.get(page.ended, ""),
        "in_follow_up": page.stage == Stage.FOLLOW_UP,
        "may_read": by.may(Permission.SEE_CHART),
        "may_take_consent": by.may(Permission.TAKE_CONSENT),
    }
    therapy = triads_shown(person_id=person_id, by=by, now=now)
    found |= {"units": units_of(therapy, by.roles, now), "may_hold": by.may(Permission.HOLD_THERAPY)}
    prepared = preparation_shown(person_id=person_id, by=by, now=now) if page.rows else None
    found["prepared"] = prepared
    preferred = preferred_place(person_id=person_id, by=by) if by.may(Permission.SEE_CHART) else None
    found |= {"preferred": preferred, "place": place_shown(preferred)}
    found["todo"] = [item_words(each) for each in prepared.unmet if each.item.is_gate] if prepared else []
    return render(request, "clinic/courses/course.html", found)


@allow(Permission.SEE_PEOPLE)
@require_GET
def send_calendar(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Send a course as a calendar file with neutral titles."""
    by = cast(Actor, request.actor)
    page = course_page(person_id=person_id, by=by, now=timezone.now())
    return calendar_file(page.rows, course_revisions(person_id=person_id, by=by))


@allow(Permission.PLAN_COURSE)
@require_http_methods(["GET", "POST"])
def show_plan(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Propose the sessions of a course from a first day, let them be changed, and plan them."""
    by = cast(Actor, request.actor)
    page = course_page(person_id=person_id, by=by, now=timezone.now())
    first = FirstDayForm(request.GET or None, sites=page.sites)
    form = _plan_form(request, page, first, by)
    if request.method == "POST" and form is not None and form.is_valid() and _planned(form, page, by):
        messages.info(request, _("The course is planned."))
        return redirect("course", person_id)
    found = {"page": page, "first": first, "form": form, "expected": _expected(page, by)}
    has_errors = form is not None and form.errors
    return render(request, "clinic/courses/plan.html", found, status=400 if has_errors else 200)


def _expected(page: CoursePage, by: Actor) -> "ExposureShown | None":
    """Return the expected exposure of the usual infusion or the first spray; of another dose, None."""
    if page.protocol != IV_PROTOCOL:
        known = first_choices(person_id=page.person_id, protocol=page.protocol, by=by, now=timezone.now())
        return expected_of_first(known, on=timezone.localdate())
    today, book = timezone.localdate(), load_release().parameters
    from kairos.web.clinic.courses.exposure_shown import exposure_of_infusion  # arrays, at the first drawing

    return exposure_of_infusion(
        book.quantity("dosing.iv_standard_per_kg", on=today).value,
        book.quantity("dosing.iv_standard_over", on=today).value,
        weight_kg=None,
        next_after_d=page.least / timedelta(days=1),
        on=today,
    )


def _plan_form(request: ActingRequest, page: CoursePage, first: FirstDayForm, by: Actor) -> PlanForm | None:
    count = len(page.template.days)
    if request.method == "POST":
        return PlanForm(request.POST, places=page.places, count=count, preparation=PREPARATION)
    if not (first.is_bound and first.is_valid()):
        return None
    given = first.cleaned_data
    days = proposed_days(first_on=given["first_on"], by=by, protocol=page.protocol)
    starts = [datetime.combine(day, given["at"]) for day in days]
    proposed: dict[str, Any] = {f"dates.{n}": start for n, start in enumerate(starts, start=1)}
    started = proposed | {"site_id": given["site_id"]}
    return PlanForm(initial=started, places=page.places, count=count, preparation=PREPARATION)


def _planned(form: PlanForm, page: CoursePage, by: Actor) -> bool:
    given = form.cleaned_data
    zones = {site.id: ZoneInfo(site.time_zone) for site in page.sites}
    zone = zones.get(given["site_id"], ZoneInfo("UTC"))
    try:
        plan_course(
            person_id=page.person_id,
            protocol=page.protocol,
            site_id=given["site_id"],
            place_id=place_of(form),
            starts=form.starts(zone),
            therapy=THERAPY_TYPE if given["therapy"] else "",
            preparation=form.preparation(zone),
            command_id=given["command_id"],
            by=by,
            now=timezone.now(),
        )
    except InvalidInput as error:
        form.take_problems(error)
        return False
    return True


@allow(Permission.PLAN_COURSE)
@require_http_methods(["GET", "POST"])
def show_move(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Move one session to another time or place."""
    by = cast(Actor, request.actor)
    detail = planned_session(planned_session_id=planned_session_id, by=by, now=timezone.now())
    row = detail.row
    proposed = {
        f"dates.{row.number}": row.starts_at.replace(tzinfo=None),
        "place_id": str(row.place_id or ""),
    }
    form = MoveForm(
        request.POST or None,
        places=detail.places,
        number=row.number,
        was_missed=detail.was_missed,
        initial=proposed,
    )
    if request.method == "POST" and form.is_valid():
        try:
            move_session(
                planned_session_id=row.id,
                starts_at=at_site(form.cleaned_data[form.name], cast(ZoneInfo, row.starts_at.tzinfo)),
                place_id=place_of(form),
                since=form.cleaned_data.get("since"),
                command_id=form.cleaned_data["command_id"],
                by=by,
                now=timezone.now(),
            )
            messages.info(request, _("The session is moved."))
            return redirect("course", detail.person_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    found = {"detail": detail, "form": form}
    return render(request, "clinic/courses/move.html", found, status=400 if form.errors else 200)


@allow(Permission.PLAN_COURSE)
@require_http_methods(["GET", "POST"])
def show_cancel(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Cancel one session, with the reason."""
    by = cast(Actor, request.actor)
    detail = planned_session(planned_session_id=planned_session_id, by=by, now=timezone.now())
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_planned_session(
            planned_session_id=planned_session_id, by=by, now=timezone.now(), **form.cleaned_data
        )
        messages.info(request, _("The session is cancelled."))
        return redirect("course", detail.person_id)
    found = {"detail": detail, "form": form}
    return render(request, "clinic/courses/cancel.html", found, status=400 if form.errors else 200)
