"""Forms of unlocking, taking over and keeping accounts."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kairos.vocab.people import Role
from kairos.web.forms import CommandForm
from kairos.web.frames import ROLE_WORDS

PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class ProofForm(forms.Form):
    """Someone proves who they are: password, and the second factor where they have one."""

    use_required_attribute = False
    password = forms.CharField(label=_("Password"), widget=PASSWORD, strip=False)
    code = forms.CharField(
        label=_("Six-digit code"),
        required=False,
        help_text=_("From your authenticator app, or a recovery code. Leave it empty if you have none."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.request = request
        self.user: AbstractBaseUser | None = None

    def prove(self, username: str, password: str, code: str, *, wants_code: bool) -> AbstractBaseUser:
        """Return who it is, through allauth's own limits on wrong attempts.

        Raises
        ------
        forms.ValidationError    name, password or code do not fit, or too many attempts
        """
        user = get_adapter().authenticate(self.request, username=username, password=password)
        if user is None or not user.is_active:
            raise forms.ValidationError(_("Name and password do not fit. Check both and try again."))
        if wants_code and is_mfa_enabled(user) and not AuthenticateForm({"code": code}, user=user).is_valid():
            raise forms.ValidationError({"code": _("This code does not fit. Enter the one shown now.")})
        return cast(AbstractBaseUser, user)


class OwnProofForm(ProofForm):
    """Whoever is signed in proves it once more, before what they put their name to."""

    def clean(self) -> dict[str, Any]:
        """Check the proof of the person this session belongs to, second factor included."""
        given = super().clean() or {}
        if given.get("password"):
            name = str(self.request.user.get_username())
            self.user = self.prove(name, given["password"], given.get("code", ""), wants_code=True)
        return given


class UnlockForm(ProofForm):
    """The same person goes on; the code is asked for only when the sign-in itself has run out."""

    def __init__(self, *args: Any, wants_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wants_code = wants_code
        if not wants_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Check the proof of the person this session belongs to."""
        given = super().clean() or {}
        if given.get("password"):
            name = str(self.request.user.get_username())
            code = given.get("code", "")
            self.user = self.prove(name, given["password"], code, wants_code=self.wants_code)
        return given


class TakeOverForm(ProofForm):
    """The next person takes this screen over."""

    prefix = "next"
    username = forms.CharField(
        label=_("User name"), widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    field_order = ("username", "password", "code")

    def clean(self) -> dict[str, Any]:
        """Check the proof of whoever takes over."""
        given = super().clean() or {}
        if given.get("username") and given.get("password"):
            code = given.get("code", "")
            self.user = self.prove(given["username"], given["password"], code, wants_code=True)
        return given


class AccountForm(CommandForm):
    """A new account with its first membership."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and . - _ only. It cannot be changed."),
    )
    display_name = forms.CharField(label=_("Name that others see"), max_length=200)
    programme_id = forms.TypedChoiceField(label=_("Programme"), coerce=str)
    role = forms.TypedChoiceField(
        label=_("Role"),
        coerce=Role,
        choices=[(role.value, words) for role, words in ROLE_WORDS.items() if role is not Role.PATIENT],
    )

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme_id"].choices = programmes  # type: ignore[attr-defined]
