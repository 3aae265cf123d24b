"""allauth's forms in our own words: each of its labels, hints and placeholders that a page shows."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = _("Six-digit code")


def _word(form: forms.Form, field: str, label: Any, hint: Any = "") -> None:
    """Give a field its label and hint, and take its placeholder away: it would be a second label."""
    form.fields[field].label = label
    form.fields[field].help_text = hint
    form.fields[field].widget.attrs.pop("placeholder", None)


class LogInForm(LoginForm):
    """The way in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", _("User name"))
        _word(self, "password", _("Password"))


class OwnPasswordForm(ChangePasswordForm):
    """A new password of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("At least 12 characters. Three or four words that do not belong together are good.")
        _word(self, "oldpassword", _("Password you have now"))
        _word(self, "password1", _("New password"), hint)
        _word(self, "password2", _("New password once more"))


class CodeForm(AuthenticateForm):
    """The second factor at log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", CODE)


class CodeAgainForm(ReauthenticateForm):
    """The second factor before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", CODE)


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", CODE, _("The one that the app shows now."))


class NewKeyForm(AddWebAuthnForm):
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The device then asks for your finger, face or PIN each time, and for no password.")
        _word(self, "name", _("Name of this key"), _("So that you know it again, such as Work phone."))
        _word(self, "passwordless", _("Log in with this key alone"), hint)


class KeyNameForm(EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", _("Name of this key"))
