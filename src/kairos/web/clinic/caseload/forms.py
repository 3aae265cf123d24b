"""Forms of the caseload: handing over, an hour, a summary, a check-in visit."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.integration.hours import TalkWay
from kairos.domain.integration.plan import HandOverReason, VisitField
from kairos.domain.protocols.visits import PlanChange
from kairos.web.clinic.caseload.words import reason_words
from kairos.web.clinic.courses.forms import LOCAL
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import said


def _when() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)


class HandOverForm(CommandForm):
    """What a clinician is to look at, and what was seen or heard."""

    reason = forms.ChoiceField(
        label=_("What a clinician is to look at"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what a clinician is to look at")},
    )
    note = forms.CharField(
        label=_("What I saw or heard, in a few words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, reasons: Iterable[HandOverReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(reason.id, reason_words(reason.id)) for reason in reasons]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class HourForm(CommandForm):
    """An hour that patients can take; its times are the clinic's own."""

    starts_at = forms.DateTimeField(label=_("From"), input_formats=[LOCAL], widget=_when())
    ends_at = forms.DateTimeField(label=_("To"), input_formats=[LOCAL], widget=_when())
    way = forms.ChoiceField(
        label=_("How"),
        choices=[
            (TalkWay.ROOM.value, _("At the clinic")),
            (TalkWay.VIDEO.value, _("By video")),
            (TalkWay.PHONE.value, _("By telephone")),
        ],
    )
    seats = forms.IntegerField(label=_("For how many people; more than one is a group"), initial=1)
    where = forms.CharField(label=_("Room, number, or link of the video meeting"), required=False)

    def given(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return the hour with its instants."""
        told = dict(self.cleaned_data)
        times = {name: cast(datetime, told[name]).replace(tzinfo=zone) for name in ("starts_at", "ends_at")}
        return {**told, **times}


class SummaryForm(CommandForm):
    """The summary of a talk."""

    summary = forms.CharField(
        label=_("What was talked about, and what comes next"),
        help_text=_("The patient reads every word and says whether it is so."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )


class VisitForm(CommandForm):
    """A check-in visit: each heading, and what is changed of the plan."""

    change = forms.ChoiceField(
        label=_("What is changed of the plan"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is changed, or that nothing is")},
    )
    why = forms.CharField(label=_("Why it is changed"), required=False)

    def __init__(self, *args: Any, headings: Iterable[VisitField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = [field.id for field in headings]
        for field in headings:
            label = said(f"visit.field.{field.id}")
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[field.id] = forms.CharField(label=label, required=False, widget=widget)
        choices = [(change.value, said(f"visit.change.{change}")) for change in PlanChange]
        self.fields["change"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["command_id", *self.headings, "change", "why"])

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        fields = {name: told[name] for name in self.headings}
        return {"fields": fields, **{name: told[name] for name in ("change", "why", "command_id")}}
