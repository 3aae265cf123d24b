"""Django settings. What differs between machines comes from the environment (``cli/environment.py``)."""

from pathlib import Path

from kairos.cli.environment import read_environment
from kairos.settings import logs, mail, push, security, statics
from kairos.settings.database import database_config, owner_config
from kairos.settings.secrets import read_or_make_secret
from kairos.settings.security import *  # noqa: F403 - each name is a setting

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = read_or_make_secret(ENVIRONMENT, "django_secret")
KAIROS_HOME = ENVIRONMENT.home
KAIROS_MASTER_KEY = read_or_make_secret(ENVIRONMENT, "master_key")
ALLOWED_HOSTS = ENVIRONMENT.hosts
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts if host != "*"]
ROOT_URLCONF = "kairos.settings.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "store.User"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own words
LANGUAGE_COOKIE_NAME = "kairos_language"
FORMAT_MODULE_PATH = ["kairos.web.locale"]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "kairos.store",
    "kairos.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kairos.web.compression.PhonePagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kairos.web.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kairos.web.offline.answers.QueuedEntryMiddleware",
    "kairos.settings.errors.ErrorMiddleware",
    "kairos.web.door.AccessMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web", PACKAGE / "web" / "accounts" / "pages"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kairos.web.frames.frame",
            ],
            "builtins": ["kairos.web.design.dates"],
            "libraries": {
                "parts": "kairos.web.design.tags",
                "person_nav": "kairos.web.clinic.people.person_nav",
                "order_numbers": "kairos.web.clinic.courses.order_numbers",
                "stock_amounts": "kairos.web.clinic.stock.stock_amounts",
            },
        },
    }
]

DATABASES = {"default": database_config(ENVIRONMENT)}
OWNER_DATABASE = owner_config(ENVIRONMENT)

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "design" / "static"]

CSRF_FAILURE_VIEW = "kairos.settings.errors.forged"
LOGGING = logs.LOGGING
globals().update(mail.by_environment(ENVIRONMENT) | push.by_master_key(KAIROS_MASTER_KEY))
globals().update(security.by_environment(ENVIRONMENT) | statics.by_environment(ENVIRONMENT))
