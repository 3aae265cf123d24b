"""A programme's readiness: the list, what was found of one item with its file, going live."""

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

from kairos.actions.check_readiness_item import MEDIA, Evidence, check_readiness_item
from kairos.actions.go_live import go_live
from kairos.content.release import load_release
from kairos.domain.protocols.readiness import ItemState
from kairos.queries.readiness import ProgrammeReadiness, evidence_file, readiness_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import DATE, SentenceForm
from kairos.web.forms import CommandForm

VERDICT_WORDS = {
    Verdict.MET: gettext_lazy("Holds"),
    Verdict.NOT_MET: gettext_lazy("Ended, or out of date"),
    Verdict.UNKNOWN: gettext_lazy("Not looked at yet"),
}
_STATES = (
    (ItemState.HOLDS, gettext_lazy("It is so; the file shows it")),
    (ItemState.ENDED, gettext_lazy("It is not so, or no longer")),
)


class ItemForm(SentenceForm):
    """What was found of one item, until when that holds, and the file that shows it."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("What you found"), coerce=ItemState, choices=_STATES, widget=forms.RadioSelect
    )
    until = forms.DateField(label=gettext_lazy("Looked at again by"), widget=DATE, required=False)
    evidence = forms.FileField(
        label=gettext_lazy("File that shows it"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA)}),
    )

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides of what item."""
        told = dict(self.cleaned_data)
        sent = told.pop("evidence")
        kind = str(sent.content_type) if sent else ""
        return told | {"evidence": Evidence(sent.name, kind, sent.read()) if sent else None}


def _shown(each: ProgrammeReadiness, item: str) -> dict[str, Any]:
    kept, verdict = each.kept.get(item), each.standing.verdicts[item]
    return {
        "id": item,
        "words": load_release().texts.template(f"readiness.{item}"),
        "kept": kept,
        "by": each.names.get(kept.by, "") if kept else "",
        "holds": verdict is Verdict.MET,
        "standing": VERDICT_WORDS[verdict],
    }


@allow(Permission.SEE_PROGRAMME)
@require_GET
def show_readiness(request: ActingRequest) -> HttpResponse:
    """Show each programme with its items, its score, and whether it is live."""
    by = cast(Actor, request.actor)
    found = [
        {"programme": each, "items": [_shown(each, item.id) for item in each.items]}
        for each in readiness_page(by=by, now=timezone.now())
    ]
    shown = {"programmes": found, "may_keep": by.may(Permission.KEEP_READINESS)}
    return render(request, "clinic/programme/readiness.html", shown)


@allow(Permission.KEEP_READINESS)
@require_http_methods(["GET", "POST"])
def check_item(request: ActingRequest, programme_id: UUID, item: str) -> HttpResponse:
    """Record what was found of one item."""
    by, now = cast(Actor, request.actor), timezone.now()
    found = next((each for each in readiness_page(by=by, now=now) if each.id == programme_id), None)
    if found is None or item not in found.standing.verdicts:
        raise Http404
    form = ItemForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_readiness_item(programme_id=programme_id, item=item, by=by, now=now, **form.given())
            messages.info(request, _("Kept. The earlier check stays in the record."))
            return redirect("readiness")
        except InvalidInput as error:
            form.take_problems(error)
    shown = {"form": form, "item": _shown(found, item), "programme": found}
    return render(request, "clinic/programme/readiness_item.html", shown, status=400 if form.errors else 200)


@allow(Permission.KEEP_READINESS)
@require_POST
def change_live(request: ActingRequest, programme_id: UUID) -> HttpResponse:
    """Go live, or end it; what is missing is said."""
    form = CommandForm(request.POST)
    if form.is_valid():
        by, is_live = cast(Actor, request.actor), request.POST.get("live") == "yes"
        given = {"command_id": form.cleaned_data["command_id"], "is_live": is_live}
        try:
            go_live(programme_id=programme_id, by=by, now=timezone.now(), **given)
            said = _("The programme is live.") if is_live else _("The programme plans and opens no more.")
            messages.info(request, said)
        except NotAllowed as error:
            words = str(error)
            messages.warning(request, f"{words[:1].upper()}{words[1:]}.")
    return redirect("readiness")


@allow(Permission.SEE_PROGRAMME)
@require_GET
def send_evidence(request: ActingRequest, programme_id: UUID, item: str) -> HttpResponse:
    """Send the file of one item, to be kept and not opened in the page."""
    file = evidence_file(programme_id=programme_id, item=item, by=cast(Actor, request.actor))
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{item}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
