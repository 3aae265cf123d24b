"""What Kairos changes in allauth: no sign-up, no e-mail, second-factor secrets encrypted at rest."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WRONG_CODE = _("This code does not fit. Enter the one shown now.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; nothing is ever mailed."""

    error_messages: ClassVar[dict[str, Promise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the administrator of your clinic."),
        "enter_current_password": _("This is not the password you have now. Enter it again."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("The password does not fit. Enter it again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "username_password_mismatch": _("Name and password do not fit. Check both and try again."),
        "rate_limited": _("Too many tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes closed in the database."""

    error_messages: ClassVar[dict[str, Promise]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("This is your only second factor. Add another one first."),
        "cannot_generate_recovery_codes": _("Set up a passkey or an authenticator app first."),
        "incorrect_code": WRONG_CODE,
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: Authenticator.Type) -> str:
        """Return the name that is proposed for a new key: the first, the second, and so on."""
        known = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return gettext("Key {number}").format(number=known + 1)

    def _box(self) -> Fernet:
        key = hashlib.sha256(b"second factor" + settings.KAIROS_MASTER_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        """Close a secret."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return self._box().decrypt(encrypted_text.encode()).decode()
