"""The days after a session: the line, what is next, what else is offered, and how sure anyone is."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.settle_plan_step import settle_plan_step
from kairos.domain.evidence.texts import Audience
from kairos.domain.integration.plan import DatedStep, StepState
from kairos.queries.integration import IntegrationPage, OwnDays, own_integration
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.languages import spoken_release
from kairos.web.portal.integration.acting import actor, at_once
from kairos.web.portal.integration.drawing import drawn
from kairos.web.therapy_words import said


class StepForm(CommandForm):
    """Where a step stands from now on."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in StepState])


@allow(Permission.INTEGRATE)
@require_GET
def show_days(request: ActingRequest) -> HttpResponse:
    """Show the plan of the newest session and the ways to everything beside it."""
    now = timezone.now()
    page = own_integration(by=actor(request), now=now)
    today = timezone.localdate()
    found = days_shown(page, now) | {"claims": [_claim(name, today) for name in page.content.claims]}
    found |= {"waiting": [s for s in page.summaries if s.state == "proposed"], "page": page}
    found |= {"boundaries": said("integration.boundaries", Audience.PATIENT)}
    return render(request, "portal/integration/days.html", found)


@allow(Permission.INTEGRATE)
@require_POST
def settle_step(request: ActingRequest, plan_id: UUID, step: str) -> HttpResponse:
    """Tick a step off, leave it out, or open it again."""
    form = StepForm(request.POST)

    def act() -> None:
        by, now = actor(request), timezone.now()
        settle_plan_step(plan_id=plan_id, step=step, by=by, now=now, **form.cleaned_data)

    return at_once(request, form, act, _("Saved."), "portal_days")


def days_shown(page: IntegrationPage | OwnDays, now: datetime) -> dict[str, Any]:
    """Return what the line and its steps show; nothing before the first session."""
    if page.days is None:
        return {"days": None}
    days = page.days
    steps = [_step(page, step, is_next=step == days.next) for step in days.steps]
    return {
        "days": days,
        "line": drawn(days.window, days.steps, now),
        "steps": steps,
        "next_step": next((each for each in steps if each["is_next"]), None),
        "is_over": days.window.is_over(now),
        "label": said("integration.grade_label", Audience.PATIENT),
        "why": said("integration.grade_why", Audience.PATIENT),
        "grade": spoken_release().claims[page.content.claims[0]].grade,
    }


def _step(page: IntegrationPage | OwnDays, step: DatedStep, *, is_next: bool) -> dict[str, Any]:
    return {
        "id": step.id,
        "words": said(f"integration.step.{step.id}", Audience.PATIENT),
        "how": said(f"integration.step.{step.id}_how", Audience.PATIENT),
        "due": step.due_at.astimezone(page.zone),
        "state": step.state.value,
        "is_next": is_next,
    }


def _claim(name: str, today: date) -> dict[str, Any]:
    release = spoken_release()
    claim = release.claims[name]
    sources = [release.citations[source] for source in claim.sources]
    return {"claim": claim, "sources": sources, "is_stale": claim.is_stale(today)}
