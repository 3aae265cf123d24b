"""How a task ended, and the C-SSRS screener as it is asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.instruments.questionnaire import Instrument, shown_items
from kairos.web.clinic.inbox.words import OUTCOME_WORDS
from kairos.web.forms import CommandForm


class OutcomeForm(CommandForm):
    """How a task ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended")},
    )

    def __init__(self, *args: Any, outcomes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(outcome, OUTCOME_WORDS[outcome]) for outcome in outcomes]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class ScreenerForm(CommandForm):
    """The screener's questions as they stand; the wording is the owner's. Which are open, answers decide.

    A "yes" that was given is kept also where a later answer closes its question.
    """

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for item in instrument.items:
            self.fields[name_of(item.id)] = forms.TypedChoiceField(
                label=item.text,
                help_text=item.hint,
                choices=[(option.value, option.text) for option in item.options],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose yes or no")},
            )

    @property
    def answers(self) -> dict[str, int]:
        """What was answered, by item."""
        given = {item: self.cleaned_data.get(name_of(item)) for item in self.instrument.item_ids}
        return {item: value for item, value in given.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        """Ask for every question that the answers open, save the one whose silence counts."""
        given: dict[str, Any] = super().clean() or {}
        for item_id in shown_items(self.instrument, self.answers):
            may_be_silent = self.instrument.item(item_id).silence_counts is not None
            if item_id not in self.answers and not may_be_silent and name_of(item_id) not in self.errors:
                self.add_error(name_of(item_id), _("Choose yes or no; the answers above open this question"))
        return given


def name_of(item_id: str) -> str:
    """Return the name of an item's field; a dot would not do in one."""
    return item_id.replace(".", "_")
