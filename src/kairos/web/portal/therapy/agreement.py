"""What touch a patient agrees to and takes back: on their own page, and on a tablet handed to them."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kairos.actions.agree_touch import agree_touch
from kairos.actions.narrow_touch import narrow_touch
from kairos.domain.protocols.touch import TouchItem
from kairos.queries.therapy import touch_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import refusal


class LeftForm(CommandForm):
    """Which lines of agreed touch are kept."""

    keep = forms.MultipleChoiceField(
        label=_("What is still agreed"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, items: Sequence[TouchItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keep"]
        field.choices = [(item.id, item.words) for item in items]  # type: ignore[attr-defined]


class AgreeForm(CommandForm):
    """What a patient agrees to, in their own words, and their name."""

    lines = forms.CharField(
        label=_("What you agree to, one thing a line"),
        help_text=_("For example what may be held, when, and the sign that means stop."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Your full name"), help_text=_("It is your signature."), required=False)

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = dict(self.cleaned_data)
        return {**told, "lines": told["lines"].splitlines()}


def agreement(request: ActingRequest, planned_session_id: UUID, frame: str, back: str) -> HttpResponse:
    """Show the patient's own page of touch: agree before the dose, take back at any time."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = touch_page(planned_session_id=planned_session_id, by=by)
    is_taking_back = request.POST.get("act") == "take_back"
    left = LeftForm(request.POST if is_taking_back else None, items=page.items)
    agree = AgreeForm(request.POST if request.method == "POST" and not is_taking_back else None)
    form = left if is_taking_back else agree
    if request.method == "POST" and form.is_valid():
        try:
            act = narrow_touch if is_taking_back else agree_touch
            given = left.cleaned_data if is_taking_back else agree.given()
            act(planned_session_id=planned_session_id, by=by, now=now, **given)
            messages.info(request, gettext("Saved. Your team sees it now."))
            return redirect(back, planned_session_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, refusal(error))
    found = {"page": page, "left": left, "agree": agree, "form": form, "frame_of_page": frame}
    return render(request, "portal/therapy/touch.html", found, status=400 if form.errors else 200)
