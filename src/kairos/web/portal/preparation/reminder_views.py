"""How a patient is reminded: at all, by which clock, and at what hours not."""

from datetime import time
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kairos.actions.wish_reminders import wish_reminders
from kairos.queries.preparation import OwnReminders, own_reminders
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm

_HALF_HOURS = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 30)]


def _clock() -> forms.TypedChoiceField:
    choices = [(f"{at:%H:%M}", f"{at:%H:%M}") for at in _HALF_HOURS]
    return forms.TypedChoiceField(choices=choices, coerce=time.fromisoformat)


class RemindersForm(CommandForm):
    """Whether, and when not; the zone by the names that every device knows."""

    is_on = forms.BooleanField(label=gettext_lazy("Remind me before my sessions"), required=False)
    quiet_from = _clock()
    quiet_to = _clock()
    zone = forms.ChoiceField(label=gettext_lazy("Where your clock is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quiet_from"].label = _("Nothing from")
        self.fields["quiet_to"].label = _("until")
        names = sorted(name for name in available_timezones() if "/" in name or name == "UTC")
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in names]  # type: ignore[attr-defined]


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def show_reminders(request: ActingRequest) -> HttpResponse:
    """Show how I am reminded and when next, and take in what I wish."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = own_reminders(by=by, now=now)
    form = RemindersForm(request.POST or None, initial=_initial(page))
    if request.method == "POST" and form.is_valid():
        try:
            wish_reminders(by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Saved."))
            return redirect("portal_reminders")
        except InvalidInput as error:
            form.take_problems(error)
    found = {
        "form": form,
        "page": page,
        "to_come": [at.astimezone(page.wishes.zone) for at in page.to_come[:3]],
    }
    return render(request, "portal/preparation/reminders.html", found, status=400 if form.errors else 200)


def _initial(page: OwnReminders) -> dict[str, Any]:
    return {
        "is_on": page.wishes.is_on,
        "quiet_from": f"{page.wishes.quiet.starts:%H:%M}",
        "quiet_to": f"{page.wishes.quiet.ends:%H:%M}",
        "zone": page.wishes.zone.key,
    }
