"""Who may log in at all: active accounts, and in production no demonstration log-in by any way."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend


def may_enter(user: Any) -> bool:
    """Whether this log-in counts here: the passwords of a demonstration are known to everybody."""
    return not (settings.KAIROS_REFUSES_DEMO and getattr(user, "is_demo", False))


class ByPassword(ModelBackend):
    """A user name and its password."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse closed accounts and, in production, those of a demonstration; also within a session."""
        return super().user_can_authenticate(user) and may_enter(user)


class ByAnyFactor(AuthenticationBackend):
    """The ways in that allauth knows, passkeys among them."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse closed accounts and, in production, those of a demonstration; also within a session."""
        return super().user_can_authenticate(user) and may_enter(user)
