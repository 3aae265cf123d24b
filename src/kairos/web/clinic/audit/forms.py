"""What an auditor looks for, and where a page goes on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

_BETWEEN = "~"


class LookForm(forms.Form):
    """Everything may stay empty; what is given narrows the list."""

    use_required_attribute = False
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    action = forms.CharField(label=_("What"), required=False, max_length=80)
    person_id = forms.UUIDField(label=_("Person, by id"), required=False)
    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "look_%s", **kwargs})

    def clean_action(self) -> str:
        """Return the code of the action, from its words or its code."""
        return "_".join(self.cleaned_data["action"].casefold().split())

    def clean_before(self) -> tuple[datetime, UUID] | None:
        """Return where the page before ended."""
        given = self.cleaned_data["before"]
        try:
            at, _bar, last = given.partition(_BETWEEN)
            return (datetime.fromisoformat(at), UUID(last)) if given else None
        except ValueError as error:
            raise forms.ValidationError(_("Begin again from the newest events.")) from error


def mark_of(place: tuple[datetime, UUID] | None) -> str:
    """Return a place between two events as one word of an address."""
    return f"{place[0].isoformat()}{_BETWEEN}{place[1]}" if place else ""
