"""The caseload, one person's days after a session, and handing over to a clinician in one step."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.hand_to_clinician import hand_to_clinician
from kairos.actions.record_access import record_access
from kairos.actions.write_talk_summary import write_talk_summary
from kairos.domain.integration.insights import InsightState
from kairos.queries.caseload import caseload, hand_over_page
from kairos.queries.integration import IntegrationPage, integration_page
from kairos.queries.preparation import intention_looked_back_on
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.caseload.acting import actor, form_page
from kairos.web.clinic.caseload.forms import HandOverForm, SummaryForm
from kairos.web.clinic.caseload.words import reason_words, row_of
from kairos.web.forms import new_id
from kairos.web.therapy_words import said


@allow(Permission.HOLD_THERAPY)
@require_GET
def show_caseload(request: ActingRequest) -> HttpResponse:
    """Show who had a session, who is due, who is silent, what needs a clinician."""
    now = timezone.now()
    page = caseload(by=actor(request), now=now)
    rows = [row_of(row, page.zone, now) for row in page.rows]
    overdue = [{"visit": each, "due": each.due_at.astimezone(page.zone)} for each in page.overdue]
    found = {
        "rows": rows,
        "overdue": overdue,
        "may_visit": actor(request).may(Permission.HOLD_CHECK_IN),
        "boundaries": said("integration.boundaries"),
        "label": said("integration.grade_label"),
    }
    return render(request, "clinic/caseload/caseload.html", found)


@allow(Permission.HOLD_THERAPY)
@require_GET
def show_person(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show one person's days after a session, as far as they are shared; opening it is recorded."""
    page = _opened(request, person_id)
    now = timezone.now()
    today = page.today(now)
    found = {
        "page": page,
        "steps": _steps(page),
        "label": said("integration.grade_label"),
        "boundaries": said("integration.boundaries"),
        "cards": [
            {"card": each, "has_passed": each.is_overdue(today)}
            for each in page.insights
            if each.state is InsightState.OPEN
        ],
        "talks": [
            {
                "at": each.starts_at.astimezone(page.zone),
                "name": page.names.get(each.with_id, "") if each.with_id else "",
            }
            for each in page.talks
        ],
        "practised": [
            {"words": said(f"integration.practice.{name}"), "count": len(times)}
            for name, times in page.practised.items()
        ],
        "handed": [{"task": task, "why": reason_words(task.details["reason"])} for task in page.handed_over],
        "may_visit": actor(request).may(Permission.HOLD_CHECK_IN),
        "intention": intention_looked_back_on(person_id=person_id, by=actor(request)),
    }
    return render(request, "clinic/caseload/person.html", found)


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def hand_over(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Hand something to a clinician: one page, one button."""
    by, now = actor(request), timezone.now()
    page = hand_over_page(person_id=person_id, by=by, now=now)
    form = HandOverForm(request.POST or None, reasons=page.reasons)
    return form_page(
        request,
        form,
        lambda: hand_to_clinician(person_id=person_id, by=by, now=now, **form.cleaned_data),
        told=_("Handed over. A clinician is called now, and it stands in their inbox with an end."),
        back=("caseload",),
        template="clinic/caseload/hand_over.html",
        found={"page": page, "boundaries": said("integration.boundaries")},
    )


@allow(Permission.HOLD_THERAPY)
@require_http_methods(["GET", "POST"])
def write_summary(request: ActingRequest, person_id: UUID, summary_id: UUID | None = None) -> HttpResponse:
    """Write the summary of a talk, or a further version of one that the patient sees differently."""
    by, now, page = actor(request), timezone.now(), _opened(request, person_id)
    before = next((each for each in page.summaries if each.id == summary_id), None)
    if summary_id is not None and before is None:
        raise Http404
    form = SummaryForm(request.POST or None, initial={"summary": before.words if before else ""})
    return form_page(
        request,
        form,
        lambda: write_talk_summary(
            person_id=person_id, summary_id=summary_id, by=by, now=now, **form.cleaned_data
        ),
        told=_("Sent to the patient. It counts once they say that it is so."),
        back=("days_after", person_id),
        template="clinic/caseload/summary.html",
        found={"page": page, "before": before},
    )


def _opened(request: ActingRequest, person_id: UUID) -> IntegrationPage:
    by, now = actor(request), timezone.now()
    record_access(person_id=person_id, what="days_after", command_id=new_id(now), by=by, now=now)
    return integration_page(person_id=person_id, by=by, now=now)


def _steps(page: IntegrationPage) -> list[dict[str, object]]:
    if page.days is None:
        return []
    return [
        {
            "words": said(f"integration.step.{step.id}"),
            "due": step.due_at.astimezone(page.zone),
            "state": step.state.value,
        }
        for step in page.days.steps
    ]
