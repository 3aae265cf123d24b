"""The form of a programme's own copy: what it changes, why, and the proof of who puts it in force."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kairos.web.accounts.forms import OwnProofForm
from kairos.web.forms import CommandForm


class OwnProtocolForm(OwnProofForm, CommandForm):
    """What a copy changes. ``look`` only compares it; without it the copy is put in force."""

    text = forms.CharField(
        label=_("What this programme does otherwise"),
        required=False,
        max_length=20_000,
        strip=False,
        help_text=_("Under the keys of a protocol. Leave it empty to give the protocol back to the release."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    newest = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("text", "reason", "password", "code")

    @property
    def only_looks(self) -> bool:
        """Whether the text is only compared, which wants no proof."""
        return "look" in self.data

    def full_clean(self) -> None:
        """Ask for the password only where something is put in force."""
        if self.is_bound and self.only_looks:
            self.fields["password"].required = False
        super().full_clean()
