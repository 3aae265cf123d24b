"""Forms of the consent pages: tick a section, answer a question, write one's name, take it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.consent import ConsentSection, TeachBackQuestion
from kairos.domain.evidence.consent_reading import Helper
from kairos.domain.evidence.expectations import ExpectationCheck
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


class ExpectationForm(CommandForm):
    """What the person expects: a choice for each question, and their own words if they like."""

    def __init__(self, *args: Any, check: ExpectationCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        for question in check.questions:
            self.fields[question.id] = forms.ChoiceField(
                label=question.question,
                choices=[(answer.id, answer.text) for answer in question.answers],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the answers")},
            )
        self.fields["said"] = forms.CharField(
            label=check.own_words,
            help_text=_("You need not write anything. Your team can read it."),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the questions, in order."""
        return [self[question.id] for question in self.check.questions]

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        return {"chosen": {each.id: told[each.id] for each in self.check.questions}, "said": told["said"]}


HELPERS = (
    (Helper.NOBODY.value, _("Nobody, I read it myself")),
    (Helper.INTERPRETER.value, _("An interpreter")),
    (Helper.CLOSE.value, _("Somebody close to me")),
    (Helper.TEAM.value, _("Somebody of the team")),
)


class SignForm(CommandForm):
    """The signature: the full name, written out, and who helped to read."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        help_text=_("Writing your name here counts as your signature."),
        error_messages={"required": _("Write your full name")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    helper = forms.ChoiceField(
        label=_("Who helped you to read it"),
        choices=HELPERS,
        initial=Helper.NOBODY.value,
        required=False,
        widget=forms.RadioSelect,
    )
    helper_name = forms.CharField(
        label=_("Their name"), help_text=_("For an interpreter it is needed."), required=False, max_length=200
    )

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        helper = Helper(told["helper"] or Helper.NOBODY)
        return {"name": told["name"], "helper": helper, "helper_name": told["helper_name"]}


class WithdrawForm(CommandForm):
    """Taking a consent back; no reason is asked for."""

    said = forms.CharField(
        label=_("Anything you want to tell your team"),
        help_text=_("You need not write anything."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
