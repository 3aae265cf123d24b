"""What a device sends of a journal: keys and entries, closed; and an entry in the open, once it is shared."""

from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.domain.integration.journal import Closed, Wrapped
from kairos.web.forms import CommandForm

_AGAIN = _("This did not arrive as your device meant it. Load the page again.")


class _WrappedField(forms.CharField):
    """A closed key, as JSON."""

    def clean(self, value: Any) -> Wrapped:
        try:
            return msgspec.json.decode(super().clean(value), type=Wrapped)
        except msgspec.DecodeError as error:
            raise forms.ValidationError(_AGAIN) from error


class _IdsField(forms.MultipleChoiceField):
    """Ids of those who were chosen."""

    def validate(self, value: Any) -> None:
        """Leave who may be chosen to the action."""

    def clean(self, value: Any) -> tuple[UUID, ...]:
        try:
            return tuple(UUID(each) for each in super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(_AGAIN) from error


class SetUpForm(CommandForm):
    """A new key, closed in two ways, and what was acknowledged."""

    key = forms.UUIDField()
    passphrase = _WrappedField()
    recovery = _WrappedField()
    notice = forms.CharField(required=False)


class PassphraseForm(CommandForm):
    """The same key, closed anew."""

    key = forms.UUIDField()
    passphrase = _WrappedField()


class EntryForm(CommandForm):
    """One entry, closed."""

    entry_id = forms.UUIDField()
    key = forms.UUIDField()
    iv = forms.CharField()
    box = forms.CharField()
    written_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])

    def entry(self) -> dict[str, Any]:
        """Return what the action takes."""
        told = dict(self.cleaned_data)
        return {"closed": Closed(told.pop("iv"), told.pop("box")), **told}


class ShareForm(CommandForm):
    """The words of an entry, and who may read them."""

    words = forms.CharField(required=False)
    with_whom = _IdsField(required=False)
