"""The form of one duty of the on-call roster."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.on_call import Duty, OnCallStep
from kairos.queries.on_call import Candidate, SiteOnCall
from kairos.web.forms import CommandForm, new_id

STEP_WORDS = {
    OnCallStep.NURSE_IN_CHARGE: _("Nurse in charge"),
    OnCallStep.PRESCRIBER: _("Prescriber"),
    OnCallStep.MEDICAL_DIRECTOR: _("Medical director"),
    OnCallStep.WELFARE: _("Welfare check"),
}
DAY_WORDS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _day(label: Any, *, required: bool) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class DutyForm(CommandForm):
    """Who is on call for what, where and when."""

    step = forms.TypedChoiceField(label=_("On call as"), coerce=OnCallStep, choices=list(STEP_WORDS.items()))
    who = forms.TypedChoiceField(label=_("Who"), coerce=UUID)
    site_id = forms.TypedChoiceField(label=_("At which site"), coerce=UUID)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days it begins"),
        coerce=int,
        choices=DAY_WORDS,
        initial=[day for day, _word in DAY_WORDS],
        widget=forms.CheckboxSelectMultiple,
    )
    starts = _time(_("From"))
    ends = _time(_("Until; the same time or an earlier one is the next day"))
    first_day = _day(_("First day"), required=True)
    last_day = _day(_("Last day; leave it empty where it goes on"), required=False)

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], sites: Sequence[SiteOnCall], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(each.id, each.name) for each in candidates]  # type: ignore[attr-defined]
        self.fields["site_id"].choices = [(each.id, each.name) for each in sites]  # type: ignore[attr-defined]
        self._sites = {each.id: each for each in sites}

    def duty(self) -> Duty:
        """Return the duty that was entered."""
        told = self.cleaned_data
        site = self._sites[told["site_id"]]
        return Duty(
            id=new_id(),
            step=told["step"],
            who=told["who"],
            zone=site.zone.key,
            starts=told["starts"],
            ends=told["ends"],
            first_day=told["first_day"],
            last_day=told["last_day"],
            weekdays=frozenset(told["weekdays"]),
            site_id=site.id,
        )

    @staticmethod
    def begins_with(today: date) -> dict[str, Any]:
        """Return what an empty form shows."""
        return {"first_day": today}
