"""Log-in, locking and what a browser may do. Imported whole by ``base``."""

from datetime import timedelta
from typing import Any

from kairos.cli.environment import Environment

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "kairos.web.accounts.backends.ByPassword",
    "kairos.web.accounts.backends.ByAnyFactor",
]

# Limits on wrong log-ins and codes already used are rows: every web process counts the same.
CACHES = {"default": {"BACKEND": "kairos.settings.shared_cache.SharedCache"}}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Who asks is told by the one thing in front of web: our front door, or the proxy of a clinic.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
ACCOUNT_ADAPTER = "kairos.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "kairos.web.accounts.worded_forms.LogInForm",
    "change_password": "kairos.web.accounts.worded_forms.OwnPasswordForm",
}
MFA_FORMS = {
    "authenticate": "kairos.web.accounts.worded_forms.CodeForm",
    "reauthenticate": "kairos.web.accounts.worded_forms.CodeAgainForm",
    "activate_totp": "kairos.web.accounts.worded_forms.FirstCodeForm",
    "add_webauthn": "kairos.web.accounts.worded_forms.NewKeyForm",
    "edit_webauthn": "kairos.web.accounts.worded_forms.KeyNameForm",
}
MFA_ADAPTER = "kairos.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Kairos"

# Whose emergency numbers are shown (content/crisis).
KAIROS_COUNTRY = "US"

# The careful side; ``by_environment`` says where it is otherwise.
KAIROS_IS_DEMO = False
KAIROS_REFUSES_DEMO = False
KAIROS_SHOWS_DESIGN = False
KAIROS_SECOND_FACTOR = True
KAIROS_ADDRESS = ""
KAIROS_PUSH_PRIVATE_KEY = ""
KAIROS_PUSH_PUBLIC_KEY = ""
KAIROS_PUSH_SERVICES: tuple[str, ...] = ()
KAIROS_POSTS_INSIDE = False

# Entry locks; what is running stays in sight on that screen until the session itself ends.
KAIROS_IDLE_LOCK = timedelta(minutes=10)
KAIROS_SIGN_IN_LASTS = timedelta(hours=12)
SESSION_COOKIE_AGE = int(timedelta(hours=36).total_seconds())
PASSWORD_RESET_TIMEOUT = int(timedelta(days=2).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _SELF,
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": [*_SELF, "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": _SELF,
        "frame-ancestors": ["'none'"],
    }
}


def by_environment(environment: Environment) -> dict[str, Any]:
    """Return what differs: demonstrations and tests need no second factor, production needs TLS."""
    is_trial = environment.name in ("demo", "test")
    idle = timedelta(hours=8) if environment.name == "demo" else KAIROS_IDLE_LOCK
    found: dict[str, Any] = {
        "KAIROS_IS_DEMO": environment.name == "demo",
        "KAIROS_REFUSES_DEMO": environment.is_production,
        "KAIROS_REFUSES_UNSIGNED": environment.is_production,
        "KAIROS_POSTS_NOWHERE": environment.name == "test",
        "KAIROS_POSTS_TO_FILE": environment.name == "demo",
        "KAIROS_SHOWS_DESIGN": not environment.is_production,
        "KAIROS_SECOND_FACTOR": not is_trial,
        "KAIROS_IDLE_LOCK": idle,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not environment.is_production,
    }
    if environment.is_production:
        found |= {
            "SESSION_COOKIE_SECURE": True,
            "CSRF_COOKIE_SECURE": True,
            "SECURE_HSTS_SECONDS": int(timedelta(days=365).total_seconds()),
            "SECURE_SSL_REDIRECT": True,
            "SECURE_REDIRECT_EXEMPT": [r"^healthz$"],
            "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        }
    return found
