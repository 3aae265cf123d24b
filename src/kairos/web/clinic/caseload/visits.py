"""Check-in visits of one person: the next one due, the template to fill, the log of changes of the plan."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kairos.actions.record_access import record_access
from kairos.actions.sign_check_in_visit import sign_check_in_visit
from kairos.queries.integration import visits_page
from kairos.vocab.people import Permission
from kairos.vocab.verdict import Verdict
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.caseload.acting import actor, form_page
from kairos.web.clinic.caseload.forms import VisitForm
from kairos.web.forms import new_id
from kairos.web.therapy_words import said


@allow(Permission.HOLD_CHECK_IN)
@require_http_methods(["GET", "POST"])
def show_visits(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the visits of a person, and sign one; opening it is recorded."""
    by, now = actor(request), timezone.now()
    record_access(person_id=person_id, what="check_ins", command_id=new_id(now), by=by, now=now)
    page = visits_page(person_id=person_id, by=by, now=now)
    form = VisitForm(request.POST or None, headings=page.content.visit_fields)
    visits = [
        {
            "at": visit.signed_at.astimezone(page.zone),
            "name": page.names.get(visit.signed_by, ""),
            "change": said(f"visit.change.{visit.change}"),
            "why": visit.why,
            "fields": [(said(f"visit.field.{name}"), words) for name, words in visit.fields.items()],
        }
        for visit in page.visits
    ]
    due_at = page.standing.due_at
    return form_page(
        request,
        form,
        lambda: sign_check_in_visit(person_id=person_id, by=by, now=now, **form.given()),
        told=_("Signed. What it changes is made where it belongs: course, order, medicines."),
        back=("visits", person_id),
        template="clinic/caseload/visits.html",
        found={
            "page": page,
            "visits": visits,
            "due": due_at.astimezone(page.zone) if due_at else None,
            "is_overdue": page.standing.verdict is not Verdict.MET,
        },
    )
