"""Sessions at home: the programme's switch, and what is prepared for one person before each of them."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.end_support_access import end_support_access
from kairos.actions.make_home_link import make_home_link
from kairos.actions.name_support_person import name_support_person
from kairos.actions.switch_home_route import switch_home_route
from kairos.actions.verify_emergency_plan import verify_emergency_plan
from kairos.actions.write_emergency_plan import write_emergency_plan
from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.at_home import PLAN_FIELDS, SUPPORT_FIELDS
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.home_route import MEANINGS, SwitchState
from kairos.domain.sessions.home_links import HomeLink
from kairos.queries.home_links import fresh_address
from kairos.queries.home_sessions import HomePreparation, home_preparation, switch_pages
from kairos.vocab.errors import InvalidInput, KairosError
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm

LINK_WORDS = {
    HomeLink.TRAINING: gettext_lazy("Training of the support person"),
    HomeLink.SUPPORT: gettext_lazy("Screen of the support person"),
    HomeLink.PATIENT: gettext_lazy("The patient's session"),
}
LACK_WORDS = {
    "named": gettext_lazy("Nobody is named."),
    "ended": gettext_lazy("The access was ended."),
    "trained": gettext_lazy("No training that holds today."),
    "agreed": gettext_lazy("Has not agreed yet."),
}


class SupportForm(CommandForm):
    """Who will be there."""

    name = forms.CharField(label=gettext_lazy("Name of the adult who stays"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Their telephone"), required=False, max_length=40)


class PlanForm(CommandForm):
    """Where help has to go, and how it gets in."""

    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    access = forms.CharField(label=gettext_lazy("Door, floor, key or code"), required=False, max_length=200)
    phone = forms.CharField(label=gettext_lazy("Telephone there"), required=False, max_length=40)
    who = forms.CharField(label=gettext_lazy("Who is there, and where"), required=False, max_length=200)
    nearest = forms.CharField(label=gettext_lazy("Nearest emergency service"), required=False, max_length=200)


class LinkForm(CommandForm):
    """Which link, and to which session."""

    kind = forms.TypedChoiceField(coerce=HomeLink, choices=[(k.value, k.value) for k in HomeLink])
    planned_session_id = forms.UUIDField(required=False)


class SwitchForm(CommandForm):
    """Which way; with what is agreed to and the telephone of the team where it is on."""

    state = forms.TypedChoiceField(coerce=SwitchState, choices=[(s.value, s.value) for s in SwitchState])
    agreed = forms.MultipleChoiceField(choices=[(name, name) for name in MEANINGS], required=False)
    phone = forms.CharField(required=False, max_length=40)


@allow(Permission.SEE_PROGRAMME)
@require_GET
def show_switch(request: ActingRequest) -> HttpResponse:
    """Show how sessions at home stand in each programme, and every act of switching."""
    by = _actor(request)
    texts = load_release().texts
    words = [
        (name, texts.render(f"home.switch.{name}", {}, audience=Audience.CLINICIAN)) for name in MEANINGS
    ]
    found = {
        "programmes": switch_pages(by=by),
        "meanings": words,
        "may_switch": by.may(Permission.SWITCH_HOME),
    }
    return render(request, "clinic/at_home/switch.html", found)


@allow(Permission.SWITCH_HOME)
@require_POST
def switch(request: ActingRequest, programme_id: UUID) -> HttpResponse:
    """Switch sessions at home on or off."""
    _do(
        request,
        SwitchForm,
        switch_home_route,
        _("Switched, and signed with your name."),
        programme_id=programme_id,
    )
    return redirect("home_switch")


@allow(Permission.PREPARE_HOME)
@require_GET
def show_preparation(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what is prepared for one person, and what each session still lacks."""
    return _draw(request, person_id)


@allow(Permission.PREPARE_HOME)
@require_POST
def name_support(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Name the support person."""
    said = _("Named. Send the link to the training next.")
    return _prepared(request, person_id, SupportForm, name_support_person, said, SUPPORT_FIELDS)


@allow(Permission.PREPARE_HOME)
@require_POST
def write_plan(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Write the emergency plan."""
    said = _("Written. Go through it with the person before each session.")
    return _prepared(request, person_id, PlanForm, write_emergency_plan, said, PLAN_FIELDS)


@allow(Permission.PREPARE_HOME)
@require_POST
def verify_plan(request: ActingRequest, person_id: UUID, planned_id: UUID) -> HttpResponse:
    """Say that every line of the plan holds for one session."""
    said = _("Gone through for this session.")
    _do(request, CommandForm, verify_emergency_plan, said, planned_session_id=planned_id)
    return redirect("person_home", person_id)


@allow(Permission.PREPARE_HOME)
@require_POST
def end_support(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """End the support person's access."""
    page = home_preparation(person_id=person_id, by=_actor(request), now=timezone.now())
    subject = page.papers.standing.subject
    if subject is not None:
        _do(request, CommandForm, end_support_access, _("Ended."), person_id=person_id, subject=subject)
    return redirect("person_home", person_id)


@allow(Permission.PREPARE_HOME)
@require_POST
def make_link(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Make a link and show it this once."""
    form, address = LinkForm(request.POST), fresh_address()
    if not form.is_valid():
        return redirect("person_home", person_id)
    try:
        told = {"person_id": person_id, "address": address, **form.cleaned_data}
        make_home_link(by=_actor(request), now=timezone.now(), **told)
    except KairosError as error:
        messages.warning(request, str(error))
        return redirect("person_home", person_id)
    url = request.build_absolute_uri(reverse("home_link", args=[address]))
    return _draw(request, person_id, made={"url": url, "words": LINK_WORDS[form.cleaned_data["kind"]]})


def _draw(request: ActingRequest, person_id: UUID, made: dict[str, Any] | None = None) -> HttpResponse:
    page = home_preparation(person_id=person_id, by=_actor(request), now=timezone.now())
    found = {
        "page": page,
        "support_form": SupportForm(initial=dict(page.papers.support), auto_id="s-%s"),
        "plan_form": PlanForm(initial=dict(page.papers.plan), auto_id="p-%s"),
        "lacks": [LACK_WORDS[name] for name in page.papers.standing.lacks],
        "rows": _rows(page),
        "made": made,
        "ways": [(kind.value, words) for kind, words in LINK_WORDS.items() if kind is not HomeLink.TRAINING],
    }
    with timezone.override(page.zone):
        return render(request, "clinic/at_home/preparation.html", found)


def _rows(page: HomePreparation) -> list[dict[str, Any]]:
    waiting = (PlannedStatus.PLANNED, PlannedStatus.OPEN)
    return [
        {"session": each, "verified_at": page.papers.verified.get(each.id)}
        for each in page.sessions
        if each.status in waiting
    ]


def _prepared(
    request: ActingRequest,
    person_id: UUID,
    form: type[CommandForm],
    action: Callable[..., Any],
    said: str,
    fields: tuple[str, ...],
) -> HttpResponse:
    filled = form(request.POST)
    if filled.is_valid():
        words = {name: filled.cleaned_data[name] for name in fields}
        command_id = filled.cleaned_data["command_id"]
        _try(request, action, said, person_id=person_id, words=words, command_id=command_id)
    return redirect("person_home", person_id)


def _do(
    request: ActingRequest, form: type[CommandForm], action: Callable[..., Any], said: str, **about: Any
) -> None:
    filled = form(request.POST)
    if filled.is_valid():
        _try(request, action, said, **about, **filled.cleaned_data)
    else:
        messages.warning(request, _("Load the page again and send it once more"))


def _try(request: ActingRequest, action: Callable[..., Any], said: str, **told: Any) -> None:
    try:
        action(by=_actor(request), now=timezone.now(), **told)
        messages.info(request, said)
    except InvalidInput as error:
        messages.warning(request, "; ".join(f"{p.field}: {p.message}" for p in error.problems))
    except KairosError as error:
        messages.warning(request, str(error))


def _meaning(name: str) -> str:
    return load_release().texts.render(f"home.switch.{name}", {}, audience=Audience.CLINICIAN)


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)
