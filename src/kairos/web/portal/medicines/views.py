"""A patient's medicines before a session: what was agreed, by whom, and what to do where nothing was."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.medicine_list import ListState
from kairos.domain.protocols.medicine_plan import MedicinePlan, Proposed
from kairos.domain.rules.interactions import PlanAction
from kairos.queries.medicines import Medicines, my_medicines
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.medicine_words import agreed_words, dosage_words, plan_words, say, standing_words

PATIENT = Audience.PATIENT
_ICONS = {PlanAction.CONTINUE: "ok", PlanAction.ASK_PRESCRIBER: "unknown"}


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_medicines(request: ActingRequest) -> HttpResponse:
    """Show what was agreed about each medicine, in plain words."""
    page = my_medicines(by=cast(Actor, request.actor), now=timezone.now())
    found = {
        "rule": say("medicine.rule", PATIENT),
        "standing": standing_words(page.finding, PATIENT),
        "is_known": page.listed.state is ListState.KNOWN,
        "rows": [_row(page, each) for each in page.proposals],
    }
    return render(request, "portal/medicines/medicines.html", found)


def _row(page: Medicines, each: Proposed) -> dict[str, Any]:
    """Return one medicine: the line that was signed, or what may be said before one is."""
    plan = page.plan if page.plan and page.plan.route == page.route else None
    line = plan.line(each.medicine.key) if plan else None
    said = plan_words(line, PATIENT) if line else say(f"medicine.unplanned.{each.unplanned}", PATIENT)
    return {
        "name": each.medicine.name,
        "dosage": dosage_words(each.medicine.newest),
        "said": said,
        "agreed": _agreed(page, plan) if plan and line else "",
        "icon": _ICONS.get(line.action, "due") if line else "unknown",
    }


def _agreed(page: Medicines, plan: MedicinePlan) -> str:
    return agreed_words(page.names.get(plan.signed_by, ""), plan.signed_at, PATIENT)
