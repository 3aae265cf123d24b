"""What is sent from a home: an answer, a reading, the end of a hold, the quiz."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.actions.vital_signs import VitalSigns
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.protocols.support_training import SupportTraining
from kairos.domain.sessions.events import CheckInAnswer
from kairos.domain.sessions.next_morning import QUESTIONS
from kairos.web.forms import CommandForm
from kairos.web.portal.at_home.shown import said

LOCAL = "%Y-%m-%dT%H:%M"


def _choice(kind: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(coerce=kind, choices=[(each.value, each.value) for each in kind])


class CheckInForm(CommandForm):
    """How the person is."""

    answer = _choice(CheckInAnswer)


class MouthForm(CommandForm):
    """What became of a lozenge."""

    end = _choice(MouthEnd)


class ItemForm(CommandForm):
    """An answer to one item: a word, or a time of the home's clock."""

    answer = forms.CharField(required=False, max_length=40)
    answered_at = forms.DateTimeField(required=False, input_formats=[LOCAL])

    def given(self, zone: Any) -> dict[str, Any]:
        """Return what the action is given."""
        at: datetime | None = self.cleaned_data["answered_at"]
        local = at.replace(tzinfo=zone) if at is not None else None
        answer = "" if local is not None else self.cleaned_data["answer"]
        return {"answer": answer, "answered_at": local, "command_id": self.cleaned_data["command_id"]}


class ReadingForm(CommandForm):
    """What a cuff and an oximeter show."""

    systolic = forms.FloatField(label=_("Upper number"), required=False)
    diastolic = forms.FloatField(label=_("Lower number"), required=False)
    heart_rate = forms.FloatField(label=_("Pulse"), required=False)
    oxygen = forms.FloatField(label=_("Oxygen %, if you have the finger clip"), required=False)

    def values(self) -> VitalSigns:
        """Return the reading."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "command_id"}
        return VitalSigns(**told)


class MorningForm(CommandForm):
    """Driving, rest, and how it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in QUESTIONS.items():
            words = [(value, said(f"home.morning.{name}.{value}")) for value in offered]
            question = said(f"home.morning.{name}")
            self.fields[name] = forms.ChoiceField(
                label=question, choices=words, widget=forms.RadioSelect, required=False
            )

    def answers(self) -> dict[str, str]:
        """Return what was answered."""
        return {name: self.cleaned_data[name] for name in QUESTIONS}


class QuizForm(CommandForm):
    """The answers of the quiz, one a question."""

    def __init__(self, *args: Any, training: SupportTraining, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = tuple(question.id for question in training.questions)
        for question in training.questions:
            field = forms.ChoiceField(
                label=question.text,
                choices=list(question.options.items()),
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[question.id] = field

    def answers(self) -> Mapping[str, str]:
        """Return what was answered."""
        return {name: self.cleaned_data[name] for name in self.names}
