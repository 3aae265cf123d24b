"""The forms of the papers for an insurer. Nothing of them is kept but that a pack was made."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.queries.insurance import NoteThere
from kairos.web.clinic.courses.forms import DATE
from kairos.web.clinic.words import day_words


class Letter(StrEnum):
    """What is asked of the insurer."""

    REQUEST = "request"
    APPEAL = "appeal"


LETTERS = (
    (Letter.REQUEST, gettext_lazy("Ask before the start (prior authorisation)")),
    (Letter.APPEAL, gettext_lazy("Answer a refusal (appeal)")),
)
NOTE_WORDS = {
    "decision": gettext_lazy("Signed decision about eligibility"),
    "preparatory": gettext_lazy("Note of a meeting before a session"),
    "dosing": gettext_lazy("Note of the therapist in a session"),
    "integration": gettext_lazy("Note of a meeting after a session"),
}


class PackForm(forms.Form):
    """To whom, about what, and which notes go with it: none unless somebody ticks it."""

    use_required_attribute = False
    letter = forms.TypedChoiceField(
        label=gettext_lazy("What you ask"), coerce=Letter, choices=LETTERS, widget=forms.RadioSelect
    )
    insurer = forms.CharField(label=gettext_lazy("Insurer"), max_length=200)
    member = forms.CharField(label=gettext_lazy("Member number"), max_length=60, required=False)
    reference = forms.CharField(label=gettext_lazy("Number of their letter"), max_length=60, required=False)
    refused_on = forms.DateField(label=gettext_lazy("Day of their letter"), widget=DATE, required=False)
    reason = forms.CharField(
        label=gettext_lazy("The reason they gave, in their words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    more = forms.CharField(
        label=gettext_lazy("What you add"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    notes = forms.MultipleChoiceField(
        label=gettext_lazy("Notes that go with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None is chosen for you. Send what the question needs, and no more."),
    )

    def __init__(self, *args: Any, notes: Sequence[NoteThere], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].choices = [(str(note.id), note_words(note)) for note in notes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """An appeal answers a letter: it needs its day and its reason."""
        told = super().clean() or {}
        if told.get("letter") is Letter.APPEAL:
            for name in ("refused_on", "reason"):
                if not told.get(name):
                    self.add_error(name, _("An appeal needs it: it stands in their letter."))
        return told


def note_words(note: NoteThere) -> str:
    """Return a note by its kind, its day and who signed it."""
    kind = NOTE_WORDS.get(note.kind, note.kind.replace("_", " "))
    return f"{kind}, {day_words(note.signed_at)}, {note.signed_by}"


class EstimateForm(forms.Form):
    """What an estimate names besides the planned course."""

    diagnosis = forms.CharField(
        label=gettext_lazy("Diagnosis code, for the estimate"), max_length=40, required=False
    )
