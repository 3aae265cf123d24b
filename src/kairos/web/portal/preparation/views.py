"""A patient's preparation: the sessions to come, and what they want to explore in each."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.share_intention import share_intention
from kairos.actions.write_intention import write_intention
from kairos.domain.integration.intention import IntentionPart
from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.preparation import OwnSession, own_intentions
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import refusal

WHO = (("private", gettext_lazy("Only me")), ("shared", gettext_lazy("Me and the team that treats me")))


class IntentionForm(CommandForm):
    """Words of one's own, and who may read them."""

    words = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    who = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), choices=WHO, initial="private", widget=forms.RadioSelect
    )

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = dict(self.cleaned_data)
        return {
            "command_id": told["command_id"],
            "words": told["words"],
            "is_shared": told["who"] == "shared",
        }


@allow(Permission.PREPARE_SESSION)
@require_GET
def show_preparation(request: ActingRequest) -> HttpResponse:
    """Show the sessions to come and those held, each with its intention."""
    page = own_intentions(by=cast(Actor, request.actor), now=timezone.now())
    rows = [_shown(each, page.zone) for each in page.sessions]
    found = {
        "to_come": [row for row in rows if not row["has_dosed"]],
        "past": [row for row in reversed(rows) if row["has_dosed"]],
    }
    return render(request, "portal/preparation/preparation.html", found)


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def show_intention(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Write the intention of one session; afterwards, what became of it."""
    page = own_intentions(by=cast(Actor, request.actor), now=timezone.now())
    own = next((each for each in page.sessions if each.planned.id == planned_session_id), None)
    if own is None:
        raise Http404
    part = IntentionPart.AFTER if own.has_dosed else IntentionPart.BEFORE
    form = _form(request, own, part)
    if request.method == "POST" and form.is_valid():
        try:
            by, now = cast(Actor, request.actor), timezone.now()
            write_intention(planned_session_id=planned_session_id, part=part, by=by, now=now, **form.given())
            messages.info(request, _("Saved."))
            return redirect("portal_intention", planned_session_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    found = {"form": form, **_shown(own, page.zone)}
    return render(request, "portal/preparation/intention.html", found, status=400 if form.errors else 200)


@allow(Permission.PREPARE_SESSION)
@require_POST
def change_sharing(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Share the intention of one session, or make it private, by one press."""
    form = CommandForm(request.POST)
    if form.is_valid():
        by, now = cast(Actor, request.actor), timezone.now()
        is_shared = request.POST.get("who") == "shared"
        share_intention(
            planned_session_id=planned_session_id, is_shared=is_shared, by=by, now=now, **form.cleaned_data
        )
        messages.info(request, _("Shared with your team.") if is_shared else _("Only you can read it now."))
    return redirect("portal_intention", planned_session_id)


def _form(request: ActingRequest, own: OwnSession, part: IntentionPart) -> IntentionForm:
    kept = own.intention.after if part is IntentionPart.AFTER else own.intention.before
    initial = {"words": kept, "who": "shared" if own.intention.is_shared else "private"}
    return IntentionForm(request.POST or None, initial=initial)


def _shown(own: OwnSession, zone: Any) -> dict[str, Any]:
    return {
        "id": own.planned.id,
        "number": own.planned.number,
        "at": own.planned.starts_at.astimezone(zone),
        "intention": own.intention,
        "has_dosed": own.has_dosed,
        "is_planned": own.planned.status == PlannedStatus.PLANNED,
    }
