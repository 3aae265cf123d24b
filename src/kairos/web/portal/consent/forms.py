"""Forms of the consent pages: tick a section, answer a question, write one's name, take it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.consent import ConsentSection, TeachBackQuestion
from kairos.web.forms import CommandForm


class SectionForm(CommandForm):
    """The sentence at the end of a section, to be ticked."""

    agreed = forms.BooleanField(error_messages={"required": _("Tick the sentence when it is clear to you")})

    def __init__(self, *args: Any, section: ConsentSection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = section.acknowledgement


class QuestionForm(CommandForm):
    """One question on what was read."""

    chosen = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose one of the answers")}
    )

    def __init__(self, *args: Any, question: TeachBackQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].label = question.question
        self.fields["chosen"].choices = [(a.id, a.text) for a in question.answers]  # type: ignore[attr-defined]


class SignForm(CommandForm):
    """The signature: the full name, written out."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        help_text=_("Writing your name here counts as your signature."),
        error_messages={"required": _("Write your full name")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )


class WithdrawForm(CommandForm):
    """Taking a consent back; no reason is asked for."""

    said = forms.CharField(
        label=_("Anything you want to tell your team"),
        help_text=_("You need not write anything."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
