"""What a patient writes to the team, and what is answered to a check-in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.protocols.messages import LONGEST, MessageKind
from kairos.web.forms import CommandForm

KIND_WORDS = {
    MessageKind.QUESTION: _("A question"),
    MessageKind.HOW_I_AM: _("How I am, or a side effect"),
    MessageKind.MEDICINE: _("My medicines"),
    MessageKind.APPOINTMENT: _("An appointment"),
    MessageKind.HARD_TO_SAY: _("Something that is hard to say"),
}


class ReplyForm(CommandForm):
    """More words in a conversation."""

    words = forms.CharField(
        label=_("Your message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}),
    )
    is_urgent = forms.BooleanField(label=_("It cannot wait"), required=False)


class MessageForm(ReplyForm):
    """A new conversation."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(kind.value, words) for kind, words in KIND_WORDS.items()],
        widget=forms.RadioSelect,
        initial=MessageKind.QUESTION.value,
    )
    field_order = ("command_id", "kind", "words", "is_urgent")

    def clean(self) -> dict[str, Any]:
        """Give the kind as what it is."""
        given: dict[str, Any] = super().clean() or {}
        if "kind" in given:
            given["kind"] = MessageKind(given["kind"])
        return given
