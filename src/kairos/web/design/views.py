"""The page of all parts, for whoever builds or checks screens."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from kairos.web.access import allow
from kairos.web.design import parts
from kairos.web.design.examples import examples
from kairos.web.forms import CommandForm, new_id


class DoseForm(CommandForm):
    """An example of one question a page."""

    dose = forms.FloatField(
        label=lazy("What dose of sertraline do you take each day?"),
        help_text=lazy("It is on the box. For example, 100."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": lazy("Enter the dose as a number, like 100")},
    )


@allow(public=True, reason="parts with invented people; not served in production")
@require_GET
def show_design(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    if not settings.KAIROS_SHOWS_DESIGN:
        raise Http404
    return render(request, "design/page.html", one_of_each(timezone.now()))


def one_of_each(now: datetime) -> dict[str, Any]:
    """Return what the page of all parts is drawn from."""
    found = {
        "levels": _levels(),
        "form": DoseForm({"dose": "one hundred", "command_id": new_id(now)}),
        "soon": now + timedelta(minutes=2),
        "late": now - timedelta(minutes=1, seconds=30),
        "grades": list(parts.GRADE_WORDS),
    }
    return {**found, **examples(now)}


def _levels() -> list[dict[str, str]]:
    return [
        {"level": "info", "icon": "info", "name": _("Circle"), "means": _("Worth knowing. Nothing to do.")},
        {
            "level": "due",
            "icon": "due",
            "name": _("Rounded square"),
            "means": _("Expected, and the time has come."),
        },
        {
            "level": "caution",
            "icon": "caution",
            "name": _("Triangle"),
            "means": _("Outside a limit, or a check is missed."),
        },
        {
            "level": "urgent",
            "icon": "urgent",
            "name": _("Diamond"),
            "means": _("Someone must come now. It escalates by itself."),
        },
        {
            "level": "emergency",
            "icon": "emergency",
            "name": _("Octagon"),
            "means": _("A life may be at risk."),
        },
        {
            "level": "unknown",
            "icon": "unknown",
            "name": _("Dashed circle"),
            "means": _("No one knows yet. Dashes always mean this."),
        },
        {"level": "done", "icon": "ok", "name": _("Tick, no fill"), "means": _("Normal. Quiet on purpose.")},
    ]
