"""One question as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.instruments.questionnaire import Item
from kairos.web.forms import CommandForm

LEFT_OUT = "leave_out"


class AnswerForm(CommandForm):
    """The answers of one question. Leaving it out is a button of its own, and an answer is never assumed."""

    answer = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of the answers below")},
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        field.choices = [(option.value, option.text) for option in item.options]  # type: ignore[attr-defined]
        field.label, field.help_text = item.text, item.hint

    def clean(self) -> dict[str, Any]:
        """Ask for an answer, unless the question is left out on purpose."""
        given: dict[str, Any] = super().clean() or {}
        if LEFT_OUT in self.data:
            return {**given, "answer": None}
        if given.get("answer") is None and "answer" not in self.errors:
            self.add_error("answer", _("Choose one answer, or say that you would rather not answer"))
        return given
