"""One person's medicines: the list with what each does beside ketamine, and the plan signed over it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.record_access import record_access
from kairos.actions.sign_medicine_plan import sign_medicine_plan
from kairos.domain.protocols.medicine_list import ListState
from kairos.queries.medicines import Medicines, medicines_of
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.medicines.forms import PlanForm
from kairos.web.clinic.medicines.shown import medicines_shown
from kairos.web.forms import new_id


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


def _page(request: ActingRequest, person_id: UUID, route: str = "") -> Medicines:
    return medicines_of(person_id=person_id, by=_actor(request), now=timezone.now(), route=route)


def _form(page: Medicines, data: Any = None) -> PlanForm:
    initial = {"seen": page.listed.fingerprint, "route": page.route}
    plan = page.plan if page.plan and page.plan.route == page.route else None
    return PlanForm(data, proposals=page.proposals, plan=plan, initial=initial)


def _draw(request: ActingRequest, page: Medicines, form: PlanForm | None, status: int = 200) -> HttpResponse:
    shown = medicines_shown(page, form, _actor(request), timezone.now())
    return render(request, "clinic/medicines/medicines.html", shown, status=status)


@allow(Permission.SEE_CHART)
@require_GET
def show_medicines(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show the list, what is proposed for each medicine, and the plan."""
    record_access(
        person_id=person_id, what="medicines", command_id=new_id(), by=_actor(request), now=timezone.now()
    )
    page = _page(request, person_id, request.GET.get("route", ""))
    may_sign = _actor(request).may(Permission.PLAN_MEDICINES) and page.listed.state is ListState.KNOWN
    return _draw(request, page, _form(page) if may_sign and page.proposals else None)


@allow(Permission.PLAN_MEDICINES)
@require_POST
def sign_plan(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Sign the plan, or show what is wrong with everything typed kept."""
    page = _page(request, person_id, request.POST.get("route", ""))
    form = _form(page, request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("command_id", "seen", "route")}
        who: dict[str, Any] = {"by": _actor(request), "now": timezone.now(), "person_id": person_id}
        try:
            sign_medicine_plan(lines=form.lines(), **who, **given)
            messages.success(request, _("Signed. The person reads it on their own page."))
            return redirect(f"{reverse('medicines', args=[person_id])}?route={page.route}")
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _draw(request, page, form, status=400)
