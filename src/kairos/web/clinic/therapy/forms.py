"""Forms of psychotherapy: a meeting, a filled template, aims, the flag, a note at the chair."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.therapy import SessionKind, SessionTemplate
from kairos.web.clinic.courses.forms import LOCAL, SentenceForm
from kairos.web.clinic.sessions.forms import TimedForm
from kairos.web.forms import CommandForm
from kairos.web.therapy_words import said


class MeetingForm(SentenceForm):
    """When a meeting is. The time is the site's own."""

    starts_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[LOCAL],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )

    def given(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return the instant and the command."""
        told = dict(self.cleaned_data)
        return {**told, "starts_at": cast(datetime, told["starts_at"]).replace(tzinfo=zone)}


class NoteForm(CommandForm):
    """A template to fill; of an amendment also why."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it is amended"), required=False)

    def __init__(
        self, *args: Any, template: SessionTemplate, has_trauma_flag: bool, is_amended: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for field in template.fields:
            label = said(f"therapy.field.{field.id}")
            if not field.is_required(has_trauma_flag=has_trauma_flag):
                label = _("%(heading)s (may stay empty)") % {"heading": label}
            widget = forms.Textarea(attrs={"rows": 3})
            self.fields[field.id] = forms.CharField(label=label, required=False, widget=widget)
        self.headings = [field.id for field in template.fields]
        if not is_amended:
            del self.fields["reason"]
        self.order_fields(["command_id", "based_on", *self.headings, "reason"])

    def given(self) -> dict[str, Any]:
        """Return what the action is given besides what it is about."""
        told = self.cleaned_data
        return {
            "fields": {name: told[name] for name in self.headings},
            "based_on": told["based_on"],
            "reason": told.get("reason", ""),
            "command_id": told["command_id"],
        }


class AimsForm(CommandForm):
    """Which aims a session has."""

    aims = forms.MultipleChoiceField(
        label=_("What the person wants to work on"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, aims: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["aims"]
        field.choices = [(aim, said(f"therapy.aim.{aim}")) for aim in aims]  # type: ignore[attr-defined]


class TraumaForm(CommandForm):
    """The trauma-care flag with its pacing plan."""

    is_on = forms.TypedChoiceField(
        label=_("Trauma-care flag"),
        coerce=lambda word: word == "on",
        choices=(("on", _("On: trauma prompts are hidden, and pacing is planned")), ("off", _("Off"))),
        widget=forms.RadioSelect,
    )
    pacing = forms.CharField(
        label=_("Pacing: what is left alone, and the signs to slow down"),
        help_text=_("If you take the flag away: why."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StreamNoteForm(TimedForm):
    """A note of the therapist, at its true time."""

    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


PLANNED_KINDS = (SessionKind.PREPARATORY, SessionKind.INTEGRATION)
