"""May this person start? The page, what it is asked for, and the signature."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.record_access import record_access
from kairos.actions.screen_person import screen_person
from kairos.actions.sign_eligibility_decision import sign_eligibility_decision
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.signing import fingerprint, needing_reason
from kairos.domain.rules.target import Indication, Route, Setting
from kairos.queries.eligibility import EligibilityPage, eligibility
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.eligibility.cards import Reader
from kairos.web.clinic.eligibility.forms import AskedForm, DecisionForm
from kairos.web.clinic.eligibility.shown import gates, page_shown
from kairos.web.forms import new_id


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


def _page(request: ActingRequest, person_id: UUID) -> EligibilityPage:
    return eligibility(person_id=person_id, now=timezone.now(), by=_actor(request))


def _form(page: EligibilityPage, data: Any = None) -> DecisionForm:
    return DecisionForm(
        data,
        rules=needing_reason(page.findings),
        gates_url=reverse("eligibility_gates", args=[page.person_id]),
        initial={"seen": fingerprint(page.findings), "decision": Decision.START.value},
    )


def _draw(
    request: ActingRequest, page: EligibilityPage, form: DecisionForm, status: int = 200
) -> HttpResponse:
    shown = page_shown(page, form, timezone.now(), _actor(request))
    return render(request, "clinic/eligibility/eligibility.html", shown, status=status)


@allow(Permission.SEE_CHART)
@require_GET
def show_eligibility(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what the rules find, what to ask and what was decided."""
    record_access(
        person_id=person_id, what="eligibility", command_id=new_id(), by=_actor(request), now=timezone.now()
    )
    page = _page(request, person_id)
    return _draw(request, page, _form(page))


@allow(Permission.SIGN_ELIGIBILITY)
@require_POST
def show_gates(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what is left before signing, for what has been typed so far. Keeps nothing."""
    page = _page(request, person_id)
    form = _form(page, request.POST)
    found = {"page": page, "gates": gates(Reader.of(page), form), "signer": _actor(request).name}
    return render(request, "clinic/eligibility/_gates.html", found)


@allow(Permission.SIGN_ELIGIBILITY)
@require_POST
def sign(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Sign the decision, or show what still stands before it with everything typed kept."""
    page = _page(request, person_id)
    form = _form(page, request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("command_id", "why", "seen")}
        decision, reasons = Decision(form.cleaned_data["decision"]), form.reasons(form.cleaned_data)
        who: dict[str, Any] = {"by": _actor(request), "now": timezone.now(), "person_id": person_id}
        try:
            sign_eligibility_decision(decision=decision, reasons=reasons, **who, **given)
            return HttpResponseRedirect(reverse("eligibility", args=[person_id]))
        except NotAllowed:
            form.add_error(None, _("This is not ready to sign. See what is left below the decision."))
    return _draw(request, page, form, status=400)


@allow(Permission.SIGN_ELIGIBILITY)
@require_POST
def ask_for(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Ask the rules for another indication, route and place, or by another definition of resistance."""
    form = AskedForm(request.POST)
    if form.is_valid() and form.cleaned_data["indication"] in list(Indication):
        given = {"command_id": form.cleaned_data["command_id"], "definition": form.cleaned_data["definition"]}
        indication = Indication(form.cleaned_data["indication"])
        route, _slash, setting = (form.cleaned_data["use"] or "iv/clinic").partition("/")
        is_known = route in list(Route) and setting in list(Setting)
        use = {"route": Route(route), "setting": Setting(setting)} if is_known else {}
        asked: dict[str, Any] = {**given, **use, "indication": indication}
        screen_person(person_id=person_id, by=_actor(request), now=timezone.now(), **asked)
    return redirect("eligibility", person_id)
