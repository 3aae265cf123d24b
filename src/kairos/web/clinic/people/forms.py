"""Forms about who somebody is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.vocab.instants import PartialDate
from kairos.web.forms import CommandForm

SEXES = (
    ("", "–"),
    ("female", _("Female")),
    ("male", _("Male")),
    ("other", _("Other")),
    ("unknown", _("Not known")),
)


class DateField(forms.CharField):
    """A date in the precision that is known: a day, a month or a year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1974-02-09. A month (1974-02) or a year is enough."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> PartialDate | None:
        """Return the date; refuse what is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("Enter a date like 1974-02-09")) from error


class AdmissionForm(CommandForm):
    """Somebody who brings no record."""

    family_name = forms.CharField(
        label=_("Family name"), error_messages={"required": _("Enter the family name")}
    )
    given_names = forms.CharField(
        label=_("Given names"), error_messages={"required": _("Enter the given names")}
    )
    born_on = DateField(label=_("Date of birth"), error_messages={"required": _("Enter the date of birth")})
    sex = forms.ChoiceField(
        label=_("Sex on record"),
        choices=SEXES,
        help_text=_("It decides whether pregnancy is asked about."),
        error_messages={"required": _("Choose what the record states")},
    )
