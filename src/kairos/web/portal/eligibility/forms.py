"""What a person writes who says that something is not right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.eligibility.objections import LONGEST
from kairos.web.forms import CommandForm


class ObjectionForm(CommandForm):
    """Own words; nothing need be written."""

    words = forms.CharField(
        label=_("In your own words, if you like"),
        help_text=_("You can leave this empty. Your team asks you then."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
