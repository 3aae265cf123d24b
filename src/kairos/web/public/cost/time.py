"""What each way of giving takes of somebody's time: the least by its protocol, and their own way there."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kairos.content.release import load_release
from kairos.domain.evidence.price_list import VISIT
from kairos.domain.evidence.time_burden import TimeAsked, time_over
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.target import Setting
from kairos.web.public.cost.quotes import SPANS
from kairos.web.public.cost.words import item_words


def _hours(label: Any, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hint, required=False, min_value=0, max_value=48, max_digits=5, decimal_places=2
    )


class TimeForm(forms.Form):
    """What somebody knows of their own time; every field may stay empty."""

    use_required_attribute = False
    first_visits = forms.IntegerField(
        label=_("Sessions in the first weeks"), required=False, min_value=0, max_value=1000
    )
    later_a_month = forms.DecimalField(
        label=_("Sessions a month after that"),
        help_text=_("Write nought if you would not go on."),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
    )
    way_h = _hours(_("Hours of travel for one session, there and back"))
    rest_h = _hours(_("Hours you rest afterwards"), _("You must not drive on that day."))


def time_page(given: QueryDict) -> dict[str, Any]:
    """Return the form, and the hours by way and span once something is filled in."""
    form = TimeForm(given or None)
    asked = TimeAsked(**form.cleaned_data) if form.is_bound and form.is_valid() else None
    return {"form": form, "spans": [word for _months, word in SPANS], "ways": _ways(asked) if asked else []}


def _ways(asked: TimeAsked) -> list[dict[str, Any]]:
    found = []
    for protocol in load_release().protocols.values():
        least_h = least_hours(protocol)
        is_at_home = protocol.setting == Setting.HOME
        taken = [
            time_over(asked, least_h=least_h, is_at_home=is_at_home, months=months) for months, _word in SPANS
        ]
        found.append({"name": item_words(VISIT + protocol.id), "least_h": least_h, "taken": taken})
    return found


def least_hours(protocol: TreatmentProtocol) -> Decimal:
    """Return the hours from the dose to the release that the protocol asks for, at least."""
    limits = LimitsInForce(load_release().parameters, timezone.localdate(), protocol.limits_named)
    return Decimal(limits.span(protocol.time_gate.least) // timedelta(minutes=1)) / 60
