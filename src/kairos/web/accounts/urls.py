"""Addresses of log-in, second factor, lock and accounts.

allauth's views are routed one by one: what Kairos does not use (sign-up, e-mail) has no address.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path

from kairos.web.access import allow
from kairos.web.accounts import entry, language, notices

_stranger = allow(public=True, reason="the way in")
_leaving = allow(public=True, reason="the way out")
_own = allow(signed_in=True, reason="people keep their own password and second factor")

urlpatterns = [
    path("log-in/", _stranger(account.login), name="account_login"),
    path("log-in/second-factor/", _stranger(factor.authenticate), name="mfa_authenticate"),
    path("log-in/passkey/", _stranger(keys.login_webauthn), name="mfa_login_webauthn"),
    path("log-in/closed/", _stranger(account.account_inactive), name="account_inactive"),
    path("log-out/", _leaving(account.logout), name="account_logout"),
    path("account/", entry.show_me, name="account_me"),
    path("account/notices/", notices.show_notices, name="account_notices"),
    path("account/notices/<uuid:way_id>/end/", notices.end_way, name="account_notice_end"),
    path("account/lock/", entry.lock_now, name="account_lock"),
    path("account/unlock/", entry.show_unlock, name="account_unlock"),
    path("account/take-over/", entry.take_over, name="account_take_over"),
    path("account/here/", entry.say_here, name="account_here"),
    path("account/confirm/", _own(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", _own(account.password_change), name="account_change_password"),
    path("account/second-factor/", _own(factor.index), name="mfa_index"),
    path("account/second-factor/confirm/", _own(factor.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/app/", _own(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", _own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        _own(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("account/second-factor/keys/", _own(keys.list_webauthn), name="mfa_list_webauthn"),
    path("account/second-factor/keys/add/", _own(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/second-factor/keys/confirm/",
        _own(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/keys/<int:pk>/", _own(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "account/second-factor/keys/<int:pk>/remove/", _own(keys.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("display/", entry.choose_display, name="display"),
    path("language/", language.switch_language, name="language"),
]
