"""Where style, scripts, fonts and shapes are served from: always our own origin."""

from typing import Any

from kairos.cli.environment import Environment

HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


def by_environment(environment: Environment) -> dict[str, Any]:
    """Return the storage: collected files under hashed names, in tests the source files as they are."""
    is_test = environment.name == "test"
    return {
        "STATIC_ROOT": environment.home / "static",
        "WHITENOISE_USE_FINDERS": is_test,
        "WHITENOISE_AUTOREFRESH": is_test,
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": PLAIN if is_test else HASHED},
        },
    }
