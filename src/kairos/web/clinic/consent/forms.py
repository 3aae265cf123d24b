"""The form of a clinician's note on whether a person can decide this now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.consent_reading import Capacity
from kairos.web.forms import CommandForm
from kairos.web.portal.consent.words import CAPACITY


class CapacityForm(CommandForm):
    """The judgement, and what it rests on."""

    capacity = forms.TypedChoiceField(
        label=_("The person is"),
        choices=[(each.value, CAPACITY[each]) for each in Capacity],
        coerce=Capacity,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )
    note = forms.CharField(
        label=_("What it rests on"),
        help_text=_("What was asked and answered, and what speaks for or against. The person can read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what it rests on")},
    )
