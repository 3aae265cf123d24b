"""Forms of incidents: a report in a minute, a review that leaves nothing out."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.safety.incidents import Cause, IncidentArea, IncidentKind, IncidentReport, IncidentReview
from kairos.web.clinic.courses.forms import LOCAL, SentenceForm, at_site
from kairos.web.clinic.incidents.words import AREA_WORDS, CAUSE_WORDS, KIND_WORDS

_LINES = forms.Textarea(attrs={"rows": 3})


class ReportForm(SentenceForm):
    """What somebody saw."""

    kind = forms.TypedChoiceField(
        label=_("Did it reach somebody?"),
        coerce=IncidentKind,
        choices=list(KIND_WORDS.items()),
        widget=forms.RadioSelect,
    )
    area = forms.TypedChoiceField(
        label=_("What was it about?"), coerce=IncidentArea, choices=[("", _("Choose")), *AREA_WORDS.items()]
    )
    happened_at = forms.DateTimeField(
        label=_("When did it happen?"),
        input_formats=[LOCAL],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )
    told = forms.CharField(
        label=_("What happened?"),
        help_text=_("In a sentence or two. Name no patient: say chair 3, not who sat there."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def given(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return what the action is given; the time typed is the site's clock."""
        told = dict(self.cleaned_data)
        command_id = told.pop("command_id")
        told["happened_at"] = at_site(told["happened_at"].replace(tzinfo=None), zone)
        return {"command_id": command_id, "report": IncidentReport(**told)}


class ReviewForm(SentenceForm):
    """The review that closes an incident."""

    happened = forms.CharField(label=_("What happened, step by step"), required=False, widget=_LINES)
    causes = forms.TypedMultipleChoiceField(
        label=_("What contributed"),
        coerce=Cause,
        choices=list(CAUSE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    changed = forms.CharField(
        label=_("What is changed, by whom, by when; or why nothing is"), required=False, widget=_LINES
    )
    learned = forms.CharField(label=_("What was learned"), required=False, widget=_LINES)
    shared_with = forms.CharField(label=_("With whom it was shared, and when"), required=False)

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides of which incident."""
        told = dict(self.cleaned_data)
        command_id = told.pop("command_id")
        told["causes"] = tuple(told["causes"])
        return {"command_id": command_id, "review": IncidentReview(**told)}
